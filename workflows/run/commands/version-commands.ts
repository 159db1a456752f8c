import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { Actor } from "../../../shared/care/episode/actor.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { inGroups } from "../../../shared/care/sessions/group-waits.ts";
import { NotFoundError } from "../../../shared/errors/not-found-error.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { loadContext, loadEpisode } from "../../../shared/store/decide-and-commit.ts";
import { latestProgramVersion } from "../../../shared/store/list-sites.ts";
import { listSessions } from "../../../shared/store/list-week-sessions.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { listMessages } from "../../../shared/store/message-items.ts";
import { chooseProgram } from "../people/choose-program.ts";
import {
  describeMove,
  type MovedThing,
  moveToVersion,
  type VersionContent,
} from "../people/move-version.ts";
import { comingPlaces } from "./coming-places.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";
import { withTaking } from "./take-places.ts";
import { withMessages, withSessions } from "./with-closed-items.ts";

const unpublished: Refusal = {
  refused: "invalid",
  sentence: "There is no such version of this person's program.",
};

const notOffered: Refusal = {
  refused: "invalid",
  sentence: "This site does not offer such a program.",
};

async function versionOf(
  deps: CareDeps,
  { programId }: Pick<Episode, "programId">,
  version: number,
): Promise<VersionContent | undefined> {
  try {
    return await loadProgram(deps.store, programId, version);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** The state with what was sent, taken out or cancelled: what is brought back speaks of what still stands. */
async function withClosed(deps: CareDeps, state: OpenState): Promise<OpenState> {
  const { episodeId } = state.episode;
  const [messages, sessions] = await Promise.all([
    listMessages(deps.store, episodeId),
    listSessions(deps.store, episodeId),
  ]);
  return withSessions(withMessages(state, messages), sessions);
}

/** The places in the groups that somebody comes to only by the other version; none for whoever comes to no group. */
async function versionPlaces(
  { store }: CareDeps,
  episode: Episode,
  { program }: VersionContent,
  { site, now, program: before }: DecisionContext,
): ReturnType<typeof comingPlaces> {
  return inGroups.includes(episode.status)
    ? comingPlaces(store, { site, program, now }, episode, { isToStay: true, before })
    : { groups: [], taking: [] };
}

/** Moves somebody to another version of their program, with a reason; back again by the same command. */
export function moveToVersionOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: {
    readonly version: number;
    readonly isOverCapacity?: boolean | undefined;
    readonly reason: string;
  },
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: async (state, ctx) => {
      const to = await versionOf(deps, state.episode, body.version);
      if (to === undefined) return unpublished;
      const [closed, places] = await Promise.all([
        withClosed(deps, state),
        versionPlaces(deps, state.episode, to, ctx),
      ]);
      return withTaking(moveToVersion(closed, body, to, ctx, places.groups), places.taking);
    },
    answer: ({ episode }) => ({ episodeId, status: episode.status, version: episode.version }),
  });
}

/** Puts right which program somebody is to come to, before they are admitted, with a reason. */
export function chooseProgramOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: { readonly programId: string; readonly reason: string },
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: async (state, ctx) => {
      const isOffered = ctx.site.programs.includes(body.programId);
      const latest = isOffered ? await latestProgramVersion(deps.store, body.programId) : undefined;
      const to = latest === undefined ? undefined : await versionOf(deps, body, latest);
      if (to === undefined) return notOffered;
      const messages = await listMessages(deps.store, episodeId);
      return chooseProgram(withMessages(state, messages), body, to, ctx);
    },
    answer: ({ episode }) => ({ episodeId, status: episode.status, version: episode.version }),
  });
}

/** What a move would change for somebody, or why it is not possible now. */
export type PreviewedMove =
  | {
      readonly isPossible: true;
      readonly from: number;
      readonly to: number;
      readonly changes: readonly MovedThing[];
    }
  | {
      readonly isPossible: false;
      readonly from: number;
      readonly to: number;
      readonly why: string;
      /** Where it is possible all the same if somebody says so, with a reason: a group or the sites have no room. */
      readonly isOnlyOverCapacity?: true;
      readonly changes?: readonly MovedThing[];
    };

/** What a move would change for somebody, or why it is not possible now. Nothing is written. */
export async function previewMove(
  deps: CareDeps,
  actor: Actor,
  episodeId: string,
  version: number,
): Promise<PreviewedMove> {
  const loaded = await loadEpisode(deps.store, episodeId);
  if (loaded === undefined) throw new NotFoundError("There is no such episode", {});
  const [ctx, to, state] = await Promise.all([
    loadContext(deps, loaded.episode, actor),
    versionOf(deps, loaded.episode, version),
    withClosed(deps, loaded),
  ]);
  const versions = { from: loaded.episode.programVersion, to: version };
  if (to === undefined) return { isPossible: false, ...versions, why: unpublished.sentence };
  const places = (await versionPlaces(deps, loaded.episode, to, ctx)).groups;
  const reason = "Looked at";
  const look = (isOverCapacity: boolean) =>
    moveToVersion(state, { reason, isOverCapacity }, to, ctx, places);
  const told = (change: Change) =>
    describeMove(state, change, { now: ctx.now, timeZone: ctx.site.timeZone });
  const change = look(false);
  if (!isRefusal(change)) return { isPossible: true, ...versions, changes: told(change) };
  const refused = { isPossible: false, ...versions, why: change.sentence } as const;
  const over = look(true);
  return isRefusal(over) ? refused : { ...refused, isOnlyOverCapacity: true, changes: told(over) };
}
