import type { RefusalCode } from "../../care/change/change.ts";

/** The HTTP status that says why the rules of care refused something. */
export const refusalStatus: Readonly<Record<RefusalCode, 400 | 404 | 409>> = {
  "not-found": 404,
  // What one may not touch looks like what is not there.
  "not-allowed": 404,
  "not-now": 409,
  "already-decided": 409,
  "stale-version": 409,
  invalid: 400,
  "locked-by-safety": 409,
};
