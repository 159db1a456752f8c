import { beforeEach, describe, expect, it } from "vitest";
import type { FormRequest } from "../../../shared/care/episode/form-request.ts";
import { episodeId } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const now = "2027-01-12T16:00:00.000Z";
const asked: FormRequest = {
  kind: "form",
  sk: "FORM#w3",
  version: 1,
  formId: "01JHTEST0000000000000000F3",
  occasion: "w3",
  instruments: ["phq-9", "gad-7"],
  status: "asked",
  askedAt: now,
  endsAt: "2027-01-18T05:00:00.000Z",
  answers: {},
  submissions: [],
};
const path = (instrumentId: string) => `/staff/episodes/${episodeId}/measures/${instrumentId}`;
const who = "casey-riverside";

let world: StaffWorld;
async function open(language = "en"): Promise<void> {
  world = await StaffWorld.create(now);
  await world.add({
    episode: personAt("riverside", { status: "active", week: 3, language }),
    items: [asked],
  });
}
beforeEach(() => open());

async function enter(instrumentId: string, values: readonly number[], mode = "in-person") {
  const name = instrumentId.replace("-", "");
  const fields = await world.formFields(who, path(instrumentId), "measure");
  const answers = values.map((value, index) => [`answer.${name}-${index + 1}`, String(value)]);
  return world.page(who, path(instrumentId), { ...fields, mode, ...Object.fromEntries(answers) });
}

describe("answers that staff enter", () => {
  it("answer the request that waits for them, and show on the person's page", async () => {
    expect((await enter("phq-9", [2, 2, 2, 2, 1, 1, 1, 1, 0])).status).toBe(303);
    expect(await world.item(episodeId, asked.sk)).toMatchObject({ status: "asked" });
    expect((await enter("gad-7", [1, 1, 1, 1, 1, 1, 1])).status).toBe(303);
    expect(await world.item(episodeId, asked.sk)).toMatchObject({ status: "answered" });
    const { html } = await world.page(who, `/staff/episodes/${episodeId}`);
    expect(html).toContain("PHQ-9 12 at baseline");
    expect(html).toContain("Answers entered by staff: PHQ-9 12, in person");
  });

  it("raise the alert that the same answer by link raises", async () => {
    await enter("phq-9", [1, 1, 1, 1, 1, 1, 1, 1, 2], "phone");
    const { body } = await world.call(who, "GET", `/episodes/${episodeId}/escalations`);
    expect(itemsOf(body)).toMatchObject([{ tier: "ORANGE", status: "open" }]);
  });

  it("are refused whole while one is missing, and nothing that was entered is lost", async () => {
    const refused = await enter("phq-9", [1, 1, 1]);
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("Enter an answer to every question");
    expect(refused.html).toMatch(/name="answer.phq9-3"[^>]*value="1" checked/);
    const { body } = await world.call(who, "GET", `/episodes/${episodeId}`);
    expect(body.scores).toEqual([]);
  });

  it("stand below the published words in the person's language", async () => {
    await open("es");
    const { html } = await world.page(who, path("phq-9"));
    expect(html).toContain("Poco interés o placer en hacer cosas");
    expect(html).toContain("Little interest or pleasure in doing things");
    expect(html).not.toContain("has no published wording");
  });

  it("are asked with an interpreter where nobody published them in it", async () => {
    await open("vi");
    const { html } = await world.page(who, path("phq-9"));
    expect(html).toContain("PHQ-9 has no published wording in");
    expect(html).toMatch(/<option value="interpreter" selected/);
  });

  it("come by the API too, once for each key", async () => {
    const send = () =>
      world.call(
        who,
        "POST",
        `/episodes/${episodeId}/measures`,
        {
          instrumentId: "audit-c",
          answers: { "auditc-1": 4, "auditc-2": 2, "auditc-3": 1 },
          mode: "in-person",
        },
        { "idempotency-key": "measure-0001-once" },
      );
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(200);
    const { body } = await world.call(who, "GET", `/episodes/${episodeId}`);
    expect(body.scores).toMatchObject([{ instrumentId: "audit-c", total: 7, positive: true }]);
  });
});
