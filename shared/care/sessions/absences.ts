import type { Refusal } from "../change/change.ts";
import type { Absence } from "../program/group-change.ts";
import type { Site } from "../program/site.ts";
import { staffMark } from "../text/staff-mark.ts";
import { addDays, localDate } from "../time/zoned-time.ts";
import {
  conflictOfReturn,
  leadersOf,
  type StandingSession,
  sessionsOfWeek,
  type Timetable,
  timetableConflict,
} from "./schedule-conflicts.ts";
import { absenceOn } from "./standing.ts";

/** What staff say about a leader who is away. */
export type AbsenceRequest = {
  readonly staffId: string;
  /** Local dates at the site, both included. */
  readonly from: string;
  readonly until: string;
  readonly coverId?: string | undefined;
  readonly words: string;
};

/** Absences are of no use to anybody so long after; the audit trail keeps them. */
const keptDays = 60;
const plannedDays = 366;

const invalid = (sentence: string): Refusal => ({ refused: "invalid", sentence });
const notNow = (sentence: string): Refusal => ({ refused: "not-now", sentence });

/**
 * Notes that a leader is away. What stands in the way of the cover is said and nothing is changed: away as well, or
 * leading something else at the time.
 *
 * @returns all absences of the site as they would be
 */
export function noteAbsence(
  site: Site,
  timetables: readonly Timetable[],
  request: AbsenceRequest,
  made: { readonly absenceId: string; readonly by: string; readonly at: string },
): readonly Absence[] | Refusal {
  const { staffId, from, until, coverId, words } = request;
  const today = localDate(made.at, site.timeZone);
  if (from < today || until > addDays(today, plannedDays))
    return invalid("An absence is from today on, a year ahead at most. Check the dates.");
  const days = datesBetween(from, until);
  const known = days.find((on) => absenceOn(site, staffId, on) !== undefined);
  if (known !== undefined)
    return notNow(`${staffMark(staffId)} is noted as away on ${known} already.`);
  const alsoAway = days.find((on) => absenceOn(site, coverId, on) !== undefined);
  if (coverId !== undefined && alsoAway !== undefined)
    return notNow(`${staffMark(coverId)} is away on ${alsoAway}, too. Name somebody else.`);
  const kept = (site.absences ?? []).filter((one) => one.until >= addDays(today, -keptDays));
  const absences = [
    ...kept,
    { ...made, staffId, from, until, words, ...(coverId === undefined ? {} : { coverId }) },
  ];
  const next = { ...site, absences };
  for (const { sessionId: _id, ...one } of coveredSessions(next, timetables, request)) {
    const which = { siteId: site.siteId, ...one, slot: one.slot.slot };
    const sentence = timetableConflict(next, timetables, which);
    if (sentence !== undefined) return notNow(`${sentence} Name somebody else.`);
  }
  return absences;
}

/** The groups that the cover of an absence leads. */
export function coveredSessions(
  site: Site,
  timetables: readonly Timetable[],
  { from, until, coverId }: Pick<AbsenceRequest, "from" | "until" | "coverId">,
): readonly StandingSession[] {
  if (coverId === undefined) return [];
  const found = new Map<string, StandingSession>();
  for (const on of datesBetween(from, until))
    for (const one of sessionsOfWeek(site, timetables, on)) {
      const { standing } = one;
      if (standing.on < from || standing.on > until || !standing.isHeld) continue;
      if (leadersOf(standing).includes(coverId)) found.set(one.sessionId, one);
    }
  return [...found.values()];
}

/**
 * Takes an absence back: who was away leads again. What has taken the time of a group that comes back is said.
 *
 * @returns all absences of the site as they would be
 */
export function takeBackAbsence(
  site: Site,
  timetables: readonly Timetable[],
  absenceId: string,
  now: string,
): readonly Absence[] | Refusal {
  const { absences = [] } = site;
  const absence = absences.find((one) => one.absenceId === absenceId);
  if (absence === undefined) return notNow("There is no such absence: it was taken back already.");
  const today = localDate(now, site.timeZone);
  if (absence.until < today)
    return notNow("That absence is over: what was cancelled stays cancelled.");
  const next = absences.filter((one) => one.absenceId !== absenceId);
  const days = datesBetween(absence.from < today ? today : absence.from, absence.until);
  const sentence = conflictOfReturn(site, { ...site, absences: next }, timetables, days);
  return sentence === undefined ? next : notNow(sentence);
}

/** The dates from one to another, both included. */
export function datesBetween(from: string, until: string): readonly string[] {
  const dates: string[] = [];
  for (let on = from; on <= until; on = addDays(on, 1)) dates.push(on);
  return dates;
}
