import { type ListedPerson, loadTogether } from "../../../shared/staff/people/load-together.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { readRoster } from "../../../shared/store/list-sites.ts";
import type { Importer } from "./import-table.ts";
import { bareReference } from "./read-cells.ts";

/** People of one's own sites by what a file calls them, as `bareReference` has it. */
export type PeopleOfFile = ReadonlyMap<string, ListedPerson & { readonly episodeId: string }>;

/** The people of the sender's sites whose references a file names. */
export async function peopleOfFile(
  deps: CareDeps,
  { staff }: Importer,
  references: readonly string[],
): Promise<PeopleOfFile> {
  const wanted = new Set(references.map(bareReference));
  const rosters = await Promise.all(staff.siteIds.map((siteId) => readRoster(deps.store, siteId)));
  const ids = rosters
    .flat()
    .filter(({ reference }) => reference === undefined || wanted.has(bareReference(reference)))
    .map(({ episodeId }) => episodeId);
  const people = await loadTogether(deps.store, ids);
  return new Map(
    [...people].flatMap(([episodeId, person]) => {
      const { episode } = person;
      return episode === "unreadable" || !staff.siteIds.includes(episode.siteId)
        ? []
        : [[bareReference(episode.reference), { ...person, episodeId }] as const];
    }),
  );
}
