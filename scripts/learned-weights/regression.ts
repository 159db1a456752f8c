import { shareOf } from "../../shared/care/safety/weigh-words.ts";
import type { Labelled } from "./labelled-texts.ts";

export type Trainable = Labelled & {
  /** True where a rule pages by itself: the weights are not asked. */
  readonly isRuled: boolean;
  readonly features: readonly string[];
  /** Of the parts that are weighed by themselves. */
  readonly parts: readonly (readonly string[])[];
  /** How much more than others it counts. */
  readonly importance: number;
};
export type Model = { readonly base: number; readonly weights: ReadonlyMap<string, number> };

const rounds = 20;
/** Fewer show which weights are worth keeping. */
const choosingRounds = 8;
/**
 * Share of features that each step does without (Wager, Wang and Liang 2013): what a sentence says must be known by more
 * than the one word that gives it away.
 */
const leftOut = 0.5;
/** Adaptive gradient steps (Duchi et al. 2011): how far a first one goes. */
const step = 0.3;
/** How strongly weights are drawn to nothing (L2). */
const decay = 3e-3;
/** Features that fewer sentences hold are not weighed. */
const fewestTexts = 2;

/** What the weights say of a sentence: of its worst part; of what a rule pages for, more than any. */
export function scoreOf({ base, weights }: Model, { isRuled, parts }: Trainable): number {
  if (isRuled) return Number.POSITIVE_INFINITY;
  return Math.max(
    ...parts.map((part) => {
      const held = part.flatMap((name) => weights.get(name) ?? []);
      return base + held.reduce((sum, weight) => sum + weight * shareOf(held.length), 0);
    }),
  );
}

/**
 * Trains on everything, keeps the heaviest weights, and trains those again.
 * @param maxWeights - how many are kept: the policy is one stored item
 */
export function train(ones: readonly Trainable[], maxWeights: number): Model {
  const texts = new Map<string, number>();
  for (const { features } of ones)
    for (const name of features) texts.set(name, (texts.get(name) ?? 0) + 1);
  const all = [...texts].filter(([, count]) => count >= fewestTexts).map(([name]) => name);
  const first = regress(ones, all, choosingRounds);
  const weight = (name: string) =>
    Math.abs(first.weights.get(name) ?? 0) * Math.sqrt(texts.get(name) ?? 0);
  return regress(
    ones,
    all.toSorted((left, right) => weight(right) - weight(left)).slice(0, maxWeights),
    rounds,
  );
}

const none = new Int32Array();

/** Logistic regression, one sentence after another; what is sought counts as much as the rest. */
function regress(ones: readonly Trainable[], names: readonly string[], times: number): Model {
  const places = new Map(names.map((name, place) => [name, place]));
  const held = ones.map(({ features }) =>
    Int32Array.from(features.flatMap((name) => places.get(name) ?? [])),
  );
  const weights = new Float64Array(names.length);
  const squares = new Float64Array(names.length).fill(1e-3);
  let base = 0;
  let baseSquares = 1e-3;
  const sought = ones.filter(({ isSought }) => isSought).length;
  const chance = shuffler();
  const isHeld = sampler(1 - leftOut);
  const order = ones.map((_, index) => index);
  for (let round = 0; round < times; round += 1) {
    chance(order);
    for (const index of order) {
      const features = (held[index] ?? none).filter(isHeld);
      const isSought = ones[index]?.isSought === true;
      const share = shareOf(features.length);
      let sum = base;
      for (const place of features) sum += (weights[place] ?? 0) * share;
      const balance = ones.length / 2 / (isSought ? sought : ones.length - sought);
      const slope =
        (1 / (1 + Math.exp(-sum)) - Number(isSought)) * balance * (ones[index]?.importance ?? 1);
      baseSquares += slope * slope;
      base -= (step * slope) / Math.sqrt(baseSquares);
      for (const place of features) {
        const gradient = slope * share + decay * (weights[place] ?? 0);
        squares[place] = (squares[place] ?? 0) + gradient * gradient;
        weights[place] = (weights[place] ?? 0) - (step * gradient) / Math.sqrt(squares[place] ?? 1);
      }
    }
  }
  return { base, weights: new Map(names.map((name, place) => [name, weights[place] ?? 0])) };
}

/** Shuffles the same way every time (Fisher and Yates, by a linear congruential generator). */
function shuffler(): (order: number[]) => void {
  let state = 1;
  return (order) => {
    for (let last = order.length - 1; last > 0; last -= 1) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      const other = Math.floor((state / 2_147_483_648) * (last + 1));
      const kept = order[last] ?? 0;
      order[last] = order[other] ?? 0;
      order[other] = kept;
    }
  };
}

/** True for so large a share of what is asked, the same way every time (Marsaglia 2003, xorshift). */
function sampler(share: number): () => boolean {
  let state = 12_345;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296 < share;
  };
}
