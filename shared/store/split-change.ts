import type { WriteOperation } from "../ports/store.ts";

/** What one transaction holds. */
const maxOperations = 100;
const operationsPerRest = 40;
/** Far below what one item holds, whatever script the words are in. */
const charactersPerRest = 60_000;

/**
 * Parts a commit that is larger than a transaction: what must hold at once stays together, the rest is
 * stored beside it, to be written by outbox entries. Most commits have 5 to 30 operations and are not parted.
 *
 * @param input.together - what decides the commit and what decisions look at
 * @param input.later - what may follow: in the order in which it should
 */
export function splitChange(input: {
  readonly together: readonly WriteOperation[];
  readonly later: readonly WriteOperation[];
}): { readonly now: readonly WriteOperation[]; readonly rests: readonly WriteOperation[][] } {
  const { together, later } = input;
  if (together.length + later.length <= maxOperations)
    return { now: [...together, ...later], rests: [] };
  const room = maxOperations - together.length;
  for (let kept = Math.max(0, room - 1); kept > 0; kept -= 1) {
    const rests = inRests(later.slice(kept));
    if (kept + rests.length <= room) return { now: [...together, ...later.slice(0, kept)], rests };
  }
  return { now: [...together], rests: inRests(later) };
}

function inRests(operations: readonly WriteOperation[]): WriteOperation[][] {
  const rests: WriteOperation[][] = [];
  let characters = 0;
  for (const operation of operations) {
    const size = JSON.stringify(operation).length;
    const last = rests.at(-1);
    if (
      last === undefined ||
      last.length >= operationsPerRest ||
      characters + size > charactersPerRest
    ) {
      rests.push([operation]);
      characters = size;
    } else {
      last.push(operation);
      characters += size;
    }
  }
  return rests;
}
