import { isRefusal } from "../../../shared/care/change/change.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { type ApartRequest, keepApart } from "../people/keep-apart.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";

/** Records that two people are not to be in one group, or takes it back; the reason goes with it. */
export function apartOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: ApartRequest,
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: async (state, ctx) => {
      const other = await findEpisode(deps.store, call.staff, body.otherEpisodeId);
      const change = keepApart(state, body, other, ctx);
      if (isRefusal(change) || body.isTakenBack !== true) return change;
      const key = keys.apartReason(episodeId, body.otherEpisodeId);
      return { change, also: [{ delete: { table: "identity", ...key } }] };
    },
    answer: ({ episode: { status, version } }) => ({ episodeId, status, version }),
  });
}
