import type { WeekHours } from "../episode/episode.ts";
import type { Session } from "../episode/session.ts";
import { scheduledMinutes } from "./hours.ts";

/** The weeks without a session that is not held for this person: fewer hours expected, and a part week. */
export function withoutSession(weeks: readonly WeekHours[], session: Session): WeekHours[] {
  return weeks.map((one) => {
    if (one.week !== session.week) return one;
    const minutes = session.counts ? scheduledMinutes(session) : 0;
    return {
      ...one,
      expectedMinutes: Math.max(0, one.expectedMinutes - minutes),
      isFullWeek: one.isFullWeek && !session.counts,
      ...(one.closed === undefined || !session.counts
        ? {}
        : { closed: { ...one.closed, isFullOtherwise: false } }),
    };
  });
}

/** The weeks without a session that was added to one, which is as full as it was before. */
export function withoutMinutesOf(weeks: readonly WeekHours[], session: Session): WeekHours[] {
  const minutes = session.counts ? scheduledMinutes(session) : 0;
  return weeks.map((one) =>
    one.week === session.week
      ? { ...one, expectedMinutes: Math.max(0, one.expectedMinutes - minutes) }
      : one,
  );
}

/** The weeks with a session that is held after all. A week from which a day was taken stays a part week. */
export function withSessionAgain(weeks: readonly WeekHours[], session: Session): WeekHours[] {
  return weeks.map((one) =>
    one.week === session.week && session.counts
      ? { ...one, expectedMinutes: one.expectedMinutes + scheduledMinutes(session) }
      : one,
  );
}

/** The weeks after a session that is held went over to another one: each expects what is in it. */
export function movedToWeek(
  weeks: readonly WeekHours[],
  session: Session,
  week: number,
): readonly WeekHours[] {
  if (week === session.week || session.status !== "planned" || !session.counts) return weeks;
  return withoutMinutesOf(withSessionAgain(weeks, { ...session, week }), session);
}
