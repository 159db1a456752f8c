import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { datesBetween } from "../../../shared/care/sessions/absences.ts";
import {
  conflictOfReturn,
  type Timetable,
} from "../../../shared/care/sessions/schedule-conflicts.ts";
import { holidaysAhead } from "../../../shared/care/time/federal-holidays.ts";
import { addDays, localDate } from "../../../shared/care/time/zoned-time.ts";
import { getSite } from "../../../shared/contracts/routes/sites.ts";
import type {
  closureBodySchema,
  closureUndoBodySchema,
  holidaysBodySchema,
  licenceBodySchema,
} from "../../../shared/contracts/site-bodies.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import type { SiteChange } from "../../../shared/store/change-site.ts";
import { refuseOthersStaff } from "./name-staff.ts";
import type { StaffCall } from "./on-episode.ts";
import { commandOnSite } from "./on-site.ts";
import { refuseUnlicensedDays } from "./refuse-unlicensed.ts";

/** How far ahead a site's days are planned. */
export const plannedDays = 2 * 365;

type Closing = ReturnType<typeof closureBodySchema.parse>;
type Confirmed = ReturnType<typeof holidaysBodySchema.parse>;
type Licences = ReturnType<typeof licenceBodySchema.parse>;
type Opening = ReturnType<typeof closureUndoBodySchema.parse>;

/** Closes a site on a day or a range of days: not on one that is over, or so far away that it is a slip of the keys. */
export function closeDays(site: Site, now: string, closing: Closing): SiteChange | Refusal {
  const { on, until = on, words, hours, onlineAddress, isOutsideLicence } = closing;
  const today = localDate(now, site.timeZone);
  if (on < today || until > addDays(today, plannedDays))
    return {
      refused: "invalid",
      sentence: "A site is closed on a day from today on, two years ahead at most. Check the year.",
    };
  const closed = datesBetween(on, until).map((day) => ({
    on: day,
    words,
    ...(hours === undefined ? {} : { hours }),
    ...(onlineAddress === undefined ? {} : { onlineAddress }),
  }));
  return {
    fields: { closures: withClosures(site, closed) },
    action: onlineAddress === undefined ? "closure-added" : "online-day-added",
    facts: {
      siteId: site.siteId,
      on,
      ...(until === on ? {} : { until }),
      ...(isOutsideLicence === true ? { outsideLicence: true } : {}),
    },
  };
}

type Closure = Site["closures"][number];

/** The whole day, and nothing held online either. */
function isWholeDay({ hours, onlineAddress }: Closure): boolean {
  return hours === undefined && onlineAddress === undefined;
}

/**
 * The site's closures with some more; a day has one, and the newest counts. A day of several that is closed as a whole
 * stays so where the others are closed for some hours or held online: a holiday in a week online is still a holiday.
 */
function withClosures(site: Site, closed: Site["closures"]): Site["closures"] {
  const isOneDay = closed.length === 1;
  const stays = (one: Closure) =>
    !isOneDay && isWholeDay(one) && closed.some((next) => next.on === one.on && !isWholeDay(next));
  const kept = site.closures.filter((one) => stays(one) || !closed.some(({ on }) => on === one.on));
  const added = closed.filter(({ on }) => !kept.some((one) => one.on === on));
  return [...kept, ...added].sort((left, right) => left.on.localeCompare(right.on));
}

/** Closes a site on holidays of the calendar that a person has confirmed. */
export function closeHolidays(site: Site, now: string, { days }: Confirmed): SiteChange | Refusal {
  const ahead = holidaysAhead(localDate(now, site.timeZone));
  const unknown = days.find((day) => !ahead.some(({ on }) => on === day));
  if (unknown !== undefined)
    return {
      refused: "invalid",
      sentence: `${unknown} is no holiday of the next year. Close the day itself.`,
    };
  return {
    fields: {
      closures: withClosures(
        site,
        ahead.filter(({ on }) => days.includes(on)),
      ),
    },
    action: "holidays-confirmed",
    facts: { siteId: site.siteId, days: days.join(" ") },
  };
}

