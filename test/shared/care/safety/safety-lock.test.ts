import { describe, expect, it } from "vitest";
import type { Escalation } from "../../../../shared/care/episode/escalation.ts";
import { lockingAlerts, safetyLock } from "../../../../shared/care/safety/safety-lock.ts";
import { buildProgram } from "../../../builders/program.ts";
import { buildEpisode, buildState, tuesdayMorning } from "../../../builders/state.ts";

function withAlert(more: Partial<Escalation> = {}) {
  const alert: Escalation = {
    kind: "escalation",
    sk: "ESC#w3#words",
    version: 1,
    escalationId: "01JHTEST0000000000000000X1",
    tier: "RED",
    status: "open",
    raisedAt: tuesdayMorning,
    contactDueAt: tuesdayMorning,
    trigger: { source: "text", rule: "words" },
    reason: "Words in a text.",
    pageTier: 0,
    pageAttempt: 0,
    tierEndsAt: tuesdayMorning,
    acknowledgements: [],
    contacts: [],
    confirmed: true,
    ...more,
  };
  const openEscalations = [{ escalationId: alert.escalationId, tier: alert.tier }];
  return buildState(buildEpisode({ status: "active", openEscalations }), [alert]);
}

describe("an open alert about danger", () => {
  it.each(buildProgram().discharge.dispositions)(
    "holds an ending that says all is well, and no other: %s",
    (disposition) => {
      const isHeld = ["completed", "transfer-down", "administrative"].includes(disposition);
      const refusal = safetyLock(withAlert(), disposition);
      if (isHeld)
        expect(refusal).toEqual({
          refused: "locked-by-safety",
          sentence: expect.stringContaining("Speak with the person"),
          details: { openAlerts: 1, escalationId: "01JHTEST0000000000000000X1" },
        });
      else expect(refusal).toBeUndefined();
    },
  );

  it.each<[string, Partial<Escalation>, boolean]>([
    ["of the first tier", {}, true],
    ["of the second tier", { tier: "ORANGE" }, true],
    ["of the third tier", { tier: "YELLOW" }, false],
    ["of the fourth tier", { tier: "ROUTINE" }, false],
    ["that somebody took", { status: "acknowledged" }, true],
    ["after contact", { status: "contacted" }, true],
    ["that is closed", { status: "closed" }, false],
    ["of words that nobody has confirmed", { confirmed: false }, false],
  ])("%s", (_what, more, isLocking) => {
    const state = withAlert(more);
    expect(lockingAlerts(state)).toEqual(isLocking ? ["01JHTEST0000000000000000X1"] : []);
    expect(safetyLock(state, "completed") !== undefined).toBe(isLocking);
  });

  it("that is not in sight locks: better to look twice", () => {
    const state = withAlert();
    const unseen = { ...state, items: new Map() };
    expect(lockingAlerts(unseen)).toHaveLength(1);
    const calm = { ...unseen, episode: { ...unseen.episode, openEscalations: [] } };
    expect(safetyLock(calm, "completed")).toBeUndefined();
  });
});
