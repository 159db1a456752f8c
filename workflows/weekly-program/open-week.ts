import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { isOnline, type Session } from "../../shared/care/episode/session.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { askForScreensOfWeek } from "../../shared/care/pathway/ask-for-screens.ts";
import { closureOn, nextStaffedInstant } from "../../shared/care/program/staffed-time.ts";
import type { ActResult } from "../../shared/care/runs/step-result.ts";
import { askForServicesOfWeek } from "../../shared/care/services/follow-services.ts";
import { askAboutLicences } from "../../shared/care/sessions/ask-about-licences.ts";
import { withSessionClosed } from "../../shared/care/sessions/closed-days.ts";
import { readGroupSessionId } from "../../shared/care/sessions/group-session-id.ts";
import { trackOn } from "../../shared/care/sessions/group-tracks.ts";
import { scheduledMinutes } from "../../shared/care/sessions/hours.ts";
import {
  nextWeekOpensAt,
  type PlannedWeek,
  planWeek,
  weekEndsAt,
  weekIsToldFrom,
} from "../../shared/care/sessions/plan-week.ts";
import { standingOf } from "../../shared/care/sessions/standing.ts";
import { weekOf } from "../../shared/care/sessions/week-of.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { addHours, addMinutes } from "../../shared/care/time/instants.ts";
import { addDays, instantAt, localDate, mondayOf } from "../../shared/care/time/zoned-time.ts";
import { itemKeys } from "../../shared/keys/keys.ts";
import { planMessages } from "../../shared/messages/plan-messages.ts";
import { askBeforeLastWeekEnds } from "./propose.ts";
import { runningWeek } from "./running-week.ts";
import { anchorOfNews, asKnown, type News, tellOfSessions } from "./tell-of-sessions.ts";

const missedLatelyDays = 14;

