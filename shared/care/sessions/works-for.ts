import type { Site } from "../program/site.ts";
import { localDate } from "../time/zoned-time.ts";
import { worksOn } from "./standing.ts";

type SiteDays = Pick<Site, "timeZone" | "absences">;

/**
 * Who does the work of a member of staff now; `undefined` where nobody does, and it is the supervisors' to see to.
 * Nothing is handed over, so that it is theirs again when they are back.
 */
export function worksFor(site: SiteDays, staffId: string, now: string): string | undefined {
  return worksOn(site, staffId, localDate(now, site.timeZone));
}
