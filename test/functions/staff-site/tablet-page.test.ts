import { beforeEach, describe, expect, it } from "vitest";
import type { FormRequest } from "../../../shared/care/episode/form-request.ts";
import { buildTask, episodeId } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

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
const call = buildTask({ sk: "TASK#channel-needed#measures-w3", taskKind: "channel-needed" });
const path = `/staff/episodes/${episodeId}/tablet`;
const who = "casey-riverside";
const shownCode = /[0-9A-Z]{4}-[0-9A-Z]{4}(?=<\/strong>)/;

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(now);
  await world.add({
    episode: personAt("riverside", { status: "active", week: 3 }),
    items: [asked, call],
  });
});

const make = async () =>
  world.page(who, path, await world.formFields(who, path, `code-${asked.formId}`));

describe("the clinic tablet on the staff's pages", () => {
  it.each([
    ["of the person", `/staff/episodes/${episodeId}`],
    ["of a task that asks for the answers", `/staff/tasks/${call.taskId}`],
  ])("is offered on the page %s, beside paper and the phone", async (_where, page) => {
    const { html } = await world.page(who, page);
    expect(html).toContain("Measures of week 3");
    expect(html).toContain(`href="${path}`);
    expect(html).toMatch(/on the clinic tablet by a code, on paper, or with you on the\s+phone/);
  });

  it("shows the code while it is taken, and a new one in its place", async () => {
    expect((await world.page(who, path)).html).not.toMatch(shownCode);
    expect((await make()).status).toBe(303);
    const { html } = await world.page(who, path);
    const first = shownCode.exec(html)?.[0];
    expect(first).toBeDefined();
    expect(html).toContain("/tablet?site=riverside");
    expect(html).toContain(`/staff/episodes/${episodeId}/measures/phq-9`);
    await make();
    const second = shownCode.exec((await world.page(who, path)).html)?.[0];
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
    world.clock.moveTo("2027-01-12T16:15:00.000Z");
    const later = (await world.page(who, path)).html;
    expect(later).not.toMatch(shownCode);
    expect(later).toContain("was not used");
  });

  it("says in the record who made it and when, without the code", async () => {
    const made = await world.call(who, "POST", `/episodes/${episodeId}/tablet-codes`, {
      id: asked.formId,
    });
    const { code } = made.body as { readonly code: string };
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    const { html } = await world.page(who, `/staff/episodes/${episodeId}`);
    expect(html).toContain("A code for the clinic tablet was made");
    const stored = ["care", "identity", "audit"] as const;
    const all = JSON.stringify(stored.map((table) => world.store.all(table)));
    expect(all).not.toContain(code);
  });

  it("gives the same call the same code", async () => {
    const fields = await world.formFields(who, path, `code-${asked.formId}`);
    await world.page(who, path, fields);
    const first = shownCode.exec((await world.page(who, path)).html)?.[0];
    await world.page(who, path, fields);
    expect(shownCode.exec((await world.page(who, path)).html)?.[0]).toBe(first);
  });

  it("is refused in words where nothing is open any more", async () => {
    const refused = await world.call(who, "POST", `/episodes/${episodeId}/tablet-codes`, {
      id: "01JHTEST0000000000000000F9",
    });
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain("nothing to fill in here now");
  });
});
