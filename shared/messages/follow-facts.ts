import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { Message } from "../care/episode/message.ts";
import type { MessageAnchor, MessagePlan } from "../care/program/program.ts";
import { addStaffedMinutes } from "../care/program/staffed-time.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { addMinutes } from "../care/time/instants.ts";
import { planCheckInInstants } from "./check-in-hours.ts";
import { isPlannedClass, isReceipt, rowOf } from "./gate-input.ts";
import { checkInSk, firstMessageAt } from "./plan-check-in.ts";
import { planInstants } from "./plan-instants.ts";
import { usableChannels } from "./plan-messages.ts";
import { planOtherChannel } from "./plan-other-channel.ts";
import { wordsForReason } from "./reason-words.ts";
import { messageLanguage } from "./template.ts";

/** What decides where, when and in which words somebody is written to. */
export type FactsBefore = Pick<Episode, "reach" | "timeZone" | "language">;

/** Staffed minutes within which a person says what a message cannot: half a day. */
const callWithinStaffedMinutes = 240;

/**
 * Brings what is planned in line with the facts of the person after they were corrected: the number or address it
 * goes to, the hour in their zone, and a call with an interpreter in place of what nobody reviewed in their language.
 * What no longer may go the way it was to go takes the other one, or a person is asked: once for each way.
 * Words are filled in as a message leaves, so that a language with reviewed messages needs nothing here.
 *
 * @param before - the facts as what is planned was planned by
 */
export function followFacts(draft: Draft, ctx: DecisionContext, before: FactsBefore): void {
  const gaps = new Map<Message["channel"], string>();
  const calls = new Map<MessageAnchor, Message[]>();
  for (const item of draft.items()) {
    if (item.kind !== "message" || item.status !== "PLANNED") continue;
    if (!isPlannedClass(item)) {
      endReply(draft, before, item);
      continue;
    }
    const row = rowOf({ program: ctx.program, message: item });
    if (messageLanguage(ctx.program.languages, draft.episode.language) === undefined) {
      drop(draft, item, "no-language");
      const anchor = row?.anchor ?? "week-opened";
      calls.set(anchor, [...(calls.get(anchor) ?? []), item]);
      continue;
    }
    const gap = follow(draft, ctx, { before, item, row });
    if (gap !== undefined) gaps.set(item.channel, gap);
  }
  for (const [anchor, messages] of calls) openInterpretedCall(draft, ctx, anchor, messages);
  for (const [channel, reason] of gaps) openGap(draft, ctx, channel, reason);
  moveCheckIns(draft, ctx);
}

function drop(draft: Draft, item: Message, reason: string): Message {
  return draft.replace(item, { status: "SUPPRESSED", reason, settledAt: draft.now });
}

/** An answer on its way to a number that is the person's no longer goes nowhere. */
function endReply(draft: Draft, before: FactsBefore, item: Message): void {
  const was = before.reach[item.channel]?.contactPointId;
  const is = draft.episode.reach[item.channel]?.contactPointId;
  if (item.contactPointId === was && is !== was) drop(draft, item, "contact-changed");
}

/** @returns why a person has to do what the message was for, where nothing else will */
function follow(
  draft: Draft,
  ctx: DecisionContext,
  planned: {
    readonly before: FactsBefore;
    readonly item: Message;
    readonly row: MessagePlan | undefined;
  },
): string | undefined {
  const { before, item, row } = planned;
  const point = draft.episode.reach[item.channel];
  const usable = row === undefined ? [] : usableChannels(draft.episode, row);
  const isUsable =
    row === undefined
      ? point !== undefined
      : usable.some(({ channel }) => channel === item.channel);
  if (!isUsable || point === undefined) {
    const reason = reasonOf(draft, item);
    const dropped = drop(draft, item, reason);
    const hasOther = usable.length > 0;
    // A notice about a visit is said before the visit, whoever says it.
    if (!hasOther && item.class === "routine") return reason;
    planOtherChannel(draft, ctx, dropped, reason);
    return undefined;
  }
  if (point.contactPointId !== item.contactPointId)
    draft.replace(item, { contactPointId: point.contactPointId });
  if (row !== undefined && before.timeZone !== draft.episode.timeZone)
    timeAnew(draft, ctx, item, row);
  return undefined;
}

function reasonOf({ episode }: Draft, item: Message): string {
  const point = episode.reach[item.channel];
  if (point?.contactPointId !== item.contactPointId) return "contact-changed";
  return episode.consents[item.channel].grantedAt === undefined ||
    episode.consents[item.channel].withdrawnAt !== undefined
    ? "no-consent"
    : "phone-not-own";
}

