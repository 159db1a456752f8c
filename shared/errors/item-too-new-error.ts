import { CareError } from "./care-error.ts";

/** The item was written by a newer release: this one must leave it alone. */
export class ItemTooNewError extends CareError {
  override readonly name = "ItemTooNewError";
  override readonly isRetryable = false;
}
