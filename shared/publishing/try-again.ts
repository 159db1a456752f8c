import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { TransactionConflictError } from "../errors/transaction-conflict-error.ts";

const attempts = 8;

/**
 * Reads, decides and writes again when somebody else was in the way.
 * @param once - reads afresh each time
 * @throws what the last attempt threw
 */
export async function tryAgain<Result>(once: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      const isRace =
        error instanceof ConditionFailedError || error instanceof TransactionConflictError;
      if (!isRace || attempt >= attempts) throw error;
    }
  }
}
