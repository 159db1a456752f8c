import type { Logger } from "../../shared/ports/logger.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";

export type ParticipantSiteDeps = CareDeps & {
  readonly logger: Logger;
  /** Where the pages are reached, without a slash at the end. */
  readonly publicOrigin: string;
};
