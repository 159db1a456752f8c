import { isRefusal } from "../../../shared/care/change/change.ts";
import { rememberedTabletCodeSchema } from "../../../shared/contracts/remembered-tablet-code.ts";
import { makeTabletCode } from "../../../shared/questions/tablet-code.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { tabletCodePut } from "../../../shared/store/tablet-codes.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";

/**
 * Makes a code by which one form or check-in is filled in on a clinic's tablet, once for each key.
 * @param body.id - of the form or the check-in
 */
export async function makeTabletCodeOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: { readonly id: string },
): Promise<CallOutcome> {
  const made: { linkId?: string; until?: string } = {};
  const outcome = await commandOnEpisode(deps, call, {
    episodeId,
    decide: (state, ctx) => {
      const decided = makeTabletCode(state, body, ctx);
      if (isRefusal(decided)) return decided;
      const { change, linkId, until } = decided;
      Object.assign(made, { linkId, until });
      const { siteId } = state.episode;
      return { change, also: [tabletCodePut(deps, { siteId, linkId, until })] };
    },
    answer: ({ episode: { status, version } }) => ({ episodeId, status, version, ...made }),
  });
  if (outcome.outcome !== "done") return outcome;
  const { linkId, ...rest } = rememberedTabletCodeSchema.parse(JSON.parse(outcome.body));
  return {
    outcome: "done",
    body: JSON.stringify({ ...rest, code: deps.secrets.tabletCode(linkId) }),
  };
}
