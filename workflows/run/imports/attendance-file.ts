import { readPhone } from "../../../shared/care/contact-points/contact-point.ts";
import {
  type AttendanceStatus,
  attendanceStatuses,
} from "../../../shared/care/episode/attendance-status.ts";
import { usStates } from "../../../shared/care/program/us-states.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { instantAt, localTime } from "../../../shared/care/time/zoned-time.ts";
import type { CsvLine } from "../../../shared/contracts/csv/read-csv.ts";
import { loadTogether } from "../../../shared/staff/people/load-together.ts";
import {
  type GroupSessionRow,
  listGroupSessions,
  listRosterOf,
  type RosterRow,
} from "../../../shared/staff/sessions/group-sessions.ts";
import { attendanceHeadings, sessionLabel } from "../../../shared/staff/tables/attendance-table.ts";
import { attendanceAsWords } from "../../../shared/staff/words/timeline-words.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { loadSites } from "../../../shared/store/list-sites.ts";
import { seenStatuses } from "../../weekly-program/mood-round.ts";
import {
  type AttendanceRow,
  lookAtRow,
  type RowLook,
  recordRow,
} from "../record-attendance-row.ts";
import type { Importer, ImportKind, PlannedLine } from "./import-table.ts";
import { bareReference, isNameOf, readDay, readTime, refusedBesideOthers } from "./read-cells.ts";

const heading = attendanceHeadings;
/** A file is of some days: each of them is read with everybody in it. */
const daysInOneFile = 14;

/** Who was expected where, as far as the lines of a file speak of it. */
type Expected = {
  readonly session: GroupSessionRow;
  readonly row: RosterRow;
  readonly zone: string;
};

/** Attendance by session and person: what went out as a file comes back filled in, or another system's file with its headings. */
export const attendanceFile: ImportKind = {
  headings: {
    needed: [heading.day, heading.begins, heading.attendance],
    known: Object.values(heading),
  },
  plan: async (deps, by, lines) => {
    const days = new Set(lines.flatMap(({ cells }) => dayIn(readDay(cells[heading.day] ?? ""))));
    const expected = days.size > daysInOneFile ? [] : await everybodyExpected(deps, by, [...days]);
    const people = await loadTogether(
      deps.store,
      expected.map(({ row }) => row.episodeId),
    );
    const read = lines.map((line) => ({
      line,
      read:
        days.size > daysInOneFile
          ? { problem: `The file is of more than ${daysInOneFile} days. Send it in parts.` }
          : readNamed(line, expected, people),
    }));
    const besideOthers = refusedBesideOthers(
      read.flatMap(({ line: { line }, read: one }) => {
        if ("problem" in one || one.status === "") return [];
        const { of, ...says } = one;
        const about = `${of.session.sessionId} ${of.row.episodeId}`;
        return [{ line, about, says: JSON.stringify(says) }];
      }),
    );
    const planned: PlannedLine[] = [];
    for (const { line, read: one } of read) {
      const problem = "problem" in one ? one.problem : besideOthers.get(line.line);
      planned.push(
        problem !== undefined || "problem" in one
          ? refused(line, problem ?? "")
          : await plannedRow(deps, by, line, one),
      );
    }
    return planned;
  },
};

async function everybodyExpected(
  deps: CareDeps,
  { staff }: Importer,
  days: readonly string[],
): Promise<readonly Expected[]> {
  const sites = await loadSites(deps.store, staff.siteIds);
  const expected: Expected[] = [];
  for (const day of days)
    for (const session of await listGroupSessions(deps.store, staff, day, day))
      for (const row of await listRosterOf(deps.store, staff, session.sessionId))
        expected.push({
          session,
          row,
          zone: sites.find(({ siteId }) => siteId === session.siteId)?.timeZone ?? "UTC",
        });
  return expected;
}

type ReadLine =
  | {
      readonly of: Expected;
      readonly status: AttendanceStatus | "";
      readonly arrived: string;
      readonly left: string;
      readonly mood: string;
      readonly presence: AttendanceRow["presence"];
      readonly reason: string;
    }
  | { readonly problem: string };

/** The line, where its name is that of whoever its reference is. */
function readNamed(
  line: CsvLine,
  expected: readonly Expected[],
  people: Awaited<ReturnType<typeof loadTogether>>,
): ReadLine {
  const read = readLine(line, expected);
  if ("problem" in read) return read;
  const profile = people.get(read.of.row.episodeId)?.profile;
  const name = line.cells[heading.name] ?? "";
  if (name === "" || profile === undefined || profile === "unreadable" || isNameOf(name, profile))
    return read;
  const whose = `The reference is that of ${read.of.row.participant}, and the line says “${name.slice(0, 60)}”.`;
  return { problem: `${whose} Put one of them right.` };
}

