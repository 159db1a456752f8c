import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { groupsOf } from "../../../shared/care/sessions/full-groups.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { loadDecision } from "../../../shared/store/decide-and-commit.ts";
import { readGroupPlaces } from "../../../shared/store/group-places.ts";
import { listSessions } from "../../../shared/store/list-week-sessions.ts";
import { changeTrack, type TrackRequest } from "../../weekly-program/change-track.ts";
import { nameStaff } from "./name-staff.ts";
import { type ChangeAndMore, commandOnEpisode, type StaffCall } from "./on-episode.ts";
import { withTaking } from "./take-places.ts";
import { withSessions } from "./with-closed-items.ts";

/** The decision with the places that it reads; nothing is written. */
async function decideTrack(
  deps: CareDeps,
  state: OpenState,
  ctx: DecisionContext,
  body: TrackRequest,
): Promise<ChangeAndMore | Refusal> {
  const sessions = await listSessions(deps.store, state.episode.episodeId);
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
}

/** Moves somebody to another track of groups, where these have a place or a person says that they are put in all the same. */
export function changeTrackOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: TrackRequest,
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: (state, ctx) => decideTrack(deps, state, ctx, body),
    answer: ({ episode: { status, version } }) => ({ episodeId, status, version }),
  });
}

/** Looks what {@link changeTrackOnce} would make of a move now: the same decision, of which nothing is written. */
export async function lookAtTrack(
  deps: CareDeps,
  { actor }: Pick<StaffCall, "actor">,
  episodeId: string,
  body: TrackRequest,
): Promise<{ readonly version: number; readonly refusal?: Refusal } | undefined> {
  const loaded = await loadDecision(deps, { episodeId, actor });
  if (loaded === undefined) return undefined;
  const { ctx, state } = loaded;
  const decided = await decideTrack(deps, state, ctx, body);
  const { version } = state.episode;
  return isRefusal(decided)
    ? { version, refusal: await nameStaff(deps.store, decided) }
    : { version };
}
