import type { WeekHours } from "../episode/episode.ts";
import type { Session } from "../episode/session.ts";
import { scheduledMinutes } from "./hours.ts";

/** The counting minutes of a week if everything that is still planned in it is attended. */
export function forecastMinutes(
  week: Pick<WeekHours, "week" | "attendedMinutes">,
  sessions: readonly Session[],
  now: string,
): number {
  return sessions
    .filter((one) => one.week === week.week && one.counts && one.status === "planned")
    .filter((one) => one.scheduledEndAt > now)
    .reduce((sum, one) => sum + scheduledMinutes(one), week.attendedMinutes);
}
