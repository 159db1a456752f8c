import type { Program } from "../../care/program/program.ts";
import type { Site } from "../../care/program/site.ts";
import { changesOfSession } from "../../care/sessions/change-timetable.ts";
import { type StandingSession, sessionsOfWeek } from "../../care/sessions/schedule-conflicts.ts";
import { topicOf } from "../../care/sessions/topic-of.ts";
import { addDays, mondayOf } from "../../care/time/zoned-time.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import type { timetableRowSchema } from "../../contracts/routes/sessions.ts";
import { keys } from "../../keys/keys.ts";
import type { Store } from "../../ports/store.ts";
import { loadSite } from "../../store/list-sites.ts";
import { loadTimetables } from "../../store/load-timetables.ts";
import { readStaff } from "../../store/staff-item.ts";
import type { StaffMember } from "../staff-member.ts";

/** One session of a site's timetable, as staff see it: how it stands, and what was changed about it. */
export type TimetableRow = Answered<typeof timetableRowSchema>;

/** The sessions of the timetables of a member of staff's sites between two local dates, both included. */
export async function listTimetable(
  store: Store,
  staff: StaffMember,
  from: string,
  to: string,
): Promise<readonly TimetableRow[]> {
  const rows: TimetableRow[] = [];
  for (const siteId of staff.siteIds) {
    const site = await loadSite({ store }, siteId);
    const timetables = await loadTimetables(store, site);
    const programs = new Map(timetables.map((one) => [one.programId, one]));
    for (let week = mondayOf(from); week <= to; week = addDays(week, 7))
      rows.push(...sessionsOfWeek(site, timetables, week).map((one) => rowOf(site, programs, one)));
  }
  const shown = rows
    .filter(({ on }) => on >= from && on <= to)
    .sort((left, right) => left.startsAt.localeCompare(right.startsAt));
  return withNames(store, shown);
}

function rowOf(
  site: Site,
  programs: ReadonlyMap<string, Pick<Program, "name" | "services">>,
  one: StandingSession,
): TimetableRow {
  const { standing, slot, programId, plannedOn } = one;
  const { isHeld, cancelledFor, on, startAt, endAt, ...more } = standing;
  const program = programs.get(programId);
  const topic = topicOf(program?.services, { slot: slot.slot, on: plannedOn });
  return {
    sessionId: one.sessionId,
    siteId: site.siteId,
    programId,
    programName: program?.name ?? programId,
    slot: slot.slot,
    title: slot.title,
    ...(topic === undefined ? {} : { topic }),
    modality: slot.modality,
    plannedOn,
    on,
    startsAt: startAt,
    endsAt: endAt,
    status: isHeld ? "held" : (cancelledFor ?? "by-program"),
    ...more,
    ...(slot.capacity === undefined ? {} : { capacity: slot.capacity }),
    changes: changesOfSession(site, { siteId: site.siteId, programId, slot: slot.slot, plannedOn }),
  };
}

/** The rows with the names of who leads, as far as they are on the staff. */
async function withNames(
  store: Store,
  rows: readonly TimetableRow[],
): Promise<readonly TimetableRow[]> {
  const ids = [
    ...new Set(rows.flatMap(({ leaderId, coLeaderId }) => [leaderId, coLeaderId])),
  ].flatMap((id) => id ?? []);
  if (ids.length === 0) return rows;
  const items = await store.getMany(
    "care",
    ids.slice(0, 100).map((staffId) => keys.staff(staffId)),
  );
  const names = new Map(items.map((item) => readStaff(item)).map((one) => [one.staffId, one.name]));
  const nameOf = (staffId: string) => names.get(staffId) ?? staffId;
  return rows.map((row) => ({
    ...row,
    ...(row.leaderId === undefined ? {} : { leaderName: nameOf(row.leaderId) }),
    ...(row.coLeaderId === undefined ? {} : { coLeaderName: nameOf(row.coLeaderId) }),
  }));
}
