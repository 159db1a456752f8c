import type { Change } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import type { GateRule, Message, MessageStatus } from "../care/episode/message.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { addMinutes } from "../care/time/instants.ts";
import { rowOf } from "./gate-input.ts";
import { openGapTask, planOtherChannel, type Remedy, remedyFor } from "./plan-other-channel.ts";

/** How far along a message is. A later state is never overwritten by an earlier one. */
const rank: Readonly<Record<MessageStatus, number>> = {
  PLANNED: 0,
  CLAIMED: 1,
  UNKNOWN: 2,
  ACCEPTED: 3,
  FAILED: 4,
  DELIVERED: 5,
  SUPPRESSED: 6,
  CANCELLED: 6,
};

/** The provider calls an email delivered when a server takes it; a bounce that follows is the last word. */
const emailRank: typeof rank = { ...rank, DELIVERED: rank.FAILED, FAILED: rank.DELIVERED };

/**
 * True when a message may go on to another state. A release of a claim is no step of this kind.
 * A `FAILED` text may still become `DELIVERED`: carriers report late, and arrival is the stronger news.
 */
export function mayBecome(
  message: Pick<Message, "channel" | "status">,
  to: MessageStatus,
): boolean {
  const { channel, status: from } = message;
  if (from === "SUPPRESSED" || from === "CANCELLED") return false;
  const order = channel === "email" ? emailRank : rank;
  return order[to] > order[from];
}

/** Ends a message that failed or is dropped and sees to it that the participant hears otherwise, in one change. */
export function settleWithRemedy(
  state: OpenState,
  ctx: DecisionContext,
  input: {
    readonly messageSk: string;
    readonly to: "FAILED" | "SUPPRESSED";
    readonly reason: string;
    readonly rules?: readonly GateRule[];
    /** Overrides what follows from the reason. */
    readonly remedy?: "other-channel" | "staff-task" | "none";
  },
): { readonly change: Change; readonly remedy: Remedy } | undefined {
  const message = state.items.get(input.messageSk);
  if (message?.kind !== "message" || !mayBecome(message, input.to)) return undefined;
  const draft = new Draft(state, ctx);
  const settled = draft.replace(message, {
    status: input.to,
    reason: input.reason,
    settledAt: ctx.now,
    ...(input.rules === undefined ? {} : { lastGate: input.rules }),
  });
  const wanted =
    input.remedy ?? remedyFor(settled, input.reason, rowOf({ program: ctx.program, message }));
  const remedy = wanted === "none" ? "none" : makeUpFor(draft, ctx, settled, input.reason, wanted);
  const action = input.to === "FAILED" ? "message-failed" : "message-suppressed";
  const facts = { messageId: message.messageId, reason: input.reason, remedy };
  return { change: draft.finish(action, facts), remedy };
}

/** Where no channel would help, such as when its time is over, the other one is not tried. */
function makeUpFor(
  draft: Draft,
  ctx: DecisionContext,
  message: Message,
  reason: string,
  wanted: "other-channel" | "staff-task",
): Remedy {
  if (wanted === "other-channel") return planOtherChannel(draft, ctx, message, reason);
  openGapTask(draft, ctx, message, reason);
  return "staff-task";
}

/** An unknown send that nothing has settled for an hour becomes work for a person. */
export function openUnknownTask(
  state: OpenState,
  ctx: DecisionContext,
  messageSk: string,
): Change | undefined {
  const message = state.items.get(messageSk);
  if (
    message?.kind !== "message" ||
    message.status !== "UNKNOWN" ||
    message.reason === unknownTaskOpened
  )
    return undefined;
  const draft = new Draft(state, ctx);
  draft.replace<Message>(message, { reason: unknownTaskOpened });
  openTask(draft, ctx, {
    taskKind: "message-gap",
    occurrence: message.messageId,
    words:
      "A message may or may not have been sent, and is not sent again by itself. Find out, and tell the participant if needed.",
    priority:
      message.class === "safety" || message.class === "schedule-notice" ? "urgent" : "normal",
    about: { type: "message", id: message.messageId },
    evidence: { channel: message.channel, templateId: message.templateId, step: message.step },
  });
  return draft.finish("message-gap-opened", { messageId: message.messageId });
}

/** Marks an unknown send whose task is open: it leaves the due-work index. */
export const unknownTaskOpened = "staff-task-opened";

/** So long before a visit somebody can still ring. */
const callMinutesBefore = 60;
/** What a carrier takes to say that a text has arrived. */
const deliveryMinutes = 10;

/** When the visit is, or was before it was moved, whichever is first: it must be known before that. */
function knownBy({ aboutAt, wasAt }: Message): string | undefined {
  if (aboutAt === undefined || wasAt === undefined) return aboutAt;
  return wasAt < aboutAt ? wasAt : aboutAt;
}

/**
 * When somebody looks whether a notice about a visit has arrived: an hour before the visit, and not before its carrier
 * could have said so.
 *
 * @returns undefined for what is no such notice, has arrived, or stands on the call list already
 */
export function noticeCheckAt(message: Message): string | undefined {
  const by = knownBy(message);
  if (message.class !== "schedule-notice" || message.status !== "ACCEPTED") return undefined;
  if (by === undefined || message.reason === unknownTaskOpened) return undefined;
  const hourBefore = addMinutes(by, -callMinutesBefore);
  const said = addMinutes(message.acceptedAt ?? message.sendAt, deliveryMinutes);
  const at = hourBefore > said ? hourBefore : said;
  return at < by ? at : undefined;
}

/** Puts somebody on the call list whose notice was sent, and of which no carrier says that it has arrived. */
export function openUndeliveredNotice(
  state: OpenState,
  ctx: DecisionContext,
  messageSk: string,
): Change | undefined {
  const message = state.items.get(messageSk);
  if (message?.kind !== "message") return undefined;
  const checkAt = noticeCheckAt(message);
  const by = knownBy(message);
  if (checkAt === undefined || by === undefined || checkAt > ctx.now || by <= ctx.now)
    return undefined;
  const draft = new Draft(state, ctx);
  draft.replace<Message>(message, { reason: unknownTaskOpened });
  const channel = message.channel === "sms" ? "A text" : "An email";
  openTask(draft, ctx, {
    taskKind: "message-gap",
    occurrence: message.messageId,
    words: `${channel} about a change of a session was sent, and nothing says that it has arrived. Call the person before the session.`,
    assignedFunction: "front-desk",
    dueAt: by,
    priority: "urgent",
    about: { type: "message", id: message.messageId },
    evidence: { channel: message.channel, templateId: message.templateId, step: message.step },
  });
  return draft.finish("notice-not-confirmed", { messageId: message.messageId });
}
