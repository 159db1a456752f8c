import { CareError } from "./care-error.ts";

/** A state machine asked for a step or outcome that the step table does not have. */
export class UnknownStepError extends CareError {
  override readonly name = "UnknownStepError";
  override readonly isRetryable = false;
}
