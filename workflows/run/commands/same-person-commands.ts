import { isRefusal } from "../../../shared/care/change/change.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { takeBackSamePerson } from "../people/not-the-same.ts";
import { loadToTakeApart, withErased } from "../people/take-apart.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";

/** Takes back that two records are of the same person, as staff say it on either of them. */
export function takeBackSamePersonOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: { readonly otherEpisodeId: string; readonly reason: string },
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: async (state, ctx) => {
      const loaded = await loadToTakeApart(deps, state, ctx, body.otherEpisodeId);
      const decided = takeBackSamePerson(loaded.state, body, ctx, loaded.around);
      return isRefusal(decided) ? decided : withErased(decided, loaded.taking);
    },
    answer: ({ episode }) => ({ episodeId, status: episode.status, version: episode.version }),
  });
}
