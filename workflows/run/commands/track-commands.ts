import { groupsOf } from "../../../shared/care/sessions/full-groups.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { readGroupPlaces } from "../../../shared/store/group-places.ts";
import { listSessions } from "../../../shared/store/list-week-sessions.ts";
import { changeTrack, type TrackRequest } from "../../weekly-program/change-track.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";
import { withTaking } from "./take-places.ts";
import { withSessions } from "./with-closed-items.ts";

/** Moves somebody to another track of groups, where these have a place or a person says that they are put in all the same. */
export function changeTrackOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: TrackRequest,
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: async (state, ctx) => {
      const sessions = await listSessions(deps.store, episodeId);
      const places = await readGroupPlaces(
        deps.store,
        {
          siteId: ctx.site.siteId,
          program: ctx.program,
          episode: state.episode,
          isToStay: true,
          target: { track: body.track },
          now: ctx.now,
        },
        groupsOf(ctx.program.sessions, [body.track], body.from),
      );
      const change = changeTrack(withSessions(state, sessions), body, ctx, places.groups);
      return withTaking(change, places.taking);
    },
    answer: ({ episode: { status, version } }) => ({ episodeId, status, version }),
  });
}
