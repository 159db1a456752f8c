import { CareError } from "./care-error.ts";

/**
 * An event of another service that cannot be read at all. Thrown, so that it is tried again and then
 * stands in the function's queue of failed events, whose alarm brings a person; never a success.
 */
export class UnreadableEventError extends CareError {
  override readonly name = "UnreadableEventError";
  override readonly isRetryable = false;
}