/** Opens a site on days that it was closed: its sessions that have not begun are held after all. */
export function openDay(
  site: Site,
  now: string,
  { on, until = on }: Opening,
): SiteChange | Refusal {
  if (on < localDate(now, site.timeZone))
    return {
      refused: "invalid",
      sentence: "That day is over: what was cancelled stays cancelled.",
    };
  const closures = site.closures.filter((closure) => closure.on < on || closure.on > until);
  if (closures.length === site.closures.length)
    return { refused: "not-now", sentence: `The site is open on ${on} already.` };
  return {
    fields: { closures },
    action: "closure-taken-back",
    facts: { siteId: site.siteId, on, ...(until === on ? {} : { until }) },
  };
}

/** Says in which states a member of staff is licensed, in place of what was said before. */
function license(site: Site, _now: string, { staffId, states }: Licences): SiteChange | Refusal {
  const { licences = [], siteId } = site;
  const said = [...new Set(states)].sort();
  const before = licences.find((one) => one.staffId === staffId);
  if (before !== undefined && before.states.join(" ") === said.join(" "))
    return { refused: "not-now", sentence: "This is on record already. Nothing was changed." };
  const others = licences.filter((one) => one.staffId !== staffId);
  return {
    fields: { licences: [...others, { staffId, states: said }] },
    action: "licences-recorded",
    facts: { siteId, staffId, states: said.join(" ") },
  };
}

/** Refuses a change of the site's days that would put two sessions at one time: one came in place of one that was off. */
export function refuseReturn(
  site: Site,
  timetables: readonly Timetable[],
  change: SiteChange,
): Refusal | undefined {
  const next = { ...site, ...change.fields };
  const words = (of: Site) => of.closures.map((closure) => JSON.stringify(closure));
  const [before, after] = [words(site), words(next)];
  const dates = [
    ...site.closures.filter((one) => !after.includes(JSON.stringify(one))),
    ...next.closures.filter((one) => !before.includes(JSON.stringify(one))),
  ].map(({ on }) => on);
  const sentence = conflictOfReturn(site, next, timetables, dates);
  return sentence === undefined ? undefined : { refused: "not-now", sentence };
}

/** Says of a day that goes online for whom no licence of a leader is on record. */
async function lookAtLicences(
  { store, clock }: CareDeps,
  { on, until = on, onlineAddress, isOutsideLicence }: Closing,
  next: Site,
  before: Site,
): Promise<Refusal | undefined> {
  if (onlineAddress === undefined || isOutsideLicence === true) return undefined;
  return refuseUnlicensedDays(store, { before, next, dates: datesBetween(on, until) }, clock.now());
}

function onSite<Body extends { readonly siteId: string }>(
  decide: (site: Site, now: string, body: Body) => SiteChange | Refusal,
  look?: (deps: CareDeps, body: Body, next: Site, before: Site) => Promise<Refusal | undefined>,
) {
  return (deps: CareDeps, call: StaffCall, body: Body): Promise<CallOutcome> =>
    commandOnSite(deps, call, {
      siteId: body.siteId,
      decide: (site, now, timetables) => {
        const change = decide(site, now, body);
        return isRefusal(change) ? change : (refuseReturn(site, timetables, change) ?? change);
      },
      look: async (next, _timetables, before) => look?.(deps, body, next, before),
      answer: (site) => getSite.answer.schema.parse(site),
    });
}

/** What staff do to a site's days and licences. */
export const siteCommands = {
  close: onSite(closeDays, lookAtLicences),
  open: onSite(openDay),
  holidays: onSite(closeHolidays),
  licences: (deps: CareDeps, call: StaffCall, body: Licences): Promise<CallOutcome> =>
    commandOnSite(deps, call, {
      siteId: body.siteId,
      decide: (site, now) => license(site, now, body),
      look: ({ siteId }) =>
        refuseOthersStaff(deps.store, siteId, { "Whoever is named": body.staffId }),
      answer: ({ siteId, licences = [] }) => ({ siteId, licences }),
    }),
};
