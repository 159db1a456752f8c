import type { WeekHours } from "../episode/episode.ts";
import type { Session } from "../episode/session.ts";
import { scheduledMinutes } from "./hours.ts";

/** The week without a session that the site does not hold: fewer hours expected, told apart from other reasons. */
export function withSessionClosed(weeks: readonly WeekHours[], session: Session): WeekHours[] {
  return weeks.map((one) => {
    if (one.week !== session.week || !session.counts) return one;
    const minutes = scheduledMinutes(session);
    const { closed } = one;
    return {
      ...one,
      expectedMinutes: Math.max(0, one.expectedMinutes - minutes),
      isFullWeek: false,
      closed: {
        minutes: (closed?.minutes ?? 0) + minutes,
        isFullOtherwise: closed?.isFullOtherwise ?? one.isFullWeek,
      },
    };
  });
}

/** The week with a session that the site holds after all: full again when nothing else took from it. */
export function withSessionHeldAgain(weeks: readonly WeekHours[], session: Session): WeekHours[] {
  return weeks.map((one) => {
    if (one.week !== session.week || !session.counts) return one;
    const minutes = scheduledMinutes(session);
    const { closed, ...week } = one;
    const left = Math.max(0, (closed?.minutes ?? 0) - minutes);
    return {
      ...week,
      expectedMinutes: one.expectedMinutes + minutes,
      isFullWeek: left === 0 ? (closed?.isFullOtherwise ?? one.isFullWeek) : false,
      ...(left === 0 || closed === undefined ? {} : { closed: { ...closed, minutes: left } }),
    };
  });
}

/**
 * The weeks after sessions of one were exchanged for others: as full as it was before where no fewer minutes count in
 * it, what closed days take told apart; a part week where it has become shorter.
 *
 * @param before - the week as it was
 */
export function asFullAsBefore(weeks: readonly WeekHours[], before: WeekHours): WeekHours[] {
  return weeks.map((one) => {
    if (one.week !== before.week) return one;
    const { closed, ...week } = one;
    const isFullOtherwise =
      (before.closed?.isFullOtherwise ?? before.isFullWeek) &&
      plannedMinutes(one) >= plannedMinutes(before);
    return closed === undefined
      ? { ...week, isFullWeek: isFullOtherwise }
      : { ...week, isFullWeek: false, closed: { ...closed, isFullOtherwise } };
  });
}

/** What would count in a week without closed days. */
function plannedMinutes({ expectedMinutes, closed }: WeekHours): number {
  return expectedMinutes + (closed?.minutes ?? 0);
}
