import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { closerProposal } from "../../../shared/care/pathway/propose-cadence.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { find, opened, take } from "../../builders/aftercare.ts";
import { shippedProgram } from "../../builders/program-files.ts";
import { applyChange, buildContext, caseManager } from "../../builders/state.ts";

const { program: content, instruments } = shippedProgram();
const program = { ...content, version: 1, contentHash: "shipped" };
// Day 90 after the discharge.
const now = "2027-04-12T16:00:00.000Z";
const ctx = buildContext({ now, program, instruments, actor: caseManager });

/** The check-in of day 90 is over, and the one after it is planned. */
function afterDayNinety(aftercare: NonNullable<Episode["aftercare"]>) {
  return take(opened(6, { aftercare }), "plan-next", 6, ctx).state;
}

const proposal = (state: ReturnType<typeof afterDayNinety>) =>
  [...state.items.values()].find(
    (item) => item.kind === "task" && item.taskKind === "fewer-contacts",
  );

describe("fewer contacts", () => {
  it("are proposed after as many good answers as the program says, not before, and to nobody who has another track", () => {
    expect(proposal(afterDayNinety({ steady: 2 }))).toBeUndefined();
    expect(proposal(afterDayNinety({ steady: 3 }))).toMatchObject({
      status: "open",
      assignedFunction: "case-manager",
      words: expect.stringContaining(
        "The last 3 check-ins were answered and asked for nothing; calls of staff are not counted.",
      ),
    });
    const track = { name: "stretched", since: now } as const;
    expect(proposal(afterDayNinety({ steady: 3, track }))).toBeUndefined();
    expect(proposal(afterDayNinety({ steady: 3, closerUntil: "2027-04-20" }))).toBeUndefined();
  });

  it("begin with the outcome that says so", () => {
    const state = afterDayNinety({ steady: 3 });
    const change = completeTask(
      state,
      { taskSk: proposal(state)?.sk ?? "", outcome: "fewer" },
      ctx,
    );
    if (isRefusal(change)) throw new Error(change.sentence);
    const after = applyChange(state, change);
    expect(after.episode.aftercare?.track).toEqual({ name: "stretched", since: now });
    expect(find(after, "check-in", ({ status }) => status === "planned")).toMatchObject({
      day: 225,
      why: "stretched",
    });
  });
});

describe("contacts closer together", () => {
  const at = (number: number, row: number, day: number) =>
    closerProposal(opened(2), { ...ctx, now: "2027-02-11T16:00:00.000Z" }, { number, row, day });

  it("are proposed with the day, and not where the next contact comes as soon anyway", () => {
    expect(at(4, 4, 30)).toContain("the next on 2027-02-25 instead of 2027-03-13");
    expect(at(3, 3, 14)).toBeUndefined();
  });

  it("are proposed beyond the last day, too", () => {
    expect(
      closerProposal(
        opened(2),
        { ...ctx, now: "2028-01-12T16:00:00.000Z" },
        { number: 8, row: 8, day: 365 },
      ),
    ).toMatch(/the next on 2028-01-26\. Decide/);
  });
});
