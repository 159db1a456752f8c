import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { WriteOperation } from "../../../shared/ports/store.ts";
import type { ChangeAndMore } from "./on-episode.ts";

/** A change with the places that it takes: written together, or neither. */
export function withTaking(
  change: Change | Refusal,
  taking: readonly WriteOperation[],
): ChangeAndMore | Refusal {
  return isRefusal(change) ? change : { change, also: taking };
}
