import { beforeEach, describe, expect, it } from "vitest";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const alert: Escalation = {
  kind: "escalation",
  sk: "ESC#n1#crisis-words.en.overdose",
  version: 1,
  escalationId: "01JHTEST0000000000000000X2",
  tier: "RED",
  status: "acknowledged",
  raisedAt: tuesdayMorning,
  contactDueAt: "2027-01-12T16:00:00.000Z",
  trigger: { source: "text", rule: "crisis-words.en.overdose", about: "n1" },
  reason: "Words in a text may speak of danger. Read it and speak with the person.",
  pageTier: 0,
  pageAttempt: 0,
  tierEndsAt: "2027-01-12T16:00:00.000Z",
  acknowledgements: [],
  contacts: [],
  confirmed: false,
  isActUnderWay: true,
};
const path = `/staff/alerts/${alert.escalationId}`;
const first = "avery-riverside";
const second = "taylor-riverside";

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", {
      status: "active",
      openEscalations: [{ escalationId: alert.escalationId, tier: "RED" }],
    }),
    items: [alert],
  });
});

const typed = { outcome: "no-danger", note: "Speaks of vitamins." };

async function close(as: string) {
  return world.page(as, path, { ...(await world.formFields(as, path, "closure")), ...typed });
}

describe("the page of an alert about an act under way", () => {
  it("says what closes it, and takes a first clinician's reading without closing it", async () => {
    const shown = (await world.page(first, path)).html;
    expect(shown).toContain("The words speak of an act under way.");
    expect(shown).toContain("only when two clinicians have read the words");
    expect(shown).toContain("Record that I find no danger");
    const read = await close(first);
    expect(read.status).toBe(303);
    expect(await world.item(episodeId, alert.sk)).toMatchObject({ status: "acknowledged" });
    const after = (await world.page(first, path)).html;
    expect(after).toContain("a second one who agrees closes the alert");
    expect(after).toContain("Words read, no danger found, by");
  });

  it("refuses the same clinician's second click in words and keeps what was typed", async () => {
    await close(first);
    const again = await close(first);
    expect(again.status).toBe(409);
    expect(again.html).toContain("ask a second clinician");
    expect(await world.item(episodeId, alert.sk)).toMatchObject({ status: "acknowledged" });
  });

  it("is closed by a second clinician", async () => {
    await close(first);
    expect((await world.page(second, path)).html).toContain("Close the alert");
    await close(second);
    expect(await world.item(episodeId, alert.sk)).toMatchObject({ status: "closed" });
  });
});
