import { type Change, isRefusal, type Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { EpisodeItem, OpenState } from "../care/episode/episode-item.ts";
import type { WorkflowRun } from "../care/episode/workflow-run.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { itemKeys, itemPrefixes, keys } from "../keys/keys.ts";
import type { Store, StoredItem, WriteOperation } from "../ports/store.ts";
import type { CareDeps } from "./care-deps.ts";
import { amongOthers, answerTo, rememberedCommand } from "./carry-out-once.ts";
import { commitChange } from "./commit-change.ts";
import { readEpisode, readEpisodeItem } from "./episode-forms.ts";
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

/**
 * Loads an episode's root, its open items, and the holds of its runs: what decisions look at, and
 * never the whole history. `alsoLoad` names closed items that a decision stumbled upon.
 */
export async function loadEpisode(
  store: Store,
  episodeId: string,
  alsoLoad: readonly string[] = [],
): Promise<OpenState | undefined> {
  const key = keys.episode(episodeId);
  const root = await store.get("care", key.pk, key.sk);
  if (root === undefined) return undefined;
  const episode = readEpisode(root);
  const wanted = new Set([...episode.open, ...alsoLoad]);
  for (const sk of episode.open) {
    if (sk.startsWith(itemPrefixes.driver)) wanted.add(itemKeys.holdOfDriver(sk));
  }
  return { episode, items: await loadItems(store, episodeId, [...wanted]) };
}

/** Items of an episode by sort key, closed ones too; what is not there is left out. */
export async function loadItems(
  store: Store,
  episodeId: string,
  sks: readonly string[],
): Promise<ReadonlyMap<string, EpisodeItem>> {
  const found = await getAll(
    store,
    sks.map((sk) => keys.episodeItem(episodeId, sk)),
  );
  return new Map(found.map((item) => [item.sk, readEpisodeItem(item)]));
}

async function getAll(
  store: Store,
  wanted: readonly { readonly pk: string; readonly sk: string }[],
): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  for (let index = 0; index < wanted.length; index += 100) {
    found.push(...(await store.getMany("care", wanted.slice(index, index + 100))));
  }
  return found;
}

/** The episode's run under this sort key, as it stands now. */
export async function loadRun(
  store: Store,
  episodeId: string,
  runSk: string,
): Promise<WorkflowRun | undefined> {
  const key = keys.episodeItem(episodeId, runSk);
  const item = await store.get("care", key.pk, key.sk);
  if (item === undefined) return undefined;
  const read = readEpisodeItem(item);
  return read.kind === "driver" ? read : undefined;
}

/** What a decision came to: a change to commit with the answer to give, or nothing to write. */
export type Decided =
  | {
      readonly change: Change;
      readonly answer: string;
      /** What else is written with it, outside the episode. */
      readonly also?: readonly WriteOperation[];
    }
  | { readonly answer: string; readonly change?: undefined };

export type DecisionOutcome =
  | {
      readonly answer: string;
      readonly isRepeat: boolean;
      readonly state: OpenState;
      /** What was looked at, at the instant of the decision. */
      readonly ctx: DecisionContext;
      readonly refusal?: undefined;
    }
  | { readonly refusal: Refusal; readonly answer?: undefined };

/** The outcome is unknown: the next look finds the command among the recent ones if it took effect. */
const unknownOutcomes = 2;

/**
 * Loads an episode, decides, commits; decides again while others change the episode. The same
 * `commandId` never takes effect twice: a known one returns the answer it got the first time.
 *
 * @param input.decide - may run several times; pure, after whatever it reads about the state that it is given
 * @throws {NotFoundError} when there is no such episode
 * @throws {StoreUnavailableError} when the store cannot be reached; safe to call again with the same id
 */
export async function decideAndCommit(
  deps: CareDeps,
  input: {
    readonly episodeId: string;
    readonly commandId: string;
    readonly actor: Actor;
    readonly decide: (
      state: OpenState,
      ctx: DecisionContext,
    ) => Decided | Refusal | Promise<Decided | Refusal>;
    readonly ownDriverSk?: string;
    /** Closed items the command is about. */
    readonly alsoLoad?: readonly string[] | undefined;
    readonly also?: (
      state: OpenState,
      ctx: DecisionContext,
      answer: string,
    ) => readonly WriteOperation[];
  },
): Promise<DecisionOutcome> {
  const alsoLoad = new Set(input.alsoLoad ?? []);
  const remembered = rememberedCommand(deps.secrets, input.commandId);
  const decideOnce = async (): Promise<DecisionOutcome> => {
    const state = await loadEpisode(deps.store, input.episodeId, [...alsoLoad]);
    if (state === undefined)
      throw new NotFoundError("There is no such episode", { episodeId: input.episodeId });
    const known = answerTo(state.episode.recentCommands, remembered);
    const ctx = await loadContext(deps, state.episode, input.actor);
    if (known !== undefined) return { answer: known, isRepeat: true, state, ctx };
    const decided = await input.decide(state, ctx);
    if (isRefusal(decided)) return { refusal: decided };
    if (decided.change === undefined)
      return { answer: decided.answer, isRepeat: false, state, ctx };
    try {
      await commitChange(deps, {
        before: state,
        change: decided.change,
        commandId: input.commandId,
        answer: decided.answer,
        ctx,
        ...(input.ownDriverSk === undefined ? {} : { ownDriverSk: input.ownDriverSk }),
        also: [...(input.also?.(state, ctx, decided.answer) ?? []), ...(decided.also ?? [])],
      });
      return {
        answer: decided.answer,
        isRepeat: false,
        state: afterChange(state, decided.change),
        ctx,
      };
    } catch (error) {
      const existing = error instanceof ConditionFailedError ? error.existing : undefined;
      // A business key that is taken belongs to an item that is closed by now: look at it too.
      const root = keys.episode(input.episodeId);
      if (existing?.pk === root.pk && existing.sk !== root.sk) alsoLoad.add(existing.sk);
      throw error;
    }
  };
  return amongOthers(deps, decideOnce, unknownOutcomes);
}

function afterChange(state: OpenState, change: Change): OpenState {
  return {
    episode: change.episode,
    items: new Map([...state.items, ...change.puts.map((put) => [put.item.sk, put.item] as const)]),
  };
}
