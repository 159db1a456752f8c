import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { Outreach } from "../episode/outreach.ts";
import { addStaffedMinutes } from "../program/staffed-time.ts";
import { endTask, handedUpFrom } from "../tasks/end-task.ts";
import { openTask } from "../tasks/open-task.ts";
import { ladderEvidence } from "./start-outreach.ts";

export const decisionWithinStaffedMinutes = 480;

/** The ladder a task belongs to, while it is still climbed or waits for a decision. */
export function ladderOf(draft: Draft, outreachId: string | undefined): Outreach | undefined {
  for (const item of draft.items()) {
    if (item.kind !== "outreach" || item.outreachId !== outreachId) continue;
    if (item.status === "climbing" || item.status === "decision-needed") return item;
  }
  return undefined;
}

/** Ends a ladder by what a person found out or decided; its workflow sees it at its next look. */
export function endLadder(draft: Draft, ladder: Outreach, outcome: string): void {
  const isReached = outcome === "reached" || outcome === "declined";
  draft.replace(ladder, { status: isReached ? "reached" : "withdrawn", outcome });
  if (isReached) dropWelfareDecision(draft, ladder);
}

/** Somebody who was spoken with, or had not been away, needs no decision about a welfare check. */
export function dropWelfareDecision(draft: Draft, ladder: Outreach): void {
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.owed === undefined) continue;
    if (item.about?.id === ladder.outreachId && item.taskKind === "outreach-call")
      endTask(draft, item, "has-come");
  }
}

/** Climbs the ladder anew, from its first rung. */
export function climbAgain(draft: Draft, ctx: DecisionContext, ladder: Outreach): void {
  const first = ctx.program.outreach[ladder.ladder][0];
  const { notDone: _ofTheClimbBefore, ...rest } = ladder;
  draft.replace(rest, {
    status: "climbing",
    nextRung: 0,
    round: (ladder.round ?? 1) + 1,
    nextRungAt: addStaffedMinutes(ctx.site, ctx.now, first?.afterStaffedMinutes ?? 0),
  });
}

/** Nobody was reached on a rung: the next one comes in its time; after the last a person decides again. */
export function reportUnreached(draft: Draft, ctx: DecisionContext, ladder: Outreach): void {
  if (ladder.status === "climbing") return;
  openDecision(draft, ctx, ladder, `${ladder.outreachId}-${draft.episode.version}`);
}

/** A ladder that ran out: a person decides what happens; it never ends by itself. */
export function openDecision(
  draft: Draft,
  ctx: DecisionContext,
  ladder: Outreach,
  occurrence: string,
): void {
  const isAsked = draft
    .items()
    .some(
      (item) =>
        item.kind === "task" &&
        item.taskKind === "outreach-decision" &&
        item.status === "open" &&
        item.about?.id === ladder.outreachId,
    );
  if (isAsked) return;
  const notDone = ladder.notDone ?? 0;
  openTask(draft, ctx, {
    taskKind: "outreach-decision",
    occurrence,
    words: `${notDone === 0 ? "Not reached on any rung of the ladder." : notDoneLabel(notDone)} Decide what happens: try again, welfare check, or another way.`,
    ...(notDone === 0 ? {} : handedUpFrom("outreach-decision", "case-manager", ctx.now)),
    about: { type: "outreach", id: ladder.outreachId },
    driverId: `outreach-${ladder.outreachId}`,
    evidence: { ...ladderEvidence(ladder), rungs: ladder.nextRung },
  });
}

function notDoneLabel(steps: number): string {
  return steps === 1
    ? "One step of the ladder was not done: nobody called then."
    : `${steps} steps of the ladder were not done: nobody called then.`;
}

/**
 * Takes off the list what an earlier rung asked for and nobody did: the rung that comes now asks for more.
 * What is owed to the person stays. The ladder remembers it: nobody was "not reached" where nobody called.
 * @returns how many there were
 */
export function supersedeCalls(draft: Draft, ladder: Outreach): number {
  const open = draft
    .items()
    .filter(
      (item): item is CareTask =>
        item.kind === "task" &&
        item.status === "open" &&
        item.taskKind === "outreach-call" &&
        item.about?.id === ladder.outreachId &&
        item.owed === undefined,
    );
  for (const task of open) endTask(draft, task, "superseded");
  if (open.length > 0) draft.replace(ladder, { notDone: (ladder.notDone ?? 0) + open.length });
  return open.length;
}
