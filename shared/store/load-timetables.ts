import type { Site } from "../care/program/site.ts";
import type { Timetable } from "../care/sessions/schedule-conflicts.ts";
import type { Store } from "../ports/store.ts";
import { loadProgram, readLatest } from "./load-program.ts";

/** The timetables of a site's programs, as new people begin on them. One that was never published has none. */
export async function loadTimetables(
  store: Store,
  { programs }: Pick<Site, "programs">,
): Promise<readonly (Timetable & { readonly name: string })[]> {
  const found = await Promise.all(
    programs.map(async (programId) => {
      const latest = await readLatest(store, programId);
      if (latest === undefined) return [];
      const { program } = await loadProgram(store, programId, latest.version);
      return [{ programId, name: program.name, sessions: program.sessions }];
    }),
  );
  return found.flat();
}
