import type { DecisionContext } from "../care/change/context.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { Episode } from "../care/episode/episode.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { keys } from "../keys/keys.ts";
import type { CareDeps } from "./care-deps.ts";
import { siteForm } from "./list-sites.ts";
import { readMarkedPolicy } from "./load-policy.ts";
import { loadProgram } from "./load-program.ts";
import { readStored } from "./read-stored.ts";

/** What decisions about this episode look at, at this instant. */
export async function loadContext(
  deps: CareDeps,
  episode: Pick<Episode, "programId" | "programVersion" | "siteId">,
  actor: Actor,
): Promise<DecisionContext> {
  const siteKey = keys.site(episode.siteId);
  const markKey = keys.policyMark();
  const [live, loaded] = await Promise.all([
    deps.store.getMany("care", [siteKey, markKey]),
    loadProgram(deps.store, episode.programId, episode.programVersion),
  ]);
  const site = live.find((item) => item.pk === siteKey.pk);
  const mark = live.find((item) => item.pk === markKey.pk);
  if (site === undefined) {
    throw new NotFoundError("The site is not set up", { siteId: episode.siteId });
  }
  return {
    now: deps.clock.now(),
    program: loaded.program,
    instruments: loaded.instruments,
    site: readStored(siteForm, site),
    policy: await readMarkedPolicy(deps, mark),
    actor,
    newId: () => deps.ids.next(),
  };
}
