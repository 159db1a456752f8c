import { CareError } from "./care-error.ts";

/** The store could not be reached, or the outcome of a write is unknown: read before writing again. */
export class StoreUnavailableError extends CareError {
  override readonly name = "StoreUnavailableError";
  override readonly isRetryable = true;
}
