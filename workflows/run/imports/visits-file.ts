import { visitModalities } from "../../../shared/care/sessions/for-one.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { instantAt } from "../../../shared/care/time/zoned-time.ts";
import type { CsvLine } from "../../../shared/contracts/csv/read-csv.ts";
import { visitBodySchema } from "../../../shared/contracts/schedule-bodies.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { loadSites } from "../../../shared/store/list-sites.ts";
import { displayName } from "../../../shared/store/person-items.ts";
import { listStaff } from "../../../shared/store/site-staff.ts";
import type { StoredStaff } from "../../../shared/store/staff-item.ts";
import { lookAtVisit, visitCommands } from "../commands/visit-commands.ts";
import type { Importer, ImportKind, PlannedLine } from "./import-table.ts";
import { type PeopleOfFile, peopleOfFile } from "./people-of-file.ts";
import {
  bareReference,
  isNameOf,
  outsideLicenceHeading,
  readDay,
  readOutsideLicence,
  readTime,
} from "./read-cells.ts";

/** The headings of a file of visits. */
const heading = {
  day: "Day",
  begins: "Begins",
  minutes: "Minutes",
  kind: "Kind",
  name: "Name",
  reference: "Reference",
  leader: "With",
  room: "Room",
  online: "Online address",
  reason: "Reason",
  outside: outsideLicenceHeading,
} as const;

type Booking = ReturnType<typeof visitBodySchema.parse>;
type Look = {
  readonly by: Importer;
  readonly people: PeopleOfFile;
  readonly staff: readonly StoredStaff[];
  readonly zones: ReadonlyMap<string, string>;
};
type Asked = {
  readonly episodeId: string;
  readonly person: string;
  readonly body: Booking;
  readonly leader: string;
  readonly span: { readonly startAt: string; readonly endAt: string };
};

/** Visits of one person each, to be booked: one line for each visit. */
export const visitsFile: ImportKind = {
  headings: {
    needed: [
      heading.day,
      heading.begins,
      heading.minutes,
      heading.kind,
      heading.reference,
      heading.leader,
    ],
    known: Object.values(heading),
  },
  plan: async (deps, by, lines) => {
    const look = await lookOf(deps, by, lines);
    const taken: { readonly line: number; readonly asked: Asked }[] = [];
    const planned: PlannedLine[] = [];
    for (const line of lines) {
      const asked = readLine(line, look);
      if ("problem" in asked) {
        planned.push(refused(line, asked.problem));
        continue;
      }
      const other = taken.find((one) => isSameTime(one.asked, asked));
      if (other !== undefined) {
        const who = other.asked.episodeId === asked.episodeId ? asked.person : asked.leader;
        planned.push(
          refused(line, `Line ${other.line} has a visit at that time for ${who}: choose another.`),
        );
        continue;
      }
      const one = await plannedVisit(deps, by, line, asked);
      if (one.state !== "refused") taken.push({ line: line.line, asked });
      planned.push(one);
    }
    return planned;
  },
};

async function lookOf(deps: CareDeps, by: Importer, lines: readonly CsvLine[]): Promise<Look> {
  const [people, staff, sites] = await Promise.all([
    peopleOfFile(
      deps,
      by,
      lines.map(({ cells }) => cells[heading.reference] ?? ""),
    ),
    listStaff(deps.store, by.staff.siteIds),
    loadSites(deps.store, by.staff.siteIds),
  ]);
  return {
    by,
    staff,
    zones: new Map(sites.map(({ siteId, timeZone }) => [siteId, timeZone])),
    people,
  };
}

function isSameTime(one: Asked, other: Asked): boolean {
  return (
    (one.episodeId === other.episodeId || one.body.leaderId === other.body.leaderId) &&
    one.span.startAt < other.span.endAt &&
    other.span.startAt < one.span.endAt
  );
}

