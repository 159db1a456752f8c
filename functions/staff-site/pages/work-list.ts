import type { Store } from "../../../shared/ports/store.ts";
import { onePerSession } from "../../../shared/staff/queue/one-per-session.ts";
import {
  countsOf,
  loadQueue,
  type Queue,
  type QueueRow,
  queueRows,
} from "../../../shared/staff/queue/queue-row.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";
import { pageAsked, rowsPerPage } from "../ui/pages.tsx";
import type { Place } from "../ui/place.ts";

/** The part of the queue that stands on one page. */
export type WorkList = {
  readonly place: Place;
  readonly rows: readonly QueueRow[];
  readonly total: number;
  readonly counts: Queue["counts"];
  /** How many people's attendance is asked for, by group session. */
  readonly unmarked: ReadonlyMap<string, number>;
};

/**
 * A page of the queue, as the list shows it and as it stands beside what was opened from it.
 * @param asked - `tab` is chosen by what there is where it is missing
 */
export async function loadWorkList(
  deps: { readonly store: Store; readonly clock: { now(): string } },
  staff: StaffMember,
  asked: Pick<Place, "whose"> & { readonly tab?: Place["tab"]; readonly page: string | undefined },
): Promise<WorkList> {
  const { whose } = asked;
  const { open, unmarked } = onePerSession((await loadQueue(deps, staff, whose)).open);
  const queue = { open, counts: countsOf(open, deps.clock.now()) };
  // Without a tab: what is about safety when there is any, else what waits for a decision.
  const tab = asked.tab ?? ((queue.counts.safety ?? 0) > 0 ? "safety" : "approvals");
  const most = tab === "done" ? Number.MAX_SAFE_INTEGER : (queue.counts[tab] ?? 0);
  const page = pageAsked(asked.page, most);
  const part = { from: (page - 1) * rowsPerPage, size: rowsPerPage };
  const { rows, total } = await queueRows(deps, staff, queue, { tab, whose, part });
  return { place: { tab, whose, page }, rows, total, counts: queue.counts, unmarked };
}
