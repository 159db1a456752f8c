import type { Program } from "../care/program/program.ts";
import type { Site } from "../care/program/site.ts";
import type { Store } from "../ports/store.ts";
import { latestProgramVersion } from "./list-sites.ts";
import { loadProgram } from "./load-program.ts";

/** A program that takes new people at a site, as somebody who asks for care chooses it. */
export type ProgramChoice = Pick<Program, "programId" | "name" | "chosenAs">;

/** The programs of a site that are published, in the site's order. */
export async function programChoices(
  store: Store,
  site: Pick<Site, "programs">,
): Promise<readonly ProgramChoice[]> {
  const found = await Promise.all(
    site.programs.map(async (programId) => {
      const version = await latestProgramVersion(store, programId);
      if (version === undefined) return [];
      const { name, chosenAs } = (await loadProgram(store, programId, version)).program;
      return [{ programId, name, ...(chosenAs === undefined ? {} : { chosenAs }) }];
    }),
  );
  return found.flat();
}
