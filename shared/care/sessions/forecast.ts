import type { DecisionContext } from "../change/context.ts";
import type { WeekHours } from "../episode/episode.ts";
import type { Session } from "../episode/session.ts";
import { isForOne } from "./for-one.ts";
import { scheduledMinutes } from "./hours.ts";
import { overlaps, type StandingSession, sessionsOfWeek } from "./schedule-conflicts.ts";

/**
 * The counting minutes of a week if everything that is left in it is attended. What has been held and nobody has marked
 * yet counts as attended: it says nothing against the person.
 */
export function forecastMinutes(
  week: Pick<WeekHours, "week" | "attendedMinutes">,
  sessions: readonly Session[],
): number {
  return sessions
    .filter((one) => one.week === week.week && one.counts && one.status === "planned")
    .reduce((sum, one) => sum + scheduledMinutes(one), week.attendedMinutes);
}

/** Groups of the timetable that are still to be held in a week, count, and that the person is not expected in. */
export function makeUpPlaces(
  { site, program, now }: Pick<DecisionContext, "site" | "program" | "now">,
  sessions: readonly Session[],
  startsOn: string,
): readonly StandingSession[] {
  const planned = sessions.filter(({ status }) => status === "planned");
  return sessionsOfWeek(site, [program], startsOn).filter(
    ({ slot, standing }) =>
      !isForOne(slot.modality) &&
      program.weeklyHours.countingModalities.includes(slot.modality) &&
      standing.isHeld &&
      standing.startAt > now &&
      !planned.some(({ scheduledStartAt, scheduledEndAt }) =>
        overlaps(standing, { startAt: scheduledStartAt, endAt: scheduledEndAt }),
      ),
  );
}
