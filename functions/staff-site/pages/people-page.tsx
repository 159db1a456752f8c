import { Hono } from "hono/tiny";
import { episodeStatuses, statusLabels } from "../../../shared/care/episode/status.ts";
import { listPeople } from "../../../shared/staff/people/list-people.ts";
import type { PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { Table } from "../ui/parts.tsx";

/** The people of the sites a member of staff has, by name or reference and by phase. */
export function peoplePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  app.get("/staff/people", async (context) => {
    const staff = context.get("staff");
    const search = (context.req.query("search") ?? "").slice(0, 100);
    const phase = episodeStatuses.find((status) => status === context.req.query("phase"));
    const rows = await listPeople(deps.store, staff, search, phase);
    return staffPage(context, {
      title: "People",
      who: staff.name,
      place: "/staff/people",
      content: (
        <>
          <form method="get" action="/staff/people" class="card row">
            <div>
              <label for="search">Name or reference</label>
              <input type="search" id="search" name="search" value={search} />
            </div>
            <div>
              <label for="phase">Where they are</label>
              <select id="phase" name="phase">
                <option value="">Anywhere</option>
                {episodeStatuses.map((status) => (
                  <option value={status} selected={status === phase}>
                    {statusLabels[status]}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit">Search</button>
          </form>
          {rows.length === 0 ? (
            <p class="card">
              {search === "" && phase === undefined
                ? "There is nobody yet."
                : "No participant matches. Search looks at name and reference."}
            </p>
          ) : (
            <Table label="People" head={["Name", "Where they are", "Reference"]}>
              {rows.map((row) => (
                <tr>
                  <th scope="row">
                    <a href={`/staff/episodes/${row.episodeId}`}>{row.name}</a>
                  </th>
                  <td>
                    {row.phase}
                    {row.week === undefined ? "" : `, week ${row.week}`}
                  </td>
                  <td>{row.reference}</td>
                </tr>
              ))}
            </Table>
          )}
        </>
      ),
    });
  });
  return app;
}
