import { describe, expect, it } from "vitest";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { buildSession, inProgram, mark } from "../../builders/attendance.ts";

const alertsIn = ({ items }: OpenState) =>
  [...items.values()].filter((item) => item.kind === "escalation");

function entered(input: Parameters<typeof mark>[2], session: Session = buildSession()) {
  return mark(inProgram([session]), session, input);
}

/** What is said of the session afterwards: the caller reads it again, closed as it is. */
function then(before: ReturnType<typeof mark>, input: Parameters<typeof mark>[2]) {
  const { state, session } = before;
  return mark({ ...state, items: new Map(state.items).set(session.sk, session) }, session, input);
}

describe("the mood and safety round of a session", () => {
  it("is entered with the attendance", () => {
    const { session, state } = entered({ status: "present", mood: 4, safetyConcern: false });
    expect(session.attendance).toMatchObject({ status: "present", mood: 4, safetyConcern: false });
    expect(alertsIn(state)).toEqual([]);
  });

  it("raises an alert where whoever leads it is worried, once for the session", () => {
    const first = entered({ status: "present", mood: 2, safetyConcern: true });
    expect(alertsIn(first.state)).toMatchObject([
      { tier: "ORANGE", reason: "A member of staff is worried about the person's safety." },
    ]);
    const again = then(first, {
      status: "left-early",
      leftAt: "2027-01-11T16:00:00.000Z",
      safetyConcern: true,
      reason: "Left at noon",
    });
    expect(again.refusal).toBe(undefined);
    expect(alertsIn(again.state)).toHaveLength(1);
    expect(again.session.attendance).toMatchObject({ status: "left-early", mood: 2 });
  });

  it("may follow the attendance without being a correction of it", () => {
    const first = entered({ status: "present" });
    const later = then(first, { status: "present", mood: 7 });
    expect(later.refusal).toBe(undefined);
    expect(later.change?.audit.action).toBe("round-recorded");
    expect(later.session.attendance).toMatchObject({ mood: 7, corrections: 0 });
    expect(later.state.episode.weeks).toEqual(first.state.episode.weeks);
  });

  it("is corrected with a reason, as every entry is", () => {
    const first = entered({ status: "present", mood: 7 });
    const other = then(first, { status: "present", mood: 3 });
    expect(other.refusal?.sentence).toContain("A correction needs a reason.");
    const corrected = then(first, {
      status: "present",
      mood: 3,
      reason: "Taken from the wrong line",
    });
    expect(corrected.session.attendance).toMatchObject({ mood: 3, corrections: 1 });
  });

  it("has no mood of somebody who is not there, and a worry about them is heard all the same", () => {
    expect(entered({ status: "no-show", mood: 3 }).refusal?.sentence).toContain(
      "what somebody says who is there",
    );
    expect(alertsIn(entered({ status: "no-show", safetyConcern: true }).state)).toHaveLength(1);
    const came = entered({ status: "present", mood: 6 });
    const missed = then(came, { status: "no-show", reason: "Mixed up" });
    expect(missed.session.attendance?.mood).toBe(undefined);
  });
});
