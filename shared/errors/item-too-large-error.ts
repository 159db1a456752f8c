import { CareError } from "./care-error.ts";

/** An item would hold more than the database lets one hold: nothing was written, and trying again does not help. */
export class ItemTooLargeError extends CareError {
  override readonly name = "ItemTooLargeError";
  override readonly isRetryable = false;
}
