import { type Change, isRefusal, type Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { keys } from "../keys/keys.ts";
import type { WriteOperation } from "../ports/store.ts";
import { amongOthers } from "./among-others.ts";
import type { CareDeps } from "./care-deps.ts";
import { commitChange } from "./commit-change.ts";
import { loadContext } from "./load-context.ts";
import { loadEpisode } from "./load-episode.ts";
import { answerTo, rememberedCommand } from "./remembered-command.ts";

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
    readonly alsoLoad?: readonly string[];
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
