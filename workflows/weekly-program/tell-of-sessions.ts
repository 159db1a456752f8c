import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import { firstOccurrence, type Message } from "../../shared/care/episode/message.ts";
import { isOnline, type Session } from "../../shared/care/episode/session.ts";
import type { MessageAnchor } from "../../shared/care/program/program.ts";
import { closureOn } from "../../shared/care/program/staffed-time.ts";
import { endTask } from "../../shared/care/tasks/end-task.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { localDate, localTime } from "../../shared/care/time/zoned-time.ts";
import { rowOf } from "../../shared/messages/gate-input.ts";
import { planMessages } from "../../shared/messages/plan-messages.ts";
import { runningWeek } from "./running-week.ts";

const callMinutesBefore = 60;
/** A notice that tells the time of a session that begins within so many hours is its reminder too. */
export const noticeRemindsHours = 24;

/** What somebody knows of a session. */
export type Known = NonNullable<Session["known"]>;

/** A session whose person knows it otherwise than it is. */
export type News = {
  /** As it is now. */
  readonly session: Session;
  /** As the person knows it. */
  readonly before: Known;
  /** It was not held because the site was closed. */
  readonly wasClosed?: boolean;
  /** The site is closed for a part of that day only. */
  readonly isPartOfDay?: boolean;
};

/** Notices about a whole day, by what they say of it. */
const dayAnchors: readonly MessageAnchor[] = ["session-cancelled", "session-held"];

/** A session as it is. */
export function asKnown(session: Session): Known {
  return {
    isHeld: session.status === "planned",
    startAt: session.scheduledStartAt,
    isOnline: isOnline(session),
  };
}

/** What the person knows of a session: how it is, or how it was before a change that nobody has told them of yet. */
export function knownOf(draft: Draft, ctx: DecisionContext, session: Session): Known {
  const now = asKnown(session);
  if (!draft.items().some((item) => isUntold(ctx, item, session))) return now;
  // A day's notice that was planned before this was noted says that the day is the other way round.
  return session.known ?? { ...now, isHeld: !now.isHeld };
}

type Item = ReturnType<Draft["items"]>[number];

/** True for what is still to say how a session stands. */
function isUntold(ctx: DecisionContext, item: Item, session: Session): boolean {
  const about = noticeOf(ctx, item);
  return (
    about !== undefined &&
    (about.sessionId === session.sessionId ||
      (about.on === session.on && dayAnchors.includes(about.anchor)))
  );
}

type Notice = {
  readonly item: Message | CareTask;
  readonly anchor: MessageAnchor;
  readonly on?: string;
  readonly sessionId?: string;
};

/** A message that has not gone, or a call that has not been made, about a change of the schedule. */
function noticeOf(ctx: DecisionContext, item: Item): Notice | undefined {
  if (item.kind === "message") {
    if (item.status !== "PLANNED" || item.class !== "schedule-notice") return undefined;
    const anchor = rowOf({ program: ctx.program, message: item })?.anchor;
    if (anchor === undefined) return undefined;
    const about = firstOccurrence(item.occurrence);
    return dayAnchors.includes(anchor)
      ? { item, anchor, on: about }
      : { item, anchor, sessionId: about };
  }
  if (item.kind !== "task" || item.status !== "open" || item.taskKind !== "message-gap")
    return undefined;
  const { about, on, sessionId } = item.evidence;
  if (typeof about !== "string") return undefined;
  return {
    item,
    anchor: about as MessageAnchor,
    ...(typeof on === "string" ? { on } : {}),
    ...(typeof sessionId === "string" ? { sessionId } : {}),
  };
}

function takeBack(draft: Draft, { item }: Notice): void {
  if (item.kind === "task") endTask(draft, item, "has-come");
  else
    draft.replace(item, {
      status: "CANCELLED",
      reason: "day-changed-again",
      settledAt: draft.now,
    });
}

/** Takes back what was still to be said of a session that has changed again. */
export function takeBackNotices(draft: Draft, ctx: DecisionContext, session: Session): void {
  for (const item of draft.items()) {
    const notice = noticeOf(ctx, item);
    if (notice?.sessionId === session.sessionId) takeBack(draft, notice);
  }
}

/** Takes back what was still to be said of a day, and is so no longer. */
export function takeBackDays(draft: Draft, ctx: DecisionContext): void {
  for (const item of draft.items()) {
    const notice = noticeOf(ctx, item);
    if (notice?.on === undefined || notice.sessionId !== undefined) continue;
    const isClosed = closureOn(ctx.site, notice.on) !== undefined;
    if (isClosed !== (notice.anchor === "session-cancelled")) takeBack(draft, notice);
  }
}

