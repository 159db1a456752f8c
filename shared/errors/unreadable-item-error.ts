import { CareError } from "./care-error.ts";

/**
 * A stored item does not have the shape that this release reads. Nothing is decided from it. Trying again is
 * right: the next release, or whoever mends the item, makes it readable.
 *
 * `details` name the table, the key, and the path of the fault: never what stands there.
 */
export class UnreadableItemError extends CareError {
  override readonly name = "UnreadableItemError";
  override readonly isRetryable = true;
}
