import { CareError } from "./care-error.ts";

/** The store was asked for something it never does, such as one item twice in a transaction: a defect. */
export class StoreMisuseError extends CareError {
  override readonly name = "StoreMisuseError";
  override readonly isRetryable = false;
}
