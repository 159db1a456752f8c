import { getParticipants } from "../../../shared/contracts/routes/people.ts";
import { listPeople } from "../../../shared/staff/people/list-people.ts";
import { serve } from "../serve-route.ts";

const pageSize = 50;
const maxSearchLength = 100;

/** The people of the member of staff's sites, by their names. */
export const participantRoutes = [
  serve(getParticipants, async ({ staff, query }, deps) => {
    const search = (query.search ?? "").slice(0, maxSearchLength);
    const { rows, unreadable } = await listPeople(deps, staff, search, query.phase);
    const from = Number(query.cursor ?? "0");
    const next = from + pageSize;
    return {
      items: rows.slice(from, next),
      ...(rows.length > next ? { next: String(next) } : {}),
      ...(unreadable.length > 0 ? { unreadable: [...unreadable] } : {}),
    };
  }),
];
