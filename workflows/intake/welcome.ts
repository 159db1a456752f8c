import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import { isOnline, type Session } from "../../shared/care/episode/session.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { firstSessionFrom } from "../../shared/care/sessions/first-session.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { localDate, localTime } from "../../shared/care/time/zoned-time.ts";
import { contactOrCall, planMessages } from "../../shared/messages/plan-messages.ts";

/** So long before a visit somebody has to know of it, or is rung. */
const knownMinutesBefore = 60;

/**
 * Welcomes somebody who was admitted: when and where the first visit is. Where a message would not be there an hour
 * before it, or none may go, a person rings before it.
 */
export function welcome(draft: Draft, ctx: DecisionContext, run: WorkflowRun): void {
  const anchor = "admitted";
  const request = {
    anchor,
    anchorAt: ctx.now,
    driverId: run.driverId,
    occurrence: "intake",
  } as const;
  const first = firstSessionFrom(ctx.program, ctx.site, ctx.now);
  if (!ctx.program.messages.some((row) => row.anchor === anchor)) return;
  if (first === undefined) {
    openCall(draft, ctx, undefined, "No session is planned for the next weeks.");
    return;
  }
  const about = { aboutAt: first.scheduledStartAt, isOnline: isOnline(first) };
  const isPlannable = planMessages(draft, ctx, { ...request, ...about });
  const knownBy = addMinutes(first.scheduledStartAt, -knownMinutesBefore);
  if (isPlannable.planned.some(({ sendAt }) => sendAt <= knownBy)) return;
  if (isPlannable.unreachable !== undefined && isPlannable.planned.length === 0) {
    contactOrCall(
      draft,
      ctx,
      { ...request, ...about },
      `Welcome the person and say when the first visit is.${whenOf(first)}`,
      knownBy,
    );
    return;
  }
  openCall(draft, ctx, first, "No message would be there an hour before the first visit.");
}

function whenOf({ scheduledStartAt, timeZone }: Session): string {
  return ` It is on ${localDate(scheduledStartAt, timeZone)} at ${localTime(scheduledStartAt, timeZone)}.`;
}

function openCall(
  draft: Draft,
  ctx: DecisionContext,
  first: Session | undefined,
  why: string,
): void {
  const startAt = first?.scheduledStartAt;
  const callBy = startAt === undefined ? undefined : addMinutes(startAt, -knownMinutesBefore);
  openTask(draft, ctx, {
    taskKind: "message-gap",
    occurrence: `admitted-v${draft.episode.version}`,
    words: `${why} Call today, and say when and where to come.${first === undefined ? "" : whenOf(first)}`,
    assignedFunction: "front-desk",
    dueAt:
      callBy !== undefined && callBy > ctx.now
        ? callBy
        : (startAt ?? addMinutes(ctx.now, knownMinutesBefore)),
    priority: "urgent",
    evidence: { anchor: "admitted" },
  });
}
