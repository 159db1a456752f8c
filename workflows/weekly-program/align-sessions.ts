import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import { firstOccurrence } from "../../shared/care/episode/message.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { closureDuring, closureOn } from "../../shared/care/program/staffed-time.ts";
import { isElsewhere } from "../../shared/care/sessions/bring-back-sessions.ts";
import { withSessionClosed, withSessionHeldAgain } from "../../shared/care/sessions/closed-days.ts";
import { readGroupSessionId } from "../../shared/care/sessions/group-session-id.ts";
import {
  type Standing,
  standingFields,
  standingOf,
  standingOfVisit,
} from "../../shared/care/sessions/standing.ts";
import { withoutSession, withSessionAgain } from "../../shared/care/sessions/without-session.ts";
import { addHours } from "../../shared/care/time/instants.ts";
import { remindAnew } from "./open-week.ts";
import {
  anchorOfNews,
  asKnown,
  knownOf,
  type News,
  noticeRemindsHours,
  takeBackDays,
  takeBackNotices,
  tellOfSessions,
} from "./tell-of-sessions.ts";

/**
 * Brings sessions of one person in line with the facts, with hours and reminders, and tells the person. What has begun,
 * or is marked, stays as it was.
 *
 * @param isToldByCall - somebody rings the person about all of it: nothing is sent about each
 * @returns what became of those that changed
 */
export function alignSessions(
  draft: Draft,
  ctx: DecisionContext,
  sessions: readonly Session[],
  isToldByCall = false,
): readonly News[] {
  const changed = sessions
    .filter((session) => session.scheduledStartAt > ctx.now && session.attendance === undefined)
    .flatMap((session) => align(draft, ctx, session, isToldByCall) ?? []);
  takeBackDays(draft, ctx);
  if (!isToldByCall) tellOfSessions(draft, ctx, changed);
  remindAgain(draft, ctx, changed);
  return changed;
}

/** How a session is to stand; one that is in no timetable any more stands as it was planned, while the site is open. */
function standingNow(ctx: DecisionContext, session: Session): Standing {
  if (session.visit !== undefined) return standingOfVisit(ctx.site, session.visit);
  const slot = ctx.program.sessions.find((one) => one.slot === session.slot);
  const place = readGroupSessionId(session.groupSessionId);
  if (slot !== undefined && place !== undefined)
    return standingOf(ctx.site, ctx.program.programId, slot, place.plannedOn);
  const isClosed =
    closureDuring(ctx.site, {
      on: session.on,
      startAt: session.scheduledStartAt,
      endAt: session.scheduledEndAt,
    }) !== undefined;
  const { leaderId, coLeaderId, place: where } = session;
  return {
    isHeld: !isClosed,
    ...(isClosed ? { cancelledFor: "site-closed" } : {}),
    on: session.on,
    startAt: session.scheduledStartAt,
    endAt: session.scheduledEndAt,
    ...(where === undefined ? {} : { place: where }),
    ...(leaderId === undefined ? {} : { leaderId }),
    ...(coLeaderId === undefined ? {} : { coLeaderId }),
  };
}

/** @returns what became of the session; `undefined` where it is so already, or is not the schedule's to change */
function align(
  draft: Draft,
  ctx: DecisionContext,
  session: Session,
  isToldByCall: boolean,
): News | undefined {
  const isOwnReason = session.status === "cancelled" && session.cancelledFor === undefined;
  const standing = standingNow(ctx, session);
  if (session.status === "closed" || standing.startAt <= ctx.now) return undefined;
  if (isOwnReason && session.mayReturn === true)
    return alignAway(draft, ctx, session, standing, isToldByCall);
  if (isOwnReason) return undefined;
  const before = knownOf(draft, ctx, session);
  const fields = standingFields(standing);
  if (isSame(session, fields)) return undefined;
  takeBackNotices(draft, ctx, session);
  const {
    cancelledFor: wasFor,
    place: _place,
    leaderId: _leader,
    coLeaderId: _coLeader,
    known: _known,
    mayReturn: _mayReturn,
    ...rest
  } = session;
  const isHeldAgain = session.status === "cancelled" && standing.isHeld;
  const isAway = standing.isHeld && !isExpected(draft, fields.on);
  if (isHeldAgain && (isAway || isElsewhere(draft, session, standing)))
    return letGo(draft, session, { ...rest, ...fieldsOff(fields), ...whileAway(draft) });
  if (isHeldAgain) draft.set({ weeks: withSessionHeldAgain(draft.episode.weeks, session) });
  if (session.status === "planned" && !standing.isHeld)
    draft.set({ weeks: withSessionClosed(draft.episode.weeks, session) });
  if (session.status === "planned" && isAway)
    draft.set({ weeks: withoutSession(draft.episode.weeks, session) });
  const becomes = isAway ? { ...fieldsOff(fields), ...whileAway(draft) } : fields;
  const news = {
    session: { ...rest, ...becomes },
    before,
    wasClosed: wasFor === "site-closed" && !hasOthersThatDay(draft, session),
    isPartOfDay: closureOn(ctx.site, fields.on) === undefined,
  };
  const isUntold = !isToldByCall && anchorOfNews(news) !== undefined;
  const after = draft.replace<Session>(rest, {
    ...becomes,
    ...(isUntold ? { known: before } : {}),
  });
  if (after.on !== session.on) seatOn(draft, after);
  const [was, is] = [asKnown(session), asKnown(after)];
  if (was.isHeld !== is.isHeld || was.startAt !== is.startAt || was.isOnline !== is.isOnline)
    draft.cancelMessages(
      ({ occurrence, class: kind }) =>
        kind === "routine" && firstOccurrence(occurrence) === session.sessionId,
      is.isHeld ? "session-moved" : "session-cancelled",
    );
  return { ...news, session: after };
}

