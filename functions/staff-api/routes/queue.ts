import { getQueue } from "../../../shared/contracts/routes/queue.ts";
import { loadQueue, queueRows } from "../../../shared/staff/queue/queue-row.ts";
import { serve } from "../serve-route.ts";

const pageSize = 50;

/** The work of the member of staff's sites, tab by tab, a page at a time. */
export const queueRoutes = [
  serve(getQueue, async ({ staff, query: { tab, whose, cursor } }, deps) => {
    const queue = await loadQueue(deps, staff, whose);
    const from = Number(cursor ?? "0");
    const part = { from, size: pageSize };
    const { rows, total } = await queueRows(deps, staff, queue, { tab, whose, part });
    const next = from + pageSize;
    return {
      tab,
      counts: queue.counts,
      items: [...rows],
      ...(total > next ? { next: String(next) } : {}),
    };
  }),
];
