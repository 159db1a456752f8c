import type { Refusal } from "../../care/change/change.ts";
import type { Episode } from "../../care/episode/episode.ts";
import type { Program } from "../../care/program/program.ts";
import { trackOn } from "../../care/sessions/group-tracks.ts";
import { localDate } from "../../care/time/zoned-time.ts";
import type { Secrets } from "../../ports/secrets.ts";
import type { Store } from "../../ports/store.ts";
import { loadSites } from "../../store/list-sites.ts";
import { loadProgram } from "../../store/load-program.ts";
import { listPeople } from "../people/list-people.ts";
import { loadTogether } from "../people/load-together.ts";
import { programName } from "../people/program-name.ts";
import type { StaffMember } from "../staff-member.ts";
import { nameOrId, staffNames } from "../words/actor-words.ts";
import { plain } from "../words/timeline-words.ts";
import type { OutgoingTable, TableAsked } from "./table.ts";

/** More than any site has people. */
const mostRows = 5000;

/** The headings of the list of people; a file that moves people between groups has some of them. */
export const rosterHeadings = {
  name: "Name",
  reference: "Reference",
  recordNumber: "Record number",
  site: "Site",
  program: "Program",
  phase: "Where they are",
  week: "Week",
  admittedOn: "Admitted on",
  group: "Groups",
  next: "Next",
  nextBy: "Next by (UTC)",
  whose: "Whose",
} as const;

/** The people of the member of staff's sites, by name, with where they are and what is to be done next. */
export async function rosterTable(
  deps: {
    readonly store: Store;
    readonly clock: { now(): string };
    readonly secrets: Pick<Secrets, "contactPointId">;
  },
  staff: StaffMember,
  { search, phase }: Pick<TableAsked, "search" | "phase">,
): Promise<OutgoingTable | Refusal> {
  const { rows, total } = await listPeople(deps, staff, {
    search,
    phase,
    part: { from: 0, size: mostRows },
  });
  if (total > mostRows)
    return {
      refused: "invalid",
      sentence: `These are ${total} people, and a file holds ${mostRows} at most. Search for some of them, or choose where they are.`,
    };
  const [people, sites, names] = await Promise.all([
    loadTogether(
      deps.store,
      rows.map(({ episodeId }) => episodeId),
    ),
    loadSites(deps.store, staff.siteIds),
    staffNames(
      deps.store,
      rows.map(({ next }) => next?.assignedTo),
    ),
  ]);
  const now = deps.clock.now();
  const tracks = new Map<string, Program>();
  for (const { episode } of people.values())
    if (episode !== "unreadable" && !tracks.has(programKey(episode)))
      tracks.set(
        programKey(episode),
        (await loadProgram(deps.store, episode.programId, episode.programVersion)).program,
      );
  const programs = new Map<string, string>();
  for (const person of people.values()) {
    const { episode } = person;
    if (episode === "unreadable" || programs.has(programKey(episode))) continue;
    programs.set(programKey(episode), await programName(deps.store, episode));
  }
  return {
    headings: Object.values(rosterHeadings),
    rows: rows.map((row) => {
      const known = people.get(row.episodeId);
      const episode =
        known === undefined || known.episode === "unreadable" ? undefined : known.episode;
      const profile = known?.profile === "unreadable" ? undefined : known?.profile;
      const site = sites.find(({ siteId }) => siteId === row.siteId);
      return {
        siteId: row.siteId,
        cells: [
          row.name,
          row.reference,
          profile?.recordNumber ?? "",
          site?.name ?? row.siteId,
          (episode === undefined ? undefined : programs.get(programKey(episode))) ?? row.programId,
          row.phase,
          row.week === undefined ? "" : String(row.week),
          episode?.admittedOn ?? "",
          episode === undefined
            ? ""
            : groupsLabel(
                tracks.get(programKey(episode)),
                episode,
                localDate(now, site?.timeZone ?? "UTC"),
              ),
          row.next?.label ?? "",
          row.next?.dueAt ?? "",
          row.next === undefined
            ? ""
            : row.next.assignedTo === undefined
              ? plain(row.next.assignedFunction)
              : nameOrId(names, row.next.assignedTo),
        ],
      };
    }),
  };
}

/** The track of groups that somebody is in today; nothing where their program has one only. */
function groupsLabel(program: Program | undefined, episode: Episode, today: string): string {
  if (program === undefined) return "";
  const own = trackOn(program, episode, today);
  return program.groupTracks?.find(({ track }) => track === own)?.title ?? "";
}

function programKey(of: { readonly programId: string; readonly programVersion: number }): string {
  return `${of.programId} ${of.programVersion}`;
}
