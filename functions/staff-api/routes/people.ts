import { getParticipants } from "../../../shared/contracts/routes/people.ts";
import { listPeople } from "../../../shared/staff/people/list-people.ts";
import { serve } from "../serve-route.ts";

const pageSize = 50;
const maxSearchLength = 100;

/** The people of the member of staff's sites, by their names. */
export const participantRoutes = [
  serve(getParticipants, async ({ staff, query }, deps) => {
    const search = (query.search ?? "").slice(0, maxSearchLength);
    const from = Number(query.cursor ?? "0");
    const next = from + pageSize;
    const part = { from, size: pageSize };
    const listed = await listPeople(deps, staff, { search, phase: query.phase, part });
    const { rows, total, unreadable } = listed;
    return {
      items: [...rows],
      ...(total > next ? { next: String(next) } : {}),
      ...(unreadable.length > 0 ? { unreadable: [...unreadable] } : {}),
    };
  }),
];