function readLine({ cells, problem }: CsvLine, look: Look): Asked | { readonly problem: string } {
  if (problem !== undefined) return { problem };
  const cell = (name: string) => ownValue(cells, name) ?? "";
  const [day, begins] = [readDay(cell(heading.day)), readTime(cell(heading.begins))];
  if ("problem" in day) return day;
  if ("problem" in begins) return begins;
  const reference = cell(heading.reference);
  const who = look.people.get(bareReference(reference));
  if (who === undefined || who.episode === "unreadable")
    return { problem: `Nobody at your sites has the reference “${reference.slice(0, 40)}”.` };
  const { profile } = who;
  const known = profile === "unreadable" ? undefined : profile;
  const person = displayName(known);
  const name = cell(heading.name);
  if (name !== "" && known !== undefined && !isNameOf(name, known))
    return {
      problem: `The reference is that of ${person}, and the line says “${name.slice(0, 60)}”. Put one of them right.`,
    };
  const kind = cell(heading.kind).toLowerCase();
  const modality = visitModalities.find((one) => one === kind || plain(one) === kind);
  if (modality === undefined)
    return {
      problem: `“${cell(heading.kind).slice(0, 40)}” is nothing that one person is seen for. Write one of: ${visitModalities.map(plain).join(", ")}.`,
    };
  const leader = leaderOf(cell(heading.leader), look.staff);
  if ("problem" in leader) return leader;
  const [room, onlineAddress] = [cell(heading.room), cell(heading.online)];
  if (room !== "" && onlineAddress !== "")
    return { problem: "Give either a room or an online address, not both." };
  const outside = readOutsideLicence(cell(heading.outside), cell(heading.reason));
  if ("problem" in outside) return outside;
  const body = visitBodySchema.safeParse({
    modality,
    on: day.value,
    startTime: begins.value,
    durationMinutes: Number(cell(heading.minutes)),
    leaderId: leader.staffId,
    ...(room === "" ? {} : { place: { room } }),
    ...(onlineAddress === "" ? {} : { place: { onlineAddress } }),
    ...(cell(heading.reason) === "" ? {} : { reason: cell(heading.reason) }),
    ...outside,
  });
  if (!body.success) return { problem: problemIn(body.error.issues[0]?.path[0], cells) };
  const zone = look.zones.get(who.episode.siteId) ?? "UTC";
  const startAt = instantAt(day.value, begins.value, zone);
  return {
    episodeId: who.episodeId,
    person,
    body: body.data,
    leader: leader.name,
    span: { startAt, endAt: addMinutes(startAt, body.data.durationMinutes) },
  };
}

function problemIn(
  field: PropertyKey | undefined,
  cells: Readonly<Record<string, string>>,
): string {
  if (field === "durationMinutes")
    return `“${(cells[heading.minutes] ?? "").slice(0, 40)}” is no length of a visit: write whole minutes from 5 to 480.`;
  if (field === "place")
    return "The room may have 60 characters, and an online address begins with https://.";
  return "The reason may have 500 characters on one line.";
}

function leaderOf(
  said: string,
  staff: readonly StoredStaff[],
): StoredStaff | { readonly problem: string } {
  const bare = (name: string) => name.replace(/\s*\(.*\)$/, "").toLowerCase();
  const found = staff.filter(
    ({ name, staffId }) =>
      staffId === said || name.toLowerCase() === said.toLowerCase() || bare(name) === bare(said),
  );
  const [first] = found;
  if (first === undefined)
    return { problem: `Nobody of the staff of your sites is called “${said.slice(0, 60)}”.` };
  return found.length === 1
    ? first
    : {
        problem: `Several of the staff are called “${said.slice(0, 60)}”: write one of ${found.map(({ staffId }) => staffId).join(", ")}.`,
      };
}

async function plannedVisit(
  deps: CareDeps,
  { staff, actor }: Importer,
  { line }: CsvLine,
  { episodeId, person, body, leader, span }: Asked,
): Promise<PlannedLine> {
  const place = body.place;
  const where =
    place === undefined
      ? ""
      : "room" in place
        ? `, ${place.room}`
        : `, online at ${place.onlineAddress}`;
  const planned = {
    line,
    person,
    what: `Book: ${plain(body.modality)} with ${leader}, ${body.on}, ${body.startTime}, ${body.durationMinutes} minutes${where}`,
    mark: deps.secrets.sha256(JSON.stringify([episodeId, body])).slice(0, 16),
  };
  const look = await lookAtVisit(deps, { actor }, episodeId, body);
  if (look === undefined)
    return { ...planned, state: "refused", sentence: "There is no such person here." };
  const stands = [...look.state.items.values()].some(
    (item) =>
      item.kind === "session" &&
      item.visit !== undefined &&
      item.status === "planned" &&
      item.modality === body.modality &&
      item.leaderId === body.leaderId &&
      item.scheduledStartAt === span.startAt &&
      item.scheduledEndAt === span.endAt,
  );
  if (stands) return { ...planned, state: "same" };
  if (look.refusal !== undefined)
    return { ...planned, state: "refused", sentence: look.refusal.sentence };
  const request = {
    scope: staff.staffId,
    // The same line against the same record is one booking, however often it is sent.
    key: `visits-file-${planned.mark}-v${look.state.episode.version}`,
    method: "POST",
    path: `/episodes/${episodeId}/visits`,
    body: JSON.stringify(body),
  };
  return {
    ...planned,
    state: "to-do",
    carryOut: async () => {
      const outcome = await visitCommands.book(deps, { staff, actor, request }, episodeId, body);
      return outcome.outcome === "refused" ? outcome.refusal.sentence : undefined;
    },
  };
}

function refused({ line, cells }: CsvLine, sentence: string): PlannedLine {
  const person = (cells[heading.name] ?? "") || (cells[heading.reference] ?? "");
  return { line, person: person.slice(0, 100), what: "", state: "refused", sentence, mark: "" };
}
