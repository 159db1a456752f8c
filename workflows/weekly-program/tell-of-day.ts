import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import type { MessageAnchor } from "../../shared/care/program/program.ts";
import { endTask } from "../../shared/care/tasks/end-task.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { planMessages } from "../../shared/messages/plan-messages.ts";

const callMinutesBefore = 60;

/**
 * Tells somebody that a day's sessions are cancelled, or held after all: one notice for the day, or a call by the
 * front desk an hour before at the latest. Where they have not been told the opposite yet, that is taken back and
 * nothing is said.
 */
export function tellOfDay(
  draft: Draft,
  ctx: DecisionContext,
  {
    on,
    sessions,
    isHeld,
  }: { readonly on: string; readonly sessions: readonly Session[]; readonly isHeld: boolean },
): void {
  const [first] = sessions.map(({ scheduledStartAt }) => scheduledStartAt).sort();
  if (first === undefined) return;
  if (takeBack(draft, ctx, on, isHeld ? "session-cancelled" : "session-held")) return;
  const anchor = isHeld ? "session-held" : "session-cancelled";
  const occurrence = `${on}-v${draft.episode.version}`;
  const run = draft
    .items()
    .find(
      (item) =>
        item.kind === "driver" && item.workflow === "weekly-program" && item.status === "running",
    );
  const { planned } = planMessages(draft, ctx, {
    anchor,
    anchorAt: ctx.now,
    occurrence,
    aboutAt: first,
    ...(run?.kind === "driver" ? { driverId: run.driverId } : {}),
  });
  if (planned.length > 0) return;
  const callBy = addMinutes(first, -callMinutesBefore);
  openTask(draft, ctx, {
    taskKind: "message-gap",
    occurrence: `${anchor}-${occurrence}`,
    words: isHeld
      ? "The site is open on this day after all, and no message can say so. Call the person: their visits are held."
      : "The site is closed on this day, and no message can say so. Call the person before the visit.",
    assignedFunction: "front-desk",
    dueAt: callBy > ctx.now ? callBy : first,
    priority: "urgent",
    evidence: { on, about: anchor },
  });
}

/** @returns true where somebody was still to be told of the day as it was, and now is not */
function takeBack(draft: Draft, ctx: DecisionContext, on: string, anchor: MessageAnchor): boolean {
  const steps = ctx.program.messages.filter((row) => row.anchor === anchor).map(({ step }) => step);
  let isTakenBack = false;
  for (const item of draft.items()) {
    if (item.kind === "task" && item.status === "open" && item.taskKind === "message-gap") {
      if (item.evidence.about !== anchor || item.evidence.on !== on) continue;
      endTask(draft, item, "has-come");
      isTakenBack = true;
    }
    if (item.kind !== "message" || item.status !== "PLANNED" || !steps.includes(item.step))
      continue;
    if (!item.occurrence.startsWith(`${on}-v`)) continue;
    draft.replace(item, { status: "CANCELLED", reason: "day-changed-again", settledAt: ctx.now });
    isTakenBack = true;
  }
  return isTakenBack;
}
