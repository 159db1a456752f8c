import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { Disposition } from "../program/program.ts";
import { addStaffedMinutes, endOfNextStaffedDay } from "../program/staffed-time.ts";
import { openTask } from "../tasks/open-task.ts";
import { owe } from "../tasks/owed-work.ts";
import { addMinutes } from "../time/instants.ts";
import { localDate } from "../time/zoned-time.ts";

/** Staffed minutes in which somebody hears from the receiver of a step up: half a day (a default). */
const stepUpStaffedMinutes = 240;
/** Minutes in which a clinician reaches somebody who did not arrive at higher care: the time of an ORANGE alert. */
const reachWithinMinutes = 240;

const receivers: Readonly<Partial<Record<Disposition, string>>> = {
  "transfer-up": "Stepped up to higher care",
  "transfer-down": "Stepped down to other care",
};

/** Asks whoever gave the person over to confirm that they were taken on; an ending without a receiver asks nobody. */
export function askAboutHandOff(
  draft: Draft,
  ctx: DecisionContext,
  disposition: Disposition,
): void {
  const what = receivers[disposition];
  if (what === undefined) return;
  openTask(draft, ctx, {
    taskKind: "hand-off",
    occurrence: `${disposition}-v${draft.episode.version}`,
    words: `${what}: ask the named receiver whether they have arrived and are taken on, and who is in charge of their care now.`,
    dueAt:
      disposition === "transfer-up"
        ? addStaffedMinutes(ctx.site, ctx.now, stepUpStaffedMinutes)
        : endOfNextStaffedDay(ctx.site, ctx.now),
    evidence: { disposition },
  });
}

/** Nobody could say yet: the question stands again tomorrow. */
export function askAboutHandOffAgain(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  openTask(draft, ctx, {
    taskKind: "hand-off",
    occurrence: `again-${task.taskId}`,
    words: task.words,
    dueAt: endOfNextStaffedDay(ctx.site, ctx.now),
    evidence: { ...task.evidence, asked: localDate(ctx.now, ctx.site.timeZone) },
  });
}

/** Whoever did not arrive is between two teams: a clinician reaches them the same day. */
export function reachWhoDidNotArrive(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  const occurrence = `not-arrived-${task.taskId}`;
  const assignedFunction = "clinician";
  const dueAt = addMinutes(ctx.now, reachWithinMinutes);
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence,
    words:
      "They have not arrived where they were handed over to. Reach them today, find out how they are, and agree with the receiver on what happens now.",
    assignedFunction,
    dueAt,
    priority: "urgent",
    evidence: { task: task.taskId },
    owed: owe(ctx.program, { kind: "same-day-call", occurrence, assignedFunction, dueAt }),
  });
  askAboutHandOffAgain(draft, ctx, task);
}
