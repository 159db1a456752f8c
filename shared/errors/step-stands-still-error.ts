import { CareError } from "./care-error.ts";

/** A workflow went round and round without changing anything: it ends in a task for a person. */
export class StepStandsStillError extends CareError {
  override readonly name = "StepStandsStillError";
  override readonly isRetryable = false;
}
