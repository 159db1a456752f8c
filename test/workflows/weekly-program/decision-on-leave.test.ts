import { describe, expect, it } from "vitest";
import { runOf, walkRuns } from "../../builders/run-pathway.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  buildTask,
} from "../../builders/state.ts";
import { openTaskOf } from "../../builders/steps.ts";

const dueAt = "2027-01-15T22:00:00.000Z";

/** Somebody in hospital since Tuesday, with the decision about the next week on the table. */
function onLeave(step: "review-week" | "review-proposal") {
  const hold = {
    kind: "hospital",
    since: "2027-01-12T16:00:00.000Z",
    contactKeptBy: "casey",
  } as const;
  const run = buildRun("weekly-program", "w1", { step, data: { week: 1, startsOn: "2027-01-11" } });
  const decision = buildTask({
    taskKind: "week-review-approval",
    sk: "TASK#week-review-approval#w1",
    isApproval: true,
    assignedFunction: "case-manager",
    driverId: run.driverId,
    dueAt,
  });
  return buildState(buildEpisode({ status: "onhold", week: 1, hold }), [run, decision]);
}

describe("a week's decision that nobody took before a leave", () => {
  it.each(["review-week", "review-proposal"] as const)(
    "reaches the next person at its time, once, and stays open (at %s)",
    (step) => {
      const before = walkRuns(onLeave(step), buildContext({ now: "2027-01-15T21:59:00.000Z" }));
      expect(openTaskOf(before, "week-review-approval")).not.toHaveProperty("handedUp");
      const late = walkRuns(before, buildContext({ now: "2027-01-15T22:01:00.000Z" }));
      expect(openTaskOf(late, "week-review-approval")).toMatchObject({
        dueAt,
        priority: "urgent",
        handedUp: [{ from: "case-manager", at: "2027-01-15T22:01:00.000Z" }],
      });
      const later = walkRuns(late, buildContext({ now: "2027-02-20T16:00:00.000Z" }));
      expect(openTaskOf(later, "week-review-approval")).toEqual(
        openTaskOf(late, "week-review-approval"),
      );
      // The week goes on where it was: nothing is proposed or begun before the return.
      expect(runOf(later, "weekly-program").step).toBe(step);
    },
  );
});