function readLine({ cells, problem }: CsvLine, expected: readonly Expected[]): ReadLine {
  if (problem !== undefined) return { problem };
  const cell = (name: string) => ownValue(cells, name) ?? "";
  const [day, begins] = [readDay(cell(heading.day)), readTime(cell(heading.begins))];
  if ("problem" in day) return day;
  if ("problem" in begins) return begins;
  const [reference, recordNumber] = [cell(heading.reference), cell(heading.recordNumber)];
  if (reference === "" && recordNumber === "")
    return { problem: "Say whose line it is: give the reference or the record number." };
  const then = expected.filter(
    ({ session, zone }) =>
      session.on === day.value &&
      session.startsAt !== undefined &&
      localTime(session.startsAt, zone) === begins.value,
  );
  if (then.length === 0)
    return {
      problem: `No session at your sites in which somebody is expected begins at ${begins.value} on ${day.value}.`,
    };
  const of = then.find(({ row }) =>
    reference === ""
      ? row.recordNumber === recordNumber
      : bareReference(row.reference ?? "") === bareReference(reference),
  );
  if (of === undefined)
    return {
      problem: `Nobody with the ${reference === "" ? `record number ${recordNumber.slice(0, 40)}` : `reference ${reference.slice(0, 40)}`} is expected in a session that begins at ${begins.value} on ${day.value}.`,
    };
  const said = cell(heading.attendance).toLowerCase();
  const status =
    said === "" || said === "not entered yet"
      ? ""
      : attendanceStatuses.find((one) => one === said || attendanceAsWords(one) === said);
  if (status === undefined)
    return {
      problem: `“${cell(heading.attendance).slice(0, 40)}” is no attendance. Write one of: ${attendanceStatuses.map(attendanceAsWords).join(", ")}.`,
    };
  const times = [cell(heading.arrived), cell(heading.left)].map((one) =>
    one === "" ? { value: "" } : readTime(one),
  );
  for (const time of times) if ("problem" in time) return time;
  const [arrived = "", left = ""] = times.flatMap((time) => ("value" in time ? time.value : []));
  const mood = cell(heading.mood);
  if (!/^(|\d|10)$/.test(mood))
    return { problem: "The mood is a whole number from 0 to 10, or nothing." };
  const reason = cell(heading.reason);
  if (reason.length > 500) return { problem: "The reason may have 500 characters." };
  const place = readPlace(of.row, status, {
    address: cell(heading.address),
    state: cell(heading.state),
    callback: cell(heading.callback),
  });
  if ("problem" in place) return place;
  return { of, status, arrived, left, mood, presence: place.presence, reason };
}

/** Where somebody is who came online, as the file says it; nothing of whoever was not there, or came to the site. */
function readPlace(
  row: RosterRow,
  status: AttendanceStatus | "",
  said: { readonly address: string; readonly state: string; readonly callback: string },
): { readonly presence: AttendanceRow["presence"] } | { readonly problem: string } {
  const isSaid = Object.values(said).some((one) => one !== "");
  const isThere = status !== "" && seenStatuses.includes(status);
  if (!isSaid || !isThere || (row.isOnline !== true && row.presence === undefined))
    return { presence: undefined };
  const state = said.state.toUpperCase();
  if (said.address === "" || said.address.length > 200)
    return { problem: "Say where the person is: an address of at most 200 characters." };
  if (!usStates.includes(state))
    return { problem: "Give the state in which the person is by its postal code, such as NY." };
  const { phone } = readPhone(said.callback, "us");
  if (phone === undefined)
    return { problem: "Give the number on which the person is called back, such as +12125550123." };
  return { presence: { address: said.address, state, callback: phone } };
}

async function plannedRow(
  deps: CareDeps,
  { actor }: Importer,
  { line }: CsvLine,
  {
    of,
    status,
    arrived,
    left,
    mood,
    presence,
    reason,
  }: Exclude<ReadLine, { readonly problem: string }>,
): Promise<PlannedLine> {
  const { session, row, zone } = of;
  const person = row.participant;
  const where = `${sessionLabel(session)}, ${session.on}`;
  if (status === "")
    return { line, person, what: `${where}: nothing is said`, state: "blank", mark: "" };
  // To the minute that stands there already: a file knows no seconds.
  const at = (time: string, stands: string | undefined) =>
    stands !== undefined && localTime(stands, zone) === time
      ? stands
      : instantAt(session.on, time, zone);
  const entry: AttendanceRow = {
    episodeId: row.episodeId,
    status,
    ...(arrived === "" ? {} : { arrivedAt: at(arrived, row.arrivedAt) }),
    ...(left === "" ? {} : { leftAt: at(left, row.leftAt) }),
    ...(mood === "" ? {} : { mood: Number(mood) }),
    ...(presence === undefined ? {} : { presence }),
    ...(reason === "" ? {} : { reason }),
  };
  const look = await lookAtRow(deps, entry, session.sessionId, actor);
  const planned = {
    line,
    person,
    what: `${where}: ${entryWords(look.before, zone)} → ${entryWords(entry, zone)}`,
    mark: deps.secrets
      .sha256(JSON.stringify([session.sessionId, entry, look.before ?? null]))
      .slice(0, 16),
  };
  if (look.isSame) return { ...planned, state: "same" };
  if (look.refusal !== undefined)
    return { ...planned, state: "refused", sentence: look.refusal.sentence };
  return {
    ...planned,
    state: "to-do",
    carryOut: async () => {
      const result = await recordRow(deps, entry, session.sessionId, actor);
      return result.result === "refused" ? result.sentence : undefined;
    },
  };
}

function entryWords(
  entry: RowLook["before"] | Omit<AttendanceRow, "episodeId">,
  zone: string,
): string {
  if (entry === undefined) return "not entered";
  const { status, arrivedAt, leftAt, mood } = entry;
  return [
    attendanceAsWords(status),
    ...(arrivedAt === undefined ? [] : [`arrived ${localTime(arrivedAt, zone)}`]),
    ...(leftAt === undefined ? [] : [`left ${localTime(leftAt, zone)}`]),
    ...(mood === undefined ? [] : [`mood ${mood}`]),
  ].join(", ");
}

function refused({ line, cells }: CsvLine, sentence: string): PlannedLine {
  const person = (cells[heading.name] ?? "") || (cells[heading.reference] ?? "");
  return {
    line,
    person: person.slice(0, 100),
    what: "",
    state: "refused",
    sentence,
    mark: "",
  };
}

function dayIn(read: ReturnType<typeof readDay>): readonly string[] {
  return "value" in read ? [read.value] : [];
}
