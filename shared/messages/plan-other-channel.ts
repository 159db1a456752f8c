import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { Message } from "../care/episode/message.ts";
import type { MessagePlan } from "../care/program/program.ts";
import { endOfNextStaffedDay } from "../care/program/staffed-time.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { rowOf, tellsWhenToCome } from "./gate-input.ts";
import { messageSk, usableChannels } from "./plan-messages.ts";
import { wordsForReason } from "./reason-words.ts";

/** What was done about a message that will not arrive. */
export type Remedy = "other-channel" | "staff-task" | "none";

const channelReasons = [
  "contact-closed",
  "contact-changed",
  "no-consent",
  "phone-not-own",
  "no-address",
  "no-template",
  "number-full",
];
const timeReasons = ["expired", "expires-before-it-may-go", "session-started"];

/** What a dropped message asks for: a person must act where nothing else will reach the participant. */
export function remedyFor(
  message: Pick<Message, "class">,
  reason: string,
  row?: Pick<MessagePlan, "anchor">,
): "other-channel" | "staff-task" | "none" {
  if (channelReasons.includes(reason)) return "other-channel";
  // No later instant will help, and nothing that follows will either: a person has to know.
  if (reason === "no-allowed-hour") return "staff-task";
  // A routine message that came too late is made up for by the step it belongs to; a notice is not.
  if (timeReasons.includes(reason) && (message.class === "schedule-notice" || tellsWhenToCome(row)))
    return "staff-task";
  return "none";
}

/**
 * Plans a message anew on the participant's other channel, or, where there is none, opens a task for a
 * person. Each channel is tried once per message: the business key sees to it.
 */
export function planOtherChannel(
  draft: Draft,
  ctx: DecisionContext,
  message: Message,
  reason: string,
): Remedy {
  const row = rowOf({ program: ctx.program, message });
  if (row !== undefined && ctx.now < message.expiresAt) {
    for (const { channel, point } of usableChannels(draft.episode, row)) {
      const sk = messageSk(message.step, message.occurrence, channel);
      if (channel === message.channel || draft.item(sk) !== undefined) continue;
      addMessage(draft, ctx, message, { sk, channel, contactPointId: point.contactPointId });
      return "other-channel";
    }
  }
  openGapTask(draft, ctx, message, reason);
  return "staff-task";
}

function addMessage(
  draft: Draft,
  ctx: DecisionContext,
  message: Message,
  target: Pick<Message, "sk" | "channel" | "contactPointId">,
): void {
  const { linkId, aboutAt, wasAt, isOnline, driverId, anchorAt, linkEndsAt } = message;
  // A workflow run that has ended holds no more messages: without one, the message is owed as an outbox entry.
  const isDriven = draft
    .items()
    .some(
      (item) => item.kind === "driver" && item.driverId === driverId && item.status === "running",
    );
  draft.add({
    kind: "message",
    ...target,
    version: 1,
    messageId: ctx.newId(),
    step: message.step,
    occurrence: message.occurrence,
    templateId: message.templateId,
    class: message.class,
    status: "PLANNED",
    plannedAt: ctx.now,
    // The other way is no reason to write earlier than was meant.
    sendAt: message.sendAt > ctx.now ? message.sendAt : ctx.now,
    expiresAt: message.expiresAt,
    window: message.window,
    attempts: 0,
    ...(anchorAt === undefined ? {} : { anchorAt }),
    ...(linkEndsAt === undefined ? {} : { linkEndsAt }),
    ...(linkId === undefined ? {} : { linkId }),
    ...(aboutAt === undefined ? {} : { aboutAt }),
    ...(wasAt === undefined ? {} : { wasAt }),
    ...(isOnline === undefined ? {} : { isOnline }),
    ...(isDriven && driverId !== undefined ? { driverId } : {}),
  });
  if (!isDriven)
    draft.owe({ kind: "send", episodeId: draft.episode.episodeId, messageSk: target.sk });
}

/** Opens the task of a person for a message that did not get through. */
export function openGapTask(
  draft: Draft,
  ctx: DecisionContext,
  message: Message,
  reason: string,
): void {
  const isNotice = message.class === "schedule-notice";
  const channel = message.channel === "sms" ? "A text" : "An email";
  // Somebody waits to hear when to come: a person says it before the visit.
  const isVisit =
    timeReasons.includes(reason) && tellsWhenToCome(rowOf({ program: ctx.program, message }));
  const isUrgent = isNotice || isVisit;
  const what = isVisit
    ? `${channel} about a visit could not go in time: ${wordsForReason(reason)}. Call, and say when and where to come.`
    : isNotice
      ? `${channel} about a change of a session did not go: ${wordsForReason(reason)}. Call before it starts.`
      : `${channel} did not get through: ${wordsForReason(reason)}. Call, and agree on another way to be reached.`;
  const dueAt = endOfNextStaffedDay(ctx.site, ctx.now);
  // Nobody is asked every week to agree on a way: the first task about it stands, and goes up.
  if (!isUrgent && message.class !== "safety" && isWayAskedFor(draft, message, reason)) return;
  openTask(draft, ctx, {
    taskKind: isUrgent || message.class === "safety" ? "message-gap" : "channel-needed",
    occurrence: `${message.step}-${message.occurrence}`,
    words: what,
    assignedFunction: isUrgent ? "front-desk" : "case-manager",
    dueAt:
      isUrgent && message.aboutAt !== undefined && message.aboutAt < dueAt
        ? message.aboutAt
        : dueAt,
    priority: isUrgent || message.class === "safety" ? "urgent" : "normal",
    about: { type: "message", id: message.messageId },
    evidence: { channel: message.channel, reason, templateId: message.templateId },
  });
}

function isWayAskedFor(draft: Draft, { channel }: Message, reason: string): boolean {
  return draft
    .items()
    .some(
      (item) =>
        item.kind === "task" &&
        item.taskKind === "channel-needed" &&
        item.status === "open" &&
        item.evidence.channel === channel &&
        item.evidence.reason === reason,
    );
}
