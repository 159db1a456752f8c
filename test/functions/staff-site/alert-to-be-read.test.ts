import { beforeEach, describe, expect, it } from "vitest";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { episodeId } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

/** A Monday, 22:00 in New York: nobody is at the site. */
const night = "2027-01-12T03:00:00.000Z";
const alert: Escalation = {
  kind: "escalation",
  sk: "ESC#w1#phq-9.phq9-9.YELLOW",
  version: 1,
  escalationId: "01JHTEST0000000000000000X3",
  tier: "YELLOW",
  status: "open",
  raisedAt: night,
  contactDueAt: "2027-01-12T11:00:00.000Z",
  readBy: addMinutes(night, 60),
  readLadder: { from: night, tier: 0, pages: 1 },
  pages: [
    { at: night, to: ["avery-riverside", "taylor-riverside"], outcome: "taken-by-next" },
    { at: addMinutes(night, 1), to: ["avery-riverside"], outcome: "taken" },
  ],
  trigger: { source: "instrument", rule: "phq-9.phq9-9.YELLOW", value: 1 },
  reason: "PHQ-9 item 9 answered 1.",
  pageTier: 0,
  pageAttempt: 1,
  lastPagedAt: addMinutes(night, 1),
  tierEndsAt: addMinutes(night, 60),
  acknowledgements: [],
  contacts: [],
  confirmed: true,
};
const path = `/staff/alerts/${alert.escalationId}`;
const onCall = "avery-riverside";

let world: StaffWorld;
async function open(shown: Escalation = alert): Promise<void> {
  world = await StaffWorld.create(addMinutes(night, 10));
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      openEscalations: [{ escalationId: alert.escalationId, tier: shown.tier }],
    }),
    items: [shown],
  });
}
beforeEach(() => open());

async function answer(said: string) {
  const fields = await world.formFields(onCall, path, "reading");
  return world.page(onCall, path, { ...fields, answer: said });
}

describe("the page of an alert that is to be read", () => {
  it("says by when it is read, whom the pages reached, and offers the two answers", async () => {
    const { html } = await world.page(onCall, path);
    expect(html).toContain("To be read by");
    expect(html).toMatch(/Paged .*, then .*: the first could not be reached/);
    expect(html).toContain('value="call-now"');
    expect(html).toContain('value="call-in-the-morning"');
    expect(html).not.toContain("Take this alert");
  });

  it.each([
    ["call-now", "call now"],
    ["call-in-the-morning", "call Tue, Jan 12, 2027, 9:00 AM"],
  ])("keeps the answer %s and says it in the alert's story", async (said, shown) => {
    expect((await answer(said)).status).toBe(303);
    expect(await world.item(episodeId, alert.sk)).toMatchObject({
      status: "acknowledged",
      answers: [{ by: onCall, answer: said }],
    });
    const { html } = await world.page(onCall, path);
    expect(html).toContain(`Read: ${shown}. Reading it is not contact`);
    expect(html).toMatch(new RegExp(`Read by [^:]*: ${shown}`));
    expect(html).not.toContain("Taken by");
    expect(html).toContain("Record contact");
  });

  it("knows the way back to the list while it is worked, and goes there when it is closed", async () => {
    const from = `${path}?back=safety-mine-1-1`;
    const send = async (form: string, fields: Readonly<Record<string, string>>) =>
      world.page(onCall, from, { ...(await world.formFields(onCall, from, form)), ...fields });
    const contact = await send("contact", { outcome: "spoke-with-participant", note: "Is safe." });
    expect(contact.location).toBe(from);
    const closed = await send("closure", { outcome: "safe-with-plan", note: "Is safe now." });
    expect(closed.location).toBe("/staff?tab=safety&whose=mine#row-1");
  });

  it("refuses a press without an answer, and changes nothing", async () => {
    const refused = await answer("");
    expect(refused.status).toBe(400);
    expect(await world.item(episodeId, alert.sk)).toMatchObject({ status: "open", version: 1 });
  });

  it("quotes what was written, and the words in it that told", async () => {
    const noteId = "01JHTEST0000000000000000N2";
    const rule = "crisis-words.signs.wish";
    await open({
      ...alert,
      trigger: { source: "text", rule, about: noteId },
      reason: "Words in a text.",
      confirmed: false,
    });
    const text = "Running late. every night i pray not to see the morning";
    await world.put(
      {
        ...keys.note(episodeId, noteId),
        schemaVersion: 1,
        kind: "note",
        source: "text",
        at: night,
        text,
      },
      "identity",
    );
    const { html } = await world.page(onCall, path);
    expect(html).toContain(text);
    const told = /Words that raised it<\/dt>\s*<dd[^>]*>(.*?)<\/dd>/su.exec(html)?.[1] ?? "";
    expect(told).toMatch(/“[^”]*(?:pray|morning)[^”]*”/u);
    expect(told).not.toContain("late");
  });

  it("of danger has no answer but to take it", async () => {
    const { readBy: _readBy, readLadder: _ladder, ...danger } = alert;
    await open({ ...danger, tier: "RED" });
    const { html } = await world.page(onCall, path);
    expect(html).toContain("Take this alert");
    expect(html).not.toContain("call-in-the-morning");
  });
});
