import type { WeekHours } from "../episode/episode.ts";
import type { Session } from "../episode/session.ts";
import type { Site } from "../program/site.ts";
import { scheduledMinutes } from "./hours.ts";

/** Why the site does not hold a session that day; `undefined` where it is open. */
export function closureOn(
  site: Pick<Site, "closures">,
  on: string,
): Site["closures"][number] | undefined {
  return site.closures.find((closure) => closure.on === on);
}

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
