import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { StoreUnavailableError } from "../errors/store-unavailable-error.ts";
import { TransactionConflictError } from "../errors/transaction-conflict-error.ts";
import type { Pause } from "../ports/pause.ts";
import { isCarriedOutRequest } from "./remembered-request.ts";

/**
 * Tries of one change of an aggregate that others are changing as well. 24 may write at once, and each of them
 * may come last: 24 tries, and room for transactions that were in each other's way.
 */
const maxTries = 40;
const firstPauseMs = 10;
const longestPauseMs = 320;

/** True where another write was first: nothing was written, and a fresh look decides again. */
export function isInTheWay(error: unknown): boolean {
  return error instanceof ConditionFailedError || error instanceof TransactionConflictError;
}

/**
 * Looks, decides and writes, and does so again while others change the same: with a pause that grows and is
 * partly chance, so that those who collided do not meet again, and within some ten seconds in all.
 *
 * @param tryOnce - reads afresh each time; must tell a repeat of its own from a new change
 * @param unknownOutcomes - how often it may be tried again after the store gave no answer; 0 by default
 * @throws what the last try threw; at once where the request itself has been carried out meanwhile
 */
export async function amongOthers<Result>(
  deps: { readonly pause: Pause },
  tryOnce: () => Promise<Result>,
  unknownOutcomes = 0,
): Promise<Result> {
  let unknown = 0;
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryOnce();
    } catch (error) {
      if (error instanceof StoreUnavailableError && unknown < unknownOutcomes) {
        unknown += 1;
        await deps.pause.milliseconds(50 * unknown);
        continue;
      }
      if (!isInTheWay(error) || isCarriedOutRequest(error) || tries >= maxTries) throw error;
      await deps.pause.milliseconds(Math.min(longestPauseMs, firstPauseMs * 2 ** tries));
    }
  }
}
