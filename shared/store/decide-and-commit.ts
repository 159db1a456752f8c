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

type Key = { readonly pk: string; readonly sk: string };

/** What decisions about this episode look at, at this instant. */
export async function loadContext(
  deps: CareDeps,
  episode: Pick<Episode, "programId" | "programVersion" | "siteId">,
  actor: Actor,
): Promise<DecisionContext> {
  return contextFrom(deps, episode, actor, deps.store.getMany("care", liveKeys(episode)));
}

/** What counts at a site from the moment that it is saved. */
function liveKeys({ siteId }: Pick<Episode, "siteId">): readonly Key[] {
  return [keys.site(siteId), keys.policyMark()];
}

async function contextFrom(
  deps: CareDeps,
  episode: Pick<Episode, "programId" | "programVersion" | "siteId">,
  actor: Actor,
  reading: Promise<readonly StoredItem[]>,
): Promise<DecisionContext> {
  const [live, loaded] = await Promise.all([
    reading,
    loadProgram(deps.store, episode.programId, episode.programVersion),
  ]);
  const [siteKey, markKey] = [keys.site(episode.siteId), keys.policyMark()];
  const site = live.find((item) => item.pk === siteKey.pk && item.sk === siteKey.sk);
  const mark = live.find((item) => item.pk === markKey.pk && item.sk === markKey.sk);
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
  const episode = await loadRoot(store, episodeId);
  if (episode === undefined) return undefined;
  return { episode, items: await loadItems(store, episodeId, openSks(episode, alsoLoad)) };
}

async function loadRoot(store: Store, episodeId: string): Promise<Episode | undefined> {
  const key = keys.episode(episodeId);
  const root = await store.get("care", key.pk, key.sk);
  return root === undefined ? undefined : readEpisode(root);
}

/** Everything that is open in an episode, the waits of its runs, and what is asked for besides. */
function openSks({ open }: Episode, alsoLoad: readonly string[]): readonly string[] {
  const runs = open.filter((sk) => sk.startsWith(itemPrefixes.driver));
  return [...new Set([...open, ...alsoLoad, ...runs.map(itemKeys.holdOfDriver)])];
}

/** An episode as it stands, and what decisions about it look at besides. */
export type Loaded = { readonly state: OpenState; readonly ctx: DecisionContext };

/**
 * An episode as {@link loadEpisode} reads it and its context as {@link loadContext} does, in one read after the root's:
 * two that waited for each other would take longer and tell no more.
 */
export async function loadDecision(
  deps: CareDeps,
  input: {
    readonly episodeId: string;
    readonly actor: Actor;
    readonly alsoLoad?: readonly string[];
  },
): Promise<Loaded | undefined> {
  const { episodeId, actor, alsoLoad = [] } = input;
  const episode = await loadRoot(deps.store, episodeId);
  if (episode === undefined) return undefined;
  const reading = getAll(deps.store, [
    ...liveKeys(episode),
    ...openSks(episode, alsoLoad).map((sk) => keys.episodeItem(episodeId, sk)),
  ]);
  const ctx = await contextFrom(deps, episode, actor, reading);
  const { pk } = keys.episode(episodeId);
  const own = (await reading).filter((item) => item.pk === pk);
  return { state: { episode, items: byKey(own) }, ctx };
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
  return byKey(found);
}

function byKey(items: readonly StoredItem[]): ReadonlyMap<string, EpisodeItem> {
  return new Map(items.map((item) => [item.sk, readEpisodeItem(item)]));
}

async function getAll(store: Store, wanted: readonly Key[]): Promise<StoredItem[]> {
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

/** An episode's root and one of its runs, in one read; what is not there is left out. */
export async function loadRootAndRun(
  store: Store,
  episodeId: string,
  runSk: string,
): Promise<{ readonly episode: Episode | undefined; readonly run: WorkflowRun | undefined }> {
  const key = keys.episode(episodeId);
  const found = await store.getMany("care", [key, keys.episodeItem(episodeId, runSk)]);
  const root = found.find(({ sk }) => sk === key.sk);
  const item = found.find(({ sk }) => sk === runSk);
  const read = item === undefined ? undefined : readEpisodeItem(item);
  return {
    episode: root === undefined ? undefined : readEpisode(root),
    run: read?.kind === "driver" ? read : undefined,
  };
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
    const { episodeId, actor } = input;
    const loaded = await loadDecision(deps, { episodeId, actor, alsoLoad: [...alsoLoad] });
    if (loaded === undefined) throw new NotFoundError("There is no such episode", { episodeId });
    const { state, ctx } = loaded;
    const known = answerTo(state.episode.recentCommands, remembered);
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
