import { Hono } from "hono/tiny";
import { episodeStatuses, statusLabels } from "../../../shared/care/episode/status.ts";
import { listPeople } from "../../../shared/staff/people/list-people.ts";
import type { PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { Pages, pageAsked, rowsPerPage } from "../ui/pages.tsx";
import { Table } from "../ui/parts.tsx";

/** The people of the sites a member of staff has, by what is known of them and by phase. */
export function peoplePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  app.get("/staff/people", async (context) => {
    const staff = context.get("staff");
    const search = (context.req.query("search") ?? "").slice(0, 100);
    const phase = episodeStatuses.find((status) => status === context.req.query("phase"));
    const { rows, unreadable } = await listPeople(deps, staff, search, phase);
    const page = pageAsked(context.req.query("page"), rows.length);
    const shown = rows.slice((page - 1) * rowsPerPage, page * rowsPerPage);
    const asked = new URLSearchParams({
      ...(search === "" ? {} : { search }),
      ...(phase === undefined ? {} : { phase }),
    });
    return staffPage(context, {
      title: "People",
      who: staff.name,
      place: "/staff/people",
      content: (
        <>
          <form method="get" action="/staff/people" class="card row">
            <div class="wide">
              <label for="search">Name, birth date, phone, email, record number or reference</label>
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
          {unreadable.length === 0 ? null : (
            <div class="card urgent">
              <p>
                <strong>
                  {unreadable.length === 1
                    ? "The record of one person cannot be read"
                    : `The records of ${unreadable.length} people cannot be read`}
                </strong>{" "}
                and stand in no list. Look after them by hand, and tell whoever looks after
                Throughcare: {unreadable.slice(0, 10).join(", ")}
              </p>
            </div>
          )}
          {rows.length === 0 ? (
            <p class="card">
              {search === "" && phase === undefined
                ? "There is nobody yet."
                : `No participant matches${search === "" ? "" : ` “${search}”`}. Search looks at names, birth date, phone, email, record number and reference.`}
            </p>
          ) : (
            <Table label="People" head={["Name", "Where they are", "Reference"]}>
              {shown.map((row) => (
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
          <Pages path="/staff/people" asked={asked} page={page} total={rows.length} of="people" />
        </>
      ),
    });
  });
  return app;
}
