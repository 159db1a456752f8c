import { CareError } from "./care-error.ts";

/** A provider asked for fewer calls; the call was not carried out. */
export class ProviderThrottledError extends CareError {
  override readonly name = "ProviderThrottledError";
  override readonly isRetryable = true;
}
