import type { LearnedWeights } from "../program/policy.ts";
import type { Feature } from "./word-features.ts";

/** A weight is kept as a whole number: so many of it are one. */
export const partsOfOne = 24;
/** Long texts hold more of everything: what they add up to is divided by the root of how much was known in them. */
const shortTextFeatures = 16;

const known = new WeakMap<LearnedWeights, ReadonlyMap<string, number>>();

/** The weights of a policy by feature: worked out once. */
export function weightsOf(learned: LearnedWeights): ReadonlyMap<string, number> {
  const before = known.get(learned);
  if (before !== undefined) return before;
  const weights = new Map<string, number>();
  for (const { points, of } of learned.weights)
    for (const name of of.split(" ")) if (name !== "") weights.set(name, points / partsOfOne);
  known.set(learned, weights);
  return weights;
}

/** What a known feature counts in a text that holds so many of them. */
export function shareOf(knownFeatures: number): number {
  return Math.sqrt(shortTextFeatures / Math.max(shortTextFeatures, knownFeatures));
}

export type Weight = {
  /** Log odds that the text speaks of danger, as far as its words tell. */
  readonly sum: number;
  /** What speaks for danger most, the heaviest first. */
  readonly reasons: readonly (Feature & { readonly points: number })[];
};

/** Adds up the weights of what a text holds. */
export function weigh(learned: LearnedWeights, features: readonly Feature[]): Weight {
  const weights = weightsOf(learned);
  const held = features.flatMap((feature) => {
    const points = weights.get(feature.name);
    return points === undefined ? [] : [{ ...feature, points }];
  });
  const share = shareOf(held.length);
  return {
    sum: held.reduce((sum, { points }) => sum + points * share, learned.base),
    reasons: held
      .filter(({ points }) => points > 0)
      .toSorted((left, right) => right.points - left.points),
  };
}
