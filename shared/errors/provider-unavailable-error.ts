import { CareError } from "./care-error.ts";

/** A provider could not be reached, or answered with a fault of its own; the call may be made again. */
export class ProviderUnavailableError extends CareError {
  override readonly name = "ProviderUnavailableError";
  override readonly isRetryable = true;
}
