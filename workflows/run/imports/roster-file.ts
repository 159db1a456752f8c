import type { Episode } from "../../../shared/care/episode/episode.ts";
import { trackOn } from "../../../shared/care/sessions/group-tracks.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { groupTrackBodySchema } from "../../../shared/contracts/api-bodies.ts";
import type { CsvLine } from "../../../shared/contracts/csv/read-csv.ts";
import { rosterHeadings } from "../../../shared/staff/tables/roster-table.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { displayName } from "../../../shared/store/person-items.ts";
import { changeTrackOnce, lookAtTrack } from "../commands/track-commands.ts";
import type { Importer, ImportKind, PlannedLine } from "./import-table.ts";
import { type PeopleOfFile, peopleOfFile } from "./people-of-file.ts";
import {
  bareReference,
  isNameOf,
  outsideLicenceHeading,
  readDay,
  readOutsideLicence,
  refusedBesideOthers,
} from "./read-cells.ts";

/** The headings of a file of groups: those of the list of people that goes out, and what a move needs. */
const heading = {
  name: rosterHeadings.name,
  reference: rosterHeadings.reference,
  group: rosterHeadings.group,
  from: "First day",
  reason: "Reason",
  over: "Over capacity",
  outside: outsideLicenceHeading,
} as const;

type Body = ReturnType<typeof groupTrackBodySchema.parse>;
type Asked = {
  readonly episode: Episode;
  readonly person: string;
  /** The groups that they are in on that day, in words. */
  readonly is: string;
  readonly will: string;
  readonly body: Body;
  readonly isSame: boolean;
};

/** Who comes to which groups, from which day on: one line for each person. */
export const rosterFile: ImportKind = {
  headings: {
    needed: [heading.reference, heading.group, heading.from],
    known: [...Object.values(heading), ...Object.values(rosterHeadings)].filter(
      (one, index, all) => all.indexOf(one) === index,
    ),
  },
  plan: async (deps, by, lines) => {
    const people = await peopleOfFile(
      deps,
      by,
      lines.map(({ cells }) => cells[heading.reference] ?? ""),
    );
    const read: { readonly line: CsvLine; readonly asked: Awaited<ReturnType<typeof readLine>> }[] =
      [];
    for (const line of lines) read.push({ line, asked: await readLine(deps, line, people) });
    const besideOthers = refusedBesideOthers(
      read.flatMap(({ line: { line }, asked }) =>
        asked === undefined || "problem" in asked
          ? []
          : [{ line, about: asked.episode.episodeId, says: JSON.stringify(asked.body) }],
      ),
    );
    const planned: PlannedLine[] = [];
    for (const { line, asked } of read) {
      if (asked === undefined) planned.push(blank(line));
      else if ("problem" in asked) planned.push(refused(line, asked.problem));
      else {
        const problem = besideOthers.get(line.line);
        planned.push(
          problem === undefined ? await plannedMove(deps, by, line, asked) : refused(line, problem),
        );
      }
    }
    return planned;
  },
};

/** @returns nothing where the line names no group: a list that went out has everybody in it */
async function readLine(
  deps: CareDeps,
  { cells, problem }: CsvLine,
  people: PeopleOfFile,
): Promise<Asked | { readonly problem: string } | undefined> {
  if (problem !== undefined) return { problem };
  const cell = (name: string) => ownValue(cells, name) ?? "";
  if (cell(heading.group) === "" || cell(heading.from) === "") return undefined;
  const day = readDay(cell(heading.from));
  if ("problem" in day) return day;
  const reference = cell(heading.reference);
  const who = people.get(bareReference(reference));
  if (who === undefined || who.episode === "unreadable")
    return { problem: `Nobody at your sites has the reference “${reference.slice(0, 40)}”.` };
  const { episode } = who;
  const known = who.profile === "unreadable" ? undefined : who.profile;
  const person = displayName(known);
  const name = cell(heading.name);
  if (name !== "" && known !== undefined && !isNameOf(name, known))
    return {
      problem: `The reference is that of ${person}, and the line says “${name.slice(0, 60)}”. Put one of them right.`,
    };
  const { program } = await loadProgram(deps.store, episode.programId, episode.programVersion);
  const { groupTracks = [] } = program;
  const wanted = cell(heading.group).toLowerCase();
  const track = groupTracks.find(
    (one) => one.title.toLowerCase() === wanted || one.track === wanted,
  );
  if (track === undefined)
    return {
      problem:
        groupTracks.length === 0
          ? "The program of this person has one track of groups only: nobody is moved in it."
          : `“${cell(heading.group).slice(0, 40)}” is no track of groups of this person’s program. Write one of: ${groupTracks.map(({ title }) => title).join(", ")}.`,
    };
  const over = cell(heading.over).toLowerCase();
  if (!["", "yes", "no"].includes(over))
    return { problem: "Over capacity is yes, no, or nothing." };
  const outside = readOutsideLicence(cell(heading.outside), cell(heading.reason));
  if ("problem" in outside) return outside;
  const body = groupTrackBodySchema.safeParse({
    track: track.track,
    from: day.value,
    reason: cell(heading.reason) === "" ? "From a file of groups" : cell(heading.reason),
    ...(over === "yes" ? { isOverCapacity: true } : {}),
    ...outside,
  });
  if (!body.success) return { problem: "The reason may have 1000 characters." };
  const own = trackOn(program, episode, day.value);
  return {
    episode,
    person,
    is: groupTracks.find((one) => one.track === own)?.title ?? "no track",
    will: track.title,
    body: body.data,
    isSame: own === track.track,
  };
}

async function plannedMove(
  deps: CareDeps,
  { staff, actor }: Importer,
  { line }: CsvLine,
  { episode: { episodeId }, person, is, will, body, isSame }: Asked,
): Promise<PlannedLine> {
  const planned = {
    line,
    person,
    what: `Groups from ${body.from} on: ${is} → ${will}`,
    mark: deps.secrets.sha256(JSON.stringify([episodeId, is, body])).slice(0, 16),
  };
  if (isSame) return { ...planned, state: "same" };
  const look = await lookAtTrack(deps, { actor }, episodeId, body);
  if (look === undefined)
    return { ...planned, state: "refused", sentence: "There is no such person here." };
  if (look.refusal !== undefined)
    return { ...planned, state: "refused", sentence: look.refusal.sentence };
  const request = {
    scope: staff.staffId,
    // The same line against the same record is one move, however often it is sent.
    key: `roster-file-${planned.mark}-v${look.version}`,
    method: "POST",
    path: `/episodes/${episodeId}/group-track`,
    body: JSON.stringify(body),
  };
  return {
    ...planned,
    state: "to-do",
    carryOut: async () => {
      const outcome = await changeTrackOnce(deps, { staff, actor, request }, episodeId, body);
      return outcome.outcome === "refused" ? outcome.refusal.sentence : undefined;
    },
  };
}

function refused(line: CsvLine, sentence: string): PlannedLine {
  return { ...blank(line), state: "refused", sentence };
}

function blank({ line, cells }: CsvLine): PlannedLine {
  const person = (cells[heading.name] ?? "") || (cells[heading.reference] ?? "");
  return { line, person: person.slice(0, 100), what: "", state: "blank", mark: "" };
}
