import { CareError } from "./care-error.ts";

/** What was asked for does not exist, or not for the one who asks. */
export class NotFoundError extends CareError {
  override readonly name = "NotFoundError";
  override readonly isRetryable = false;
}
