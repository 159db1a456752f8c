import { ConditionFailedError } from "../../shared/errors/condition-failed-error.ts";
import type { WriteOperation } from "../../shared/ports/store.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";

/**
 * Writes what did not fit into the transaction of a commit. An item that is no longer as the commit found
 * it was written by an earlier try, or has moved on since and stays as it is.
 */
export async function writeRest(
  deps: Pick<CareDeps, "store" | "pause" | "clock" | "ids">,
  operations: readonly WriteOperation[],
): Promise<void> {
  if (await isWritten(deps, operations)) return;
  for (const operation of operations) await isWritten(deps, [operation]);
}

async function isWritten(
  deps: Pick<CareDeps, "store" | "pause" | "clock" | "ids">,
  operations: readonly WriteOperation[],
): Promise<boolean> {
  try {
    await transactWithRetry(deps, operations);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}
