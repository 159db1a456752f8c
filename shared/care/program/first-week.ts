import { addMinutes } from "../time/instants.ts";
import { addDays, dayOfWeek, instantAt, localDate, mondayOf } from "../time/zoned-time.ts";
import type { Program } from "./program.ts";
import type { Site } from "./site.ts";
import { closureDuring } from "./staffed-time.ts";

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
    const isSession = program.sessions.some((slot) => {
      const startAt = instantAt(date, slot.startTime, site.timeZone);
      const endAt = addMinutes(startAt, slot.durationMinutes);
      const isClosed = closureDuring(site, { on: date, startAt, endAt }) !== undefined;
      return slot.dayOfWeek === dayOfWeek(date) && startAt > now && !isClosed;
    });
    if (isSession) return mondayOf(date);
  }
  return mondayOf(today);
}
