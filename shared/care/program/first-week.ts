import { addDays, dayOfWeek, instantAt, localDate, mondayOf } from "../time/zoned-time.ts";
import type { Program } from "./program.ts";
import type { Site } from "./site.ts";

/** Days searched for a session; longer than any closure. */
const searchDays = 60;

/**
 * The Monday of the first program week: the week that holds the next session the person can come to.
 * Somebody admitted on a Friday afternoon starts on Monday.
 */
export function firstWeekStartsOn(program: Program, site: Site, now: string): string {
  const today = localDate(now, site.timeZone);
  for (let day = 0; day <= searchDays; day += 1) {
    const date = addDays(today, day);
    if (site.closures.some((closure) => closure.on === date)) continue;
    const isSession = program.sessions.some(
      (slot) =>
        slot.dayOfWeek === dayOfWeek(date) && instantAt(date, slot.startTime, site.timeZone) > now,
    );
    if (isSession) return mondayOf(date);
  }
  return mondayOf(today);
}