/** Among those of the day on which it is now. */
function seatOn(draft: Draft, { groupSessionId, sk, on }: Session): void {
  draft.project({ kind: "seat", groupSessionId, sessionSk: sk, on });
}

/** How a session stands that its person does not come to. */
function fieldsOff(fields: ReturnType<typeof standingFields>): Partial<Session> {
  const { cancelledFor: _for, ...others } = fields;
  return { ...others, status: "cancelled" };
}

/** On leave somebody may come back before it, and comes to it then. */
function whileAway({ episode }: Draft): Pick<Session, "mayReturn"> {
  return episode.status === "onhold" ? { mayReturn: true } : {};
}

/**
 * A session that was taken out for a leave, or a discharge that may be taken back: it goes where the schedule has it,
 * so that whoever returns finds it there, and is planned again where it is now after the return.
 */
function alignAway(
  draft: Draft,
  ctx: DecisionContext,
  session: Session,
  standing: Standing,
  isToldByCall: boolean,
): News | undefined {
  const fields = standingFields(standing);
  const isBack =
    standing.isHeld && isExpected(draft, fields.on) && !isElsewhere(draft, session, standing);
  const { place: _place, leaderId: _leader, coLeaderId: _coLeader, ...rest } = session;
  if (!isBack) {
    const off: Session = { ...rest, ...fields, status: "cancelled" };
    if (!isSame(session, { ...fields, status: "cancelled" })) draft.restore(off);
    if (off.on !== session.on) seatOn(draft, off);
    return undefined;
  }
  const before = knownOf(draft, ctx, session);
  takeBackNotices(draft, ctx, session);
  const { mayReturn: _mayReturn, known: _known, ...others } = rest;
  const held = { ...others, ...fields };
  const isUntold = !isToldByCall && anchorOfNews({ session: held, before }) !== undefined;
  draft.restore({ ...held, ...(isUntold ? { known: before } : {}) });
  if (held.on !== session.on) seatOn(draft, held);
  draft.set({ weeks: withSessionAgain(draft.episode.weeks, held) });
  const after = draft.item(session.sk);
  return after?.kind === "session" ? { session: after, before } : undefined;
}

/** They were expected at another time of that day all along: what is said is about this session, and not the day. */
function hasOthersThatDay(draft: Draft, session: Session): boolean {
  return draft
    .items()
    .some(
      (one) =>
        one.kind === "session" &&
        one.on === session.on &&
        one.sessionId !== session.sessionId &&
        one.status === "planned" &&
        one.known === undefined,
    );
}

/** The site holds it, and the person is not in the program then, or elsewhere: it stays cancelled for that. */
function letGo(draft: Draft, session: Session, off: Session): undefined {
  draft.set({ weeks: withSessionHeldAgain(draft.episode.weeks, session) });
  const after = draft.replace<Session>(off, {});
  if (after.on !== session.on) seatOn(draft, after);
  draft.set({ weeks: withoutSession(draft.episode.weeks, session) });
}

function isSame(session: Session, fields: ReturnType<typeof standingFields>): boolean {
  const part = (from: typeof fields) =>
    JSON.stringify([
      from.status,
      from.cancelledFor,
      from.on,
      from.scheduledStartAt,
      from.scheduledEndAt,
      from.place,
      from.leaderId,
      from.coLeaderId,
    ]);
  return part(session) === part(fields);
}

/** Sessions that are held at another time, or again, are reminded of anew; a notice of them may have said it. */
function remindAgain(draft: Draft, ctx: DecisionContext, news: readonly News[]): void {
  for (const one of news) {
    const { session } = one;
    if (session.status !== "planned") continue;
    const hasReminder = draft
      .items()
      .some(
        (item) =>
          item.kind === "message" &&
          item.status === "PLANNED" &&
          item.class === "routine" &&
          firstOccurrence(item.occurrence) === session.sessionId,
      );
    const isSoon = session.scheduledStartAt <= addHours(ctx.now, noticeRemindsHours);
    if (hasReminder || (isSoon && anchorOfNews(one) !== undefined)) continue;
    remindAnew(draft, ctx, [session]);
  }
}

function isExpected({ episode }: Draft, on: string): boolean {
  if (episode.status === "active" || episode.status === "discharge-planning") return true;
  const returnOn = episode.hold?.expectedReturnOn;
  return episode.status === "onhold" && returnOn !== undefined && on >= returnOn;
}
