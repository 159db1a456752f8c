import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { Outreach } from "../episode/outreach.ts";
import { addStaffedMinutes } from "../program/staffed-time.ts";
import { openTask } from "../tasks/open-task.ts";

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
    if (item.kind !== "task" || item.status !== "open" || item.owed === undefined) continue;
    if (item.about?.id === ladder.outreachId && item.taskKind === "outreach-call")
      draft.replace(item, { status: "cancelled" });
  }
}

/** Climbs the ladder anew, from its first rung. */
export function climbAgain(draft: Draft, ctx: DecisionContext, ladder: Outreach): void {
  const first = ctx.program.outreach[ladder.ladder][0];
  draft.replace(ladder, {
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
  openTask(draft, ctx, {
    taskKind: "outreach-decision",
    occurrence,
    words:
      "Not reached on any rung of the ladder. Decide what happens: try again, welfare check, or another way.",
    about: { type: "outreach", id: ladder.outreachId },
    driverId: `outreach-${ladder.outreachId}`,
    evidence: { ladder: ladder.ladder, rungs: ladder.nextRung },
  });
}