/** The hour at which it was to go, in the zone where the person is now. */
function timeAnew(draft: Draft, ctx: DecisionContext, item: Message, row: MessagePlan): void {
  const { timeZone, participantId } = draft.episode;
  const timing = {
    row,
    now: ctx.now,
    // Planned before that was noted: from the instant it was to go, into the window of the new zone.
    anchorAt: item.anchorAt ?? addMinutes(item.sendAt, -row.offsetMinutes),
    timeZone,
    participantId,
    isReceipt: isReceipt(row),
    ...(item.linkEndsAt === undefined ? {} : { endsAt: item.linkEndsAt }),
  };
  const instants =
    row.anchor === "check-in-opened" ? planCheckInInstants(timing, ctx.site) : planInstants(timing);
  draft.replace(item, {
    sendAt: instants.sendAt,
    expiresAt: instants.expiresAt,
    ...(instants.isTooLate
      ? { status: "SUPPRESSED", reason: "no-time-left", settledAt: ctx.now }
      : {}),
  });
}

/** Check-ins that have not opened yet open with their first message, by the zone and the ways of now. */
function moveCheckIns(draft: Draft, ctx: DecisionContext): void {
  for (const item of draft.items()) {
    if (item.kind !== "driver" || item.workflow !== "aftercare" || item.status !== "dormant")
      continue;
    const checkIn = draft.item(checkInSk(Number(item.data.number ?? 1)));
    if (checkIn?.kind !== "check-in" || checkIn.checkInKind === "staff-call") continue;
    const startAt = firstMessageAt(draft, ctx, checkIn.dueAt);
    if (startAt !== item.startAt) draft.replace(item, { startAt });
  }
}

const whatItSays: Readonly<Partial<Record<MessageAnchor, string>>> = {
  "intake-received": "Say that the request has arrived.",
  "forms-asked": "Do the forms on this call.",
  "measures-asked": "Do this week's measures on this call, or at a visit.",
  admitted: "Say that the place is theirs, and when the first visit is.",
  waiting: "Say that they are on the waiting list, and what happens meanwhile.",
  declined: "Say where else they are cared for.",
  "week-opened": "Tell the person this week's visits.",
  "session-start": "Remind the person of the next visits.",
  "session-booked": "Say when and where the new visit is.",
  "session-cancelled": "Say that the next visit is cancelled.",
  "session-held": "Say that the next visit is held after all.",
  "session-off": "Say which visit is cancelled.",
  "session-on": "Say which visit is held after all.",
  "session-moved": "Say when the visit is now.",
  "session-online": "Say that the visit is online, and how to join.",
  "session-on-site": "Say that the visit is at the site.",
  "missed-session": "Ask how they are: they were expected.",
  "check-in-opened": "Go through the check-in.",
  "discharge-approved": "Say goodbye, and when the first follow-up call comes.",
  "aftercare-closed": "Say that the follow-up ends, and how to come back.",
};

/** One call says what several messages were to say about the same. */
function openInterpretedCall(
  draft: Draft,
  ctx: DecisionContext,
  anchor: MessageAnchor,
  messages: readonly Message[],
): void {
  const within = addStaffedMinutes(ctx.site, ctx.now, callWithinStaffedMinutes);
  const first = messages.map(({ sendAt }) => sendAt).sort()[0] ?? within;
  const aboutAt = messages.flatMap((message) => message.aboutAt ?? []).sort()[0];
  // Not later than what it is about, and not earlier than staff can ring.
  const dueAt = aboutAt !== undefined && first > within && first < aboutAt ? first : within;
  openTask(draft, ctx, {
    taskKind: "interpreted-call",
    occurrence: `${anchor}-v${draft.episode.version}`,
    words: `There are no reviewed messages in the person's language. ${whatItSays[anchor] ?? "Say what the messages would have said."} Call with an interpreter.`,
    assignedFunction: "case-manager",
    dueAt,
    evidence: { anchor, messages: messages.length },
  });
}

function openGap(
  draft: Draft,
  ctx: DecisionContext,
  channel: Message["channel"],
  reason: string,
): void {
  const what = channel === "sms" ? "Texts" : "Emails";
  openTask(draft, ctx, {
    taskKind: "channel-needed",
    occurrence: `${channel}-v${draft.episode.version}`,
    words: `${what} that were planned cannot go: ${wordsForReason(reason)}. Agree on another way to be reached.`,
    evidence: { channel, why: reason },
  });
}