/** Opens one program week: sessions, measures that are due, messages, and the week's hours. */
export function openWeek(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ActResult {
  const { hold, status } = state.episode;
  // On leave the week opens too, without the days until the return; it waits there to go on.
  if (status !== "active" && status !== "onhold") return { outcome: "stop" };
  const { week, startsOn } = weekOf(run);
  if (state.episode.weeks.some((one) => one.week === week)) return { outcome: "opened" };
  const draft = new Draft(state, ctx);
  const planned = duringLeave(
    planWeek(ctx.program, ctx.site, {
      week,
      startsOn,
      now: ctx.now,
      newId: ctx.newId,
      episodeId: state.episode.episodeId,
      trackOn: (on) => trackOn(ctx.program, state.episode, on),
    }),
    status === "onhold" ? (hold?.expectedReturnOn ?? addDays(startsOn, 7)) : undefined,
  );
  const news = planned.sessions.flatMap((session) => newsOf(ctx, session, startsOn) ?? []);
  for (const session of planned.sessions) {
    const before = news.find((one) => one.session === session)?.before;
    draft.add(before === undefined ? session : { ...session, known: before });
    draft.project({
      kind: "seat",
      groupSessionId: session.groupSessionId,
      sessionSk: session.sk,
      on: session.on,
    });
  }
  const visits = visitsOf(draft, week, startsOn);
  const whole = {
    week,
    startsOn,
    expectedMinutes: [...planned.sessions, ...visits]
      .filter((session) => session.counts)
      .reduce((sum, session) => sum + scheduledMinutes(session), 0),
    attendedMinutes: 0,
    isFullWeek: planned.isFullWeek,
    byDay: {},
  };
  const closed = planned.sessions.filter(({ status: planned }) => planned === "cancelled");
  draft.set({ week, weeks: [...draft.episode.weeks, whole] });
  for (const session of closed)
    draft.set({ weeks: withSessionClosed(draft.episode.weeks, session) });
  askBeforeLastWeekEnds(draft, ctx, run);
  const held = planned.sessions.filter(({ status: planned }) => planned === "planned");
  // Groups of the first week were looked at when the person was admitted.
  askAboutLicences(draft, ctx, held, { wasSaid: week === 1 });
  planReminders(draft, run, ctx, [...held, ...visits], week);
  tellOfSessions(draft, ctx, news);
  askForMeasures(draft, run, ctx, week, startsOn);
  // Who is away the whole week is asked nothing of it.
  if (status !== "onhold" || planned.sessions.length > 0)
    askForScreensOfWeek(draft, ctx, week, startsOn);
  askForServicesOfWeek(draft, ctx, startsOn);
  planMessages(draft, ctx, {
    anchor: "week-opened",
    anchorAt: later(weekIsTextedFrom(ctx, week), weekIsToldFrom(startsOn, ctx.site)),
    driverId: run.driverId,
    occurrence: `w${week}`,
    link: { itemSk: run.sk, opensAt: ctx.now, endsAt: weekEndsAt(startsOn, ctx.site) },
  });
  return {
    outcome: "opened",
    change: draft.finish("week-opened", {
      week,
      startsOn,
      sessions: held.length,
      isFullWeek: draft.episode.weeks.at(-1)?.isFullWeek ?? planned.isFullWeek,
    }),
  };
}

/** The visits that were booked for the week before it opened; they belong to it now, whatever number it was to have. */
function visitsOf(draft: Draft, week: number, startsOn: string): readonly Session[] {
  return draft.items().flatMap((item) => {
    if (item.kind !== "session" || item.visit === undefined || item.status !== "planned") return [];
    if (mondayOf(item.on) !== mondayOf(startsOn) || item.scheduledStartAt <= draft.now) return [];
    return [item.week === week ? item : draft.replace(item, { week })];
  });
}

/**
 * A session that is not as it usually is: not held, or in this week alone at another time or place. In the first week
 * nobody knows what is usual; what is held is reminded of as it is.
 */
function newsOf(ctx: DecisionContext, session: Session, startsOn: string): News | undefined {
  const slot = ctx.program.sessions.find((one) => one.slot === session.slot);
  const place = readGroupSessionId(session.groupSessionId);
  if (slot === undefined || place === undefined) return undefined;
  const { timeZone, groupChanges = [] } = ctx.site;
  const lasting = groupChanges.filter(({ andFollowing, from }) => andFollowing && from < startsOn);
  const usual = standingOf(
    { timeZone, closures: [], groupChanges: lasting },
    ctx.program.programId,
    slot,
    place.plannedOn,
  );
  const isFirst = session.week === 1;
  if (isFirst && session.status === "planned") return undefined;
  const before = isFirst
    ? { ...asKnown(session), isHeld: true }
    : { isHeld: usual.isHeld, startAt: usual.startAt, isOnline: isOnline(usual) };
  const isPartOfDay = closureOn(ctx.site, session.on) === undefined;
  const news = { session, before, isPartOfDay };
  return anchorOfNews(news) === undefined ? undefined : news;
}

/** Leaves out the days before the return from a leave. */
function duringLeave(planned: PlannedWeek, returnOn: string | undefined): PlannedWeek {
  if (returnOn === undefined) return planned;
  const sessions = planned.sessions.filter((session) => session.on >= returnOn);
  const isFullWeek = planned.isFullWeek && sessions.length === planned.sessions.length;
  return { ...planned, sessions, isFullWeek };
}

function weekStartsAt(startsOn: string, ctx: DecisionContext): string {
  return weekEndsAt(addDays(startsOn, -7), ctx.site);
}

/** The first week's text comes on the morning after the welcome, which has said the first visit. */
function weekIsTextedFrom({ now, site }: DecisionContext, week: number): string {
  if (week > 1) return now;
  return instantAt(addDays(localDate(now, site.timeZone), 1), "09:00", site.timeZone);
}

function later(left: string, right: string): string {
  return left > right ? left : right;
}

/**
 * Every session day is reminded in week one; after that only those who missed in the last 14 days.
 * @param occurrenceOf - part of the business key; begins with the session's id
 */
export function planReminders(
  draft: Draft,
  run: Pick<WorkflowRun, "driverId">,
  ctx: DecisionContext,
  sessions: readonly Session[],
  week: number,
  occurrenceOf: (session: Session) => string = ({ sessionId }) => sessionId,
): void {
  const { lastNoShowAt } = draft.episode;
  const hasMissedLately =
    lastNoShowAt !== undefined && lastNoShowAt >= addMinutes(ctx.now, -missedLatelyDays * 24 * 60);
  const circumstances = [
    ...(week === 1 ? (["week-one"] as const) : []),
    ...(hasMissedLately ? (["missed-in-14-days"] as const) : []),
  ];
  const quiet = new Set(
    ctx.program.sessions.filter((slot) => slot.remind === false).map((slot) => slot.slot),
  );
  const planned = draft.items().filter((item) => item.kind === "session");
  const hasEarlier = ({ on, scheduledStartAt }: Session) =>
    planned.some(
      (one) =>
        one.on === on &&
        one.status === "planned" &&
        !quiet.has(one.slot) &&
        one.scheduledStartAt < scheduledStartAt,
    );
  for (const session of sessions) {
    // The reminder of an earlier session of the day is the reminder of both, where there is one.
    if (quiet.has(session.slot) && hasEarlier(session)) continue;
    planMessages(draft, ctx, {
      anchor: "session-start",
      anchorAt: session.scheduledStartAt,
      driverId: run.driverId,
      occurrence: occurrenceOf(session),
      circumstances,
      aboutAt: session.scheduledStartAt,
      isOnline: isOnline(session),
    });
  }
}

/** Reminders of sessions that are held at another time, or again, while a week runs: what was sent of them before is over. */
export function remindAnew(draft: Draft, ctx: DecisionContext, sessions: readonly Session[]): void {
  const run = runningWeek(draft);
  if (run === undefined) return;
  const occurrenceOf = ({ sessionId }: Session) => `${sessionId}-v${draft.episode.version}`;
  for (const session of sessions)
    planReminders(draft, run, ctx, [session], session.week, occurrenceOf);
}

/** Measures that this week asks for, as one request with one link. Taken in session where nobody can be messaged. */
function askForMeasures(
  draft: Draft,
  run: WorkflowRun,
  ctx: DecisionContext,
  week: number,
  startsOn: string,
): void {
  const instruments = ctx.program.measures
    .filter((measure) => (week - 1) % measure.everyWeeks === 0)
    .map((measure) => measure.instrumentId);
  // What was answered at intake a few days ago is not asked again in the first week.
  const due =
    week === 1
      ? instruments.filter((id) => !draft.episode.facts.answeredInstruments.includes(id))
      : instruments;
  if (due.length === 0) return;
  const occasion = `w${week}`;
  const endsAt = nextWeekOpensAt(startsOn, ctx.site);
  const askedAt = nextStaffedInstant(ctx.site, later(ctx.now, weekStartsAt(startsOn, ctx)));
  draft.add({
    kind: "form",
    sk: itemKeys.form(occasion),
    version: 1,
    formId: ctx.newId(),
    occasion,
    instruments: due,
    status: "asked",
    askedAt,
    endsAt,
    answers: {},
    submissions: [],
  });
  const { planned, unreachable } = planMessages(draft, ctx, {
    anchor: "measures-asked",
    anchorAt: askedAt,
    driverId: run.driverId,
    occurrence: occasion,
    link: { itemSk: itemKeys.form(occasion), opensAt: askedAt, endsAt },
  });
  if (unreachable === undefined || planned.length > 0) return;
  const needsInterpreter = unreachable !== "no-consented-channel";
  openTask(draft, ctx, {
    taskKind: needsInterpreter ? "interpreted-call" : "channel-needed",
    occurrence: `measures-${occasion}`,
    words: needsInterpreter
      ? "This week's measures cannot go in the person's language. Ask them with a qualified interpreter, and enter the answers on the person's page."
      : "No message may be sent. Take this week's measures with the person at a visit, on the clinic tablet or on paper, and enter the answers on the person's page.",
    assignedFunction: needsInterpreter ? "case-manager" : "group-leader",
    dueAt: addHours(askedAt, 72),
    driverId: run.driverId,
  });
}
