import type { DecisionContext } from "../care/change/context.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { Episode } from "../care/episode/episode.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { keys } from "../keys/keys.ts";
import type { CareDeps } from "./care-deps.ts";
import { siteForm } from "./list-sites.ts";
import { readPolicy } from "./load-policy.ts";
import { loadProgram } from "./load-program.ts";
import { readStored } from "./read-stored.ts";

/** What decisions about this episode look at, at this instant. */
export async function loadContext(
  deps: CareDeps,
  episode: Pick<Episode, "programId" | "programVersion" | "siteId">,
  actor: Actor,
): Promise<DecisionContext> {
  const siteKey = keys.site(episode.siteId);
  const policyKey = keys.policy();
  const [live, loaded] = await Promise.all([
    deps.store.getMany("care", [siteKey, policyKey]),
    loadProgram(deps.store, episode.programId, episode.programVersion),
  ]);
  const site = live.find((item) => item.pk === siteKey.pk);
  const policy = live.find((item) => item.pk === policyKey.pk);
  if (site === undefined || policy === undefined) {
    throw new NotFoundError("The site or the policy is not set up", { siteId: episode.siteId });
  }
  return {
    now: deps.clock.now(),
    program: loaded.program,
    instruments: loaded.instruments,
    site: readStored(siteForm, site),
    policy: await readPolicy(deps, policy),
    actor,
    newId: () => deps.ids.next(),
  };
}
