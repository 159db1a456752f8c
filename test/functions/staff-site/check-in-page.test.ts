import { beforeEach, describe, expect, it } from "vitest";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import { buildCheckIn, daySeven, dischargedAt } from "../../builders/aftercare.ts";
import { buildTask, episodeId } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const who = "casey-riverside";
const now = "2027-01-20T15:00:00.000Z";
const person = `/staff/episodes/${episodeId}`;
const path = `${person}/check-ins/2`;
/** A steady week, by question. */
const well = {
  confidence: "4",
  "phq2-1": "0",
  "phq2-2": "0",
  "use-days": "0",
  craving: "0",
  "wants-call": "no",
};

let world: StaffWorld;
async function open(checkIn: Partial<CheckIn> = {}, language = "en"): Promise<void> {
  world = await StaffWorld.create(now);
  await world.add({
    episode: personAt("riverside", {
      status: "aftercare",
      dischargedAt,
      disposition: "completed",
      language,
      unreachedContacts: checkIn.status === "missed" ? 1 : 0,
    }),
    items: [buildCheckIn({ status: "open", endsAt: "2027-01-21T13:00:00.000Z", ...checkIn })],
  });
}
beforeEach(() => open());

async function enter(answers: Readonly<Record<string, string>>, more = {}) {
  const fields = await world.formFields(who, path, "check-in");
  const named = Object.entries(answers).map(([id, value]) => [`answer.${id}`, value]);
  return world.page(who, path, { ...fields, mode: "paper", ...Object.fromEntries(named), ...more });
}
const checkIn = () => world.item(episodeId, buildCheckIn().sk);

describe("a check-in on paper", () => {
  it("is entered from the person's page, stands in their record, and is asked for no more", async () => {
    expect((await world.page(who, person)).html).toContain(`href="${path}"`);
    const sent = await enter(well, { note: "Sleeps well again" });
    expect(sent.status).toBe(303);
    expect(await checkIn()).toMatchObject({
      status: "answered",
      action: "none",
      answers: { confidence: 4, "use-days": 0, "wants-call": false },
    });
    const { html } = await world.page(who, person);
    expect(html).toContain("Answered check-in 2");
    expect(html).toContain("Sleeps well again");
    expect(html).not.toContain("Enter the answers to check-in 2");
    expect((await world.page(who, path)).html).toContain("This check-in was answered");
  });

  it("asks for the call that the same answers by link ask for", async () => {
    await enter({ ...well, "opioid-use": "yes" });
    expect(await checkIn()).toMatchObject({ action: "same-day-call" });
    const { html } = await world.page(who, person);
    expect(html).toContain("Call about a check-in");
    expect(html).toContain("Opioid use after abstinence");
  });

  it("has its words read for danger", async () => {
    await enter(well, { note: "I want to kill myself" });
    const { body } = await world.call(who, "GET", `/episodes/${episodeId}/escalations`);
    expect(itemsOf(body)).toMatchObject([{ tier: "RED", status: "open" }]);
  });

  it("that was missed is taken after all, and the person is reached", async () => {
    await open({ status: "missed" });
    const { html } = await world.page(who, person);
    expect(html).toContain("Missed, and the answers came after all");
    expect((await enter(well)).status).toBe(303);
    expect(await checkIn()).toMatchObject({ status: "answered" });
    const { body } = await world.call(who, "GET", `/episodes/${episodeId}`);
    expect(body).toMatchObject({ unreachedContacts: 0 });
  });

  it("that was missed is one click from the call about it", async () => {
    await open({ status: "missed" });
    const call = buildTask({
      sk: "TASK#outreach-call#c2-1",
      taskKind: "outreach-call",
      evidence: { ladder: "missedCheckIn", rung: 1 },
    });
    await world.add({
      episode: personAt("riverside", { status: "aftercare", dischargedAt }),
      items: [buildCheckIn({ status: "missed" }), call],
    });
    expect((await world.page(who, `/staff/tasks/${call.taskId}`)).html).toContain(`href="${path}"`);
  });

  it("of which nothing was answered is refused, and nothing is written", async () => {
    const refused = await enter({}, { note: "Was not in the mood" });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("Enter at least one answer");
    expect(refused.html).toContain("Was not in the mood");
    expect(await checkIn()).toMatchObject({ status: "open", answers: {} });
  });

  it("that is not open yet says when it is due, and takes nothing", async () => {
    await open({ status: "planned", dueAt: daySeven });
    expect((await world.page(who, path)).html).toContain("not open yet");
    const { status } = await world.call(who, "POST", `/episodes/${episodeId}/check-ins`, {
      number: 2,
      answers: { confidence: 4 },
      mode: "paper",
    });
    expect(status).toBe(409);
    expect((await world.page(who, `${person}/check-ins/7`)).status).toBe(404);
  });
});

describe("a sheet for a pen", () => {
  it("has every question of the check-in with its answers, a place for words, and where help is", async () => {
    const { html } = await world.page(who, `${path}/print`);
    expect(html).toContain("Little interest or pleasure in doing things");
    expect(html).toContain("☐ Not at all");
    expect(html).toContain("Is there anything you want to tell us?");
    expect(html).toContain("988");
    expect(html).not.toMatch(/<(form|nav)/);
  });

  it("is in the person's language alone", async () => {
    await open({}, "es-US");
    const { html } = await world.page(who, `${path}/print`);
    expect(html).toContain("Poco interés o placer en hacer cosas");
    expect(html).toContain("☐ Ningún día");
    const sheet = /<article[\s\S]*<\/article>/.exec(html)?.[0] ?? "";
    expect(sheet).toContain("Fecha");
    expect(sheet).not.toMatch(/Little interest|Not at all|>Name|Yes<|call or text/);
  });

  it("of a measure says when it asks about danger, and hands out nothing in another language", async () => {
    const sheet = `${person}/measures/phq-9/print`;
    expect((await world.page(who, sheet)).html).toContain("read the answers before the person");
    await open({}, "vi");
    const { html } = await world.page(who, sheet);
    expect(html).toContain("there is no sheet to hand out");
    expect(html).not.toContain("better off dead");
    await open({}, "es-US");
    expect((await world.page(who, `${person}/measures/audit-c/print`)).html).toContain(
      "there is no sheet to hand out",
    );
  });

  it("is not there for what staff ask in the room", async () => {
    expect((await world.page(who, `${person}/measures/asq/print`)).status).toBe(404);
  });
});
