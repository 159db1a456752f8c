import type { Pause } from "../../shared/ports/pause.ts";

/** Does not wait: in memory another try may come at once. */
export const noPause: Pause = { milliseconds: () => Promise.resolve() };
