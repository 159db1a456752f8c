import { CareError } from "./care-error.ts";

/** A transaction holds more operations than the store takes at once: a change to design smaller. */
export class TransactionTooLargeError extends CareError {
  override readonly name = "TransactionTooLargeError";
  override readonly isRetryable = false;

  constructor(operationCount: number, limit: number) {
    super("The transaction holds more operations than the store takes at once", {
      operationCount,
      limit,
    });
  }
}
