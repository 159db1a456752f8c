import { html } from "hono/html";
import { Hono } from "hono/tiny";
import { episodeStatuses, statusWords } from "../../../shared/care/episode/status.ts";
import { listPeople } from "../../../shared/staff/people/list-people.ts";
import type { ApiVariables } from "../authenticate.ts";
import { staffLayout, table } from "./layout.ts";
import type { PageDeps } from "./page-deps.ts";

/** The people of the sites a member of staff has, by name or reference and by phase. */
export function peoplePage(deps: PageDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();
  app.get("/staff/people", async (context) => {
    const staff = context.get("staff");
    const search = (context.req.query("search") ?? "").slice(0, 100);
    const phase = episodeStatuses.find((status) => status === context.req.query("phase"));
    const rows = await listPeople(deps.store, staff, search, phase);
    return context.html(
      staffLayout({
        title: "People",
        who: staff.name,
        place: "/staff/people",
        content: html`<form method="get" action="/staff/people" class="card row"><div><label for="search">Name or reference</label><input type="search" id="search" name="search" value="${search}"></div><div><label for="phase">Where they are</label><select id="phase" name="phase"><option value="">Anywhere</option>${episodeStatuses.map(
          (status) =>
            html`<option value="${status}"${status === phase ? html` selected` : ""}>${statusWords[status]}</option>`,
        )}</select></div><button>Search</button></form>${
          rows.length === 0
            ? html`<p class="card">${search === "" && phase === undefined ? "There is nobody yet." : "No participant matches. Search looks at name and reference."}</p>`
            : table(
                "People",
                ["Name", "Where they are", "Reference"],
                rows.map(
                  (row) =>
                    html`<tr><th scope="row"><a href="/staff/episodes/${row.episodeId}">${row.name}</a></th><td>${row.phase}${row.week === undefined ? "" : `, week ${row.week}`}</td><td>${row.reference}</td></tr>`,
                ),
              )
        }`,
      }),
    );
  });
  return app;
}
