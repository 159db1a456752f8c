import { getQueue } from "../../../shared/contracts/routes/queue.ts";
import { listQueueWithCounts } from "../../../shared/staff/queue/queue-row.ts";
import { serve } from "../serve-route.ts";

/** The work of the member of staff's sites, tab by tab. */
export const queueRoutes = [
  serve(getQueue, async ({ staff, query: { tab } }, deps) => {
    const { rows, counts } = await listQueueWithCounts(deps, staff, tab);
    return { tab, counts, items: rows };
  }),
];
