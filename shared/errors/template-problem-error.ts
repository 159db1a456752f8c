import { CareError } from "./care-error.ts";

/** A template does not have what a message needs: no words for the channel, or an unfilled variable. */
export class TemplateProblemError extends CareError {
  override readonly name = "TemplateProblemError";
  override readonly isRetryable = false;
}
