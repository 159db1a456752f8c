import { isRefusal } from "../../../shared/care/change/change.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { refusePlaces } from "../../../shared/care/sessions/full-groups.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { endLeave } from "../../weekly-program/resume-episode.ts";
import { type TransitionRequest, transition } from "../transition.ts";
import { admissionPlaces } from "./admission-places.ts";
import { comingPlaces } from "./coming-places.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";
import { withTaking } from "./take-places.ts";

type OverCapacity = { readonly isOverCapacity?: boolean | undefined };

const statusOf = ({ episode: { episodeId, status, version } }: OpenState) => ({
  episodeId,
  status,
  version,
});

/** Takes somebody back from leave, where the groups have a place by now or a person says that they come all the same. */
export function resumeOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: OverCapacity & { readonly reason: string },
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: async (state, ctx) => {
      // Their own place was kept; what is looked at is who sits in the next groups.
      const places = await comingPlaces(deps.store, ctx, state.episode, { isToStay: false });
      return withTaking(endLeave(state, body, ctx, places.groups), places.taking);
    },
    answer: statusOf,
  });
}

/** Moves somebody along the pathway; whoever comes to groups by it needs a place in them. */
export function transitionOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: OverCapacity & TransitionRequest,
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: async (state, ctx) => {
      const change = transition(state, body, ctx);
      if (isRefusal(change) || body.to === "discharge") return change;
      const { episode } = state;
      const places = await (body.to === "admit"
        ? admissionPlaces(deps.store, ctx, { taskKind: "admission-approval" }, episode)
        : comingPlaces(deps.store, ctx, episode, { isToStay: true }));
      return refusePlaces(places.groups, body.isOverCapacity) ?? withTaking(change, places.taking);
    },
    answer: statusOf,
  });
}
