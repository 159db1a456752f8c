import type { Refusal } from "../../care/change/change.ts";
import type { Secrets } from "../../ports/secrets.ts";
import type { Store } from "../../ports/store.ts";
import { loadSites } from "../../store/list-sites.ts";
import { listPeople } from "../people/list-people.ts";
import { loadTogether } from "../people/load-together.ts";
import { programName } from "../people/program-name.ts";
import type { StaffMember } from "../staff-member.ts";
import { nameOrId, staffNames } from "../words/actor-words.ts";
import { plain } from "../words/timeline-words.ts";
import type { OutgoingTable, TableAsked } from "./table.ts";

/** More than any site has people. */
const mostRows = 5000;

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
  const programs = new Map<string, string>();
  for (const person of people.values()) {
    const { episode } = person;
    if (episode === "unreadable" || programs.has(programKey(episode))) continue;
    programs.set(programKey(episode), await programName(deps.store, episode));
  }
  return {
    headings: [
      "Name",
      "Reference",
      "Record number",
      "Site",
      "Program",
      "Where they are",
      "Week",
      "Admitted on",
      "Next",
      "Next by (UTC)",
      "Whose",
    ],
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

function programKey(of: { readonly programId: string; readonly programVersion: number }): string {
  return `${of.programId} ${of.programVersion}`;
}
