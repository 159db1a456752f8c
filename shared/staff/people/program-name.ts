import type { Episode } from "../../care/episode/episode.ts";
import { NotFoundError } from "../../errors/not-found-error.ts";
import type { Store } from "../../ports/store.ts";
import { loadProgram } from "../../store/load-program.ts";

/** The program that somebody chose or is in, as the version that they are on calls itself; its id where that is gone. */
export async function programName(
  store: Store,
  { programId, programVersion }: Pick<Episode, "programId" | "programVersion">,
): Promise<string> {
  try {
    return (await loadProgram(store, programId, programVersion)).program.name;
  } catch (error) {
    if (error instanceof NotFoundError) return programId;
    throw error;
  }
}
