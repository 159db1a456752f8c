import type { Session } from "../episode/session.ts";
import { firstWeekStartsOn } from "../program/first-week.ts";
import type { Program } from "../program/program.ts";
import type { Site } from "../program/site.ts";
import { addDays } from "../time/zoned-time.ts";
import { planWeek } from "./plan-week.ts";

/** Weeks that are looked through: no closure takes longer. */
const lookedAtWeeks = 9;

/**
 * The first session that somebody who is admitted now is expected in, as the facts are.
 * @returns undefined where none is held for weeks
 */
export function firstSessionFrom(program: Program, site: Site, now: string): Session | undefined {
  const first = firstWeekStartsOn(program, site, now);
  for (let ahead = 0; ahead < lookedAtWeeks; ahead += 1) {
    const startsOn = addDays(first, ahead * 7);
    const { sessions } = planWeek(program, site, {
      week: ahead + 1,
      startsOn,
      now,
      newId: () => "",
      episodeId: "",
    });
    const [held] = sessions
      .filter(({ status }) => status === "planned")
      .toSorted((left, right) => left.scheduledStartAt.localeCompare(right.scheduledStartAt));
    if (held !== undefined) return held;
  }
  return undefined;
}
