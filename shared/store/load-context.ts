import type { DecisionContext } from "../care/change/context.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { Policy } from "../care/program/policy.ts";
import type { Site } from "../care/program/site.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { keys } from "../keys/keys.ts";
import type { CareDeps } from "./care-deps.ts";
import { loadProgram } from "./load-program.ts";

/** The live site; closures and rota count from the moment they are saved. */
export async function loadSite(deps: Pick<CareDeps, "store">, siteId: string): Promise<Site> {
  const key = keys.site(siteId);
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined) throw new NotFoundError("There is no such site", { siteId });
  return item as unknown as Site;
}

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
    site: site as unknown as Site,
    policy: policy as unknown as Policy,
    actor,
    newId: () => deps.ids.next(),
  };
}
