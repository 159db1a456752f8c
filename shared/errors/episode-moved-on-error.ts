import { CareError } from "./care-error.ts";

/** The episode changed while a wait was planned: what is due must be worked out again. */
export class EpisodeMovedOnError extends CareError {
  override readonly name = "EpisodeMovedOnError";
  override readonly isRetryable = false;
}
