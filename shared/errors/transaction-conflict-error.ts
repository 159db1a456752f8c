import { CareError } from "./care-error.ts";

/** Another transaction was in the way; nothing was written and the same call may be made again. */
export class TransactionConflictError extends CareError {
  override readonly name = "TransactionConflictError";
  override readonly isRetryable = true;
}
