import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import {
  coveredSessions,
  datesBetween,
  noteAbsence,
  takeBackAbsence,
} from "../../../shared/care/sessions/absences.ts";
import { overlaps, type Timetable } from "../../../shared/care/sessions/schedule-conflicts.ts";
import { staffMark } from "../../../shared/care/text/staff-mark.ts";
import { localDate, localTime } from "../../../shared/care/time/zoned-time.ts";
import type {
  absenceBodySchema,
  absenceUndoBodySchema,
} from "../../../shared/contracts/site-bodies.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import type { SiteChange } from "../../../shared/store/change-site.ts";
import { readStaffDays } from "../../../shared/store/staff-day.ts";
import { refuseOthersStaff } from "./name-staff.ts";
import type { StaffCall } from "./on-episode.ts";
import { commandOnSite } from "./on-site.ts";
import { refuseUnlicensedDays } from "./refuse-unlicensed.ts";

type Absent = ReturnType<typeof absenceBodySchema.parse>;
type Back = ReturnType<typeof absenceUndoBodySchema.parse>;

/** Both are on the site's staff, and the cover has no visit of their own when the leader's groups are held. */
async function refuseCover(
  deps: CareDeps,
  site: Site,
  timetables: readonly Timetable[],
  { staffId, from, until = from, coverId }: Absent,
): Promise<Refusal | undefined> {
  const others = await refuseOthersStaff(deps.store, site.siteId, {
    "Whoever is named as away": staffId,
    "Whoever is named as cover": coverId,
  });
  if (others !== undefined) return others;
  if (coverId === undefined) return undefined;
  const days = await readStaffDays(
    deps.store,
    datesBetween(from, until).map((on) => ({ staffId: coverId, on })),
  );
  const covered = coveredSessions(site, timetables, { from, until, coverId });
  for (const { bookings } of days) {
    const booking = bookings.find((one) => covered.some(({ standing }) => overlaps(one, standing)));
    if (booking === undefined) continue;
    const at = localTime(booking.startAt, site.timeZone);
    return {
      refused: "not-now",
      sentence: `${staffMark(coverId)} has a visit at ${at} on ${localDate(booking.startAt, site.timeZone)}. Move that first, or name somebody else.`,
    };
  }
  return undefined;
}

function absencesOf({ siteId, absences = [] }: Site) {
  return { siteId, absences };
}

/** What staff say about leaders who are away: their groups are led by the cover, or not held; visits are not held. */
export const absenceCommands = {
  note: (deps: CareDeps, call: StaffCall, body: Absent): Promise<CallOutcome> => {
    const absenceId = deps.ids.next();
    const { isOutsideLicence, ...request } = body;
    const isOutside = isOutsideLicence === true;
    const until = body.until ?? body.from;
    return commandOnSite(deps, call, {
      siteId: body.siteId,
      decide: (site, now, timetables) =>
        asChange(
          site,
          "absence-noted",
          absenceId,
          noteAbsence(
            site,
            timetables,
            { ...request, until },
            { absenceId, by: call.staff.staffId, at: now },
          ),
          isOutside,
        ),
      look: async (next, timetables, before) =>
        (await refuseCover(deps, next, timetables, body)) ??
        (isOutside
          ? undefined
          : refuseUnlicensedDays(
              deps.store,
              { before, next, dates: datesBetween(body.from, until) },
              deps.clock.now(),
            )),
      answer: absencesOf,
    });
  },
  takeBack: (deps: CareDeps, call: StaffCall, { siteId, absenceId }: Back): Promise<CallOutcome> =>
    commandOnSite(deps, call, {
      siteId,
      decide: (site, now, timetables) =>
        asChange(
          site,
          "absence-taken-back",
          absenceId,
          takeBackAbsence(site, timetables, absenceId, now),
        ),
      answer: absencesOf,
    }),
};

function asChange(
  { siteId }: Site,
  action: string,
  absenceId: string,
  absences: NonNullable<Site["absences"]> | Refusal,
  isOutside = false,
): SiteChange | Refusal {
  return isRefusal(absences)
    ? absences
    : {
        fields: { absences },
        action,
        facts: { siteId, absenceId, ...(isOutside ? { outsideLicence: true } : {}) },
      };
}
