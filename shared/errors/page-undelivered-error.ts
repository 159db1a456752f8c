import { CareError } from "./care-error.ts";

/** No path to the on-call worked: the alert stands in the queue and is paged again. */
export class PageUndeliveredError extends CareError {
  override readonly name = "PageUndeliveredError";
  override readonly isRetryable = true;
}
