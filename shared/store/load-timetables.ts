import type { Program } from "../care/program/program.ts";
import type { Site } from "../care/program/site.ts";
import type { Timetable } from "../care/sessions/schedule-conflicts.ts";
import type { Store } from "../ports/store.ts";
import { loadProgram, readLatest } from "./load-program.ts";

/** The timetables of a site's programs, as new people begin on them. One that was never published has none. */
export async function loadTimetables(
  store: Store,
  { programs }: Pick<Site, "programs">,
): Promise<readonly (Timetable & Pick<Program, "name" | "services">)[]> {
  const found = await Promise.all(
    programs.map(async (programId) => {
      const latest = await readLatest(store, programId);
      if (latest === undefined) return [];
      const { program } = await loadProgram(store, programId, latest.version);
      const { name, sessions, services } = program;
      return [{ programId, name, sessions, ...(services === undefined ? {} : { services }) }];
    }),
  );
  return found.flat();
}
