import { CareError } from "./care-error.ts";

/** A newer execution carries this run on: this one ends. */
export class SupersededError extends CareError {
  override readonly name = "SupersededError";
  override readonly isRetryable = false;
}
