import { Hono } from "hono/tiny";
import { episodeStatuses, statusLabels } from "../../../shared/care/episode/status.ts";
import { siteLeads } from "../../../shared/contracts/routes/sites.ts";
import { listPeople, type PersonRow } from "../../../shared/staff/people/list-people.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import type { PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { ExportLink } from "../ui/export-link.tsx";
import { findForm, staffPage } from "../ui/layout.tsx";
import { Pages, pageAsked, rowsPerPage } from "../ui/pages.tsx";
import { shortInZone } from "../ui/times.ts";
import { UnreadableCard } from "../ui/unreadable-card.tsx";
import { zoneOf } from "./page-parts.tsx";

/** The people of the sites a member of staff has, by what is known of them and by phase. */
export function peoplePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  app.get("/staff/people", async (context) => {
    const staff = context.get("staff");
    const search = (context.req.query("search") ?? "").slice(0, 100);
    const phase = episodeStatuses.find((status) => status === context.req.query("phase"));
    const askedPage = pageAsked(context.req.query("page"), Number.MAX_SAFE_INTEGER);
    const part = { from: (askedPage - 1) * rowsPerPage, size: rowsPerPage };
    const listed = await listPeople(deps, staff, { search, phase, part });
    const { rows, total, unreadable } = listed;
    const [first] = rows;
    if (search.trim() !== "" && phase === undefined && total === 1 && first !== undefined)
      return context.redirect(`/staff/episodes/${first.episodeId}`, 303);
    const page = pageAsked(context.req.query("page"), total);
    const asked = new URLSearchParams({
      ...(search === "" ? {} : { search }),
      ...(phase === undefined ? {} : { phase }),
    });
    // Past the end of the list is its last page.
    if (page !== askedPage) {
      asked.set("page", String(page));
      return context.redirect(`/staff/people?${asked}`, 303);
    }
    const zone = await zoneOf(deps, context);
    const names = await staffNames(
      deps.store,
      rows.map(({ next }) => next?.assignedTo),
    );
    return staffPage(context, {
      title: search.trim() === "" ? "People" : `People: ${search.trim()}`,
      who: staff.name,
      place: "/staff/people",
      search,
      content: (
        <>
          <p>
            <a href="/staff/referral">Take a new referral</a>
          </p>
          {staff.functions.some((one) => siteLeads.includes(one)) ? (
            <p>
              <a href="/staff/versions">Move people to another version of their program</a>
            </p>
          ) : null}
          <div class="filter">
            <label for="phase">Where they are</label>
            <select id="phase" name="phase" form={findForm}>
              <option value="">Anywhere</option>
              {episodeStatuses.map((status) => (
                <option value={status} selected={status === phase}>
                  {statusLabels[status]}
                </option>
              ))}
            </select>
            <button type="submit" form={findForm}>
              Show
            </button>
          </div>
          <UnreadableCard episodeIds={unreadable} />
          {rows.length === 0 ? (
            <p class="card">
              {search.trim() === "" && phase === undefined
                ? "There is nobody yet."
                : `No participant matches${search === "" ? "" : ` “${search}”`}. Search looks at names, birth date, phone, email, record number and reference.`}
            </p>
          ) : (
            <section class="scroll list people" tabindex={0} aria-label="People">
              <table>
                <thead>
                  <tr>
                    {["Name", "Where they are", "Next", "By", "Whose", "Reference"].map((name) => (
                      <th scope="col">{name}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <PersonLine row={row} zone={zone} names={names} />
                  ))}
                </tbody>
              </table>
            </section>
          )}
          <Pages
            path="/staff/people"
            asked={asked}
            page={page}
            total={total}
            of={total === 1 ? "person" : "people"}
          />
          <ExportLink table="roster" asked={Object.fromEntries(asked)} staff={staff}>
            These people as a file for spreadsheets
          </ExportLink>
        </>
      ),
    });
  });
  return app;
}

type LineProps = {
  readonly row: PersonRow;
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
};

function PersonLine({ row, zone, names }: LineProps) {
  const { next } = row;
  return (
    <tr>
      <th scope="row">
        <a href={`/staff/episodes/${row.episodeId}`}>{row.name}</a>
      </th>
      <td>
        {row.phase}
        {row.week === undefined ? "" : `, week ${row.week}`}
      </td>
      <td>{next === undefined ? "Nothing is open" : next.label}</td>
      <td class={next?.isOverdue === true ? "late" : ""}>{shortInZone(next?.dueAt, zone)}</td>
      <td>
        {next === undefined
          ? ""
          : next.assignedTo === undefined
            ? plain(next.assignedFunction)
            : nameOrId(names, next.assignedTo)}
      </td>
      <td>{row.reference}</td>
    </tr>
  );
}