/** What is to be said of a session; `undefined` where the person knows it as it is. */
export function anchorOfNews({
  session,
  before,
  wasClosed,
  isPartOfDay,
}: News): MessageAnchor | undefined {
  const now = asKnown(session);
  const isWholeDay = isPartOfDay !== true;
  const isSameTime = before.startAt === now.startAt;
  if (before.isHeld && !now.isHeld)
    return session.cancelledFor === "site-closed" && isSameTime && isWholeDay
      ? "session-cancelled"
      : "session-off";
  if (!before.isHeld && now.isHeld && before.isNew === true) return "session-booked";
  if (!before.isHeld && now.isHeld)
    return wasClosed === true && isSameTime ? "session-held" : "session-on";
  if (!now.isHeld) return undefined;
  if (!isSameTime) return "session-moved";
  if (before.isOnline === now.isOnline) return undefined;
  return now.isOnline ? "session-online" : "session-on-site";
}

/**
 * Tells somebody of sessions that changed: one notice for a day that is closed, or open after all, and one for each
 * other session; where no message may go, a call by the front desk an hour before at the latest.
 */
export function tellOfSessions(draft: Draft, ctx: DecisionContext, news: readonly News[]): void {
  const days = new Map<string, News[]>();
  for (const one of news) {
    const anchor = anchorOfNews(one);
    if (anchor === undefined) continue;
    if (!dayAnchors.includes(anchor)) {
      const { session } = one;
      const occurrence = `${session.sessionId}-v${draft.episode.version}`;
      tell(draft, ctx, {
        anchor,
        occurrence,
        news: [one],
        about: { sessionId: session.sessionId },
      });
      continue;
    }
    const key = `${anchor} ${one.session.on}`;
    days.set(key, [...(days.get(key) ?? []), one]);
  }
  for (const [key, ofDay] of days) {
    const [anchor, on = ""] = key.split(" ");
    const isToBeSaid = draft
      .items()
      .map((item) => noticeOf(ctx, item))
      .some((notice) => notice?.anchor === anchor && notice?.on === on);
    if (isToBeSaid) continue;
    const occurrence = `${on}-v${draft.episode.version}`;
    tell(draft, ctx, { anchor: anchor as MessageAnchor, occurrence, news: ofDay, about: { on } });
  }
}

const callWords: Readonly<Partial<Record<MessageAnchor, string>>> = {
  "session-held":
    "The site is open on this day after all, and no message can say so. Call the person: their visits are held.",
  "session-booked": "A visit was booked, and no message can say so. Tell the person before it.",
  "session-cancelled":
    "The site is closed on this day, and no message can say so. Call the person before the visit.",
  "session-off": "A session is cancelled, and no message can say so. Call the person before it.",
  "session-on":
    "A session that was cancelled is held after all, and no message can say so. Call the person before it.",
  "session-moved":
    "A session was moved, and no message can say so. Call the person before either time.",
  "session-online":
    "A session is held online, and no message can say so. Call the person, and say how to join.",
  "session-on-site":
    "A session that was online is held at the site, and no message can say so. Call the person before it.",
};

function tell(
  draft: Draft,
  ctx: DecisionContext,
  what: {
    readonly anchor: MessageAnchor;
    readonly occurrence: string;
    readonly news: readonly News[];
    readonly about: { readonly on: string } | { readonly sessionId: string };
  },
): void {
  const { anchor, occurrence, news } = what;
  // Whoever was admitted under an earlier version of the program agrees on a visit as it is booked.
  const isSaid = ctx.program.messages.some((row) => row.anchor === anchor);
  if (anchor === "session-booked" && !isSaid) return;
  const [first] = news.toSorted((left, right) => startOf(left).localeCompare(startOf(right)));
  if (first === undefined) return;
  const { before, session } = first;
  const run = runningWeek(draft);
  const { planned } = planMessages(draft, ctx, {
    anchor,
    anchorAt: ctx.now,
    occurrence,
    aboutAt: startOf(first),
    ...(anchor === "session-moved" ? { wasAt: before.startAt } : {}),
    ...(isOnline(session) ? { isOnline: true } : {}),
    ...(run === undefined ? {} : { driverId: run.driverId }),
  });
  if (planned.length > 0) return;
  const visitAt = before.startAt < session.scheduledStartAt ? before.startAt : startOf(first);
  const beforeAt = visitAt > ctx.now ? visitAt : startOf(first);
  const callBy = addMinutes(beforeAt, -callMinutesBefore);
  openTask(draft, ctx, {
    taskKind: "message-gap",
    occurrence: `${anchor}-${occurrence}`,
    words: `${callWords[anchor] ?? "The schedule changed. Call the person."}${timesOf(first)}`,
    assignedFunction: "front-desk",
    dueAt: callBy > ctx.now ? callBy : beforeAt,
    priority: "urgent",
    evidence: { ...what.about, about: anchor },
  });
}

/** The session that a notice speaks of begins then; one that is off would have. */
function startOf({ session, before }: News): string {
  return session.status === "planned" ? session.scheduledStartAt : before.startAt;
}

function timesOf(one: News): string {
  const { timeZone } = one.session;
  const at = (instant: string) =>
    `on ${localDate(instant, timeZone)} at ${localTime(instant, timeZone)}`;
  const was = one.before.startAt;
  const is = startOf(one);
  return was === is ? ` It is the one ${at(is)}.` : ` It was ${at(was)} and is now ${at(is)}.`;
}
