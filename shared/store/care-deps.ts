import type { WorkflowReviews } from "../care/runs/step-result.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { Pause } from "../ports/pause.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { Store } from "../ports/store.ts";

/** What reads and writes care. */
export type StoreDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
  readonly pause: Pause;
};

/** What every use case that reads and changes care needs. */
export type CareDeps = StoreDeps & {
  /** Every workflow's reviews: a commit asks them whose wait no longer fits. */
  readonly reviews: WorkflowReviews;
};
