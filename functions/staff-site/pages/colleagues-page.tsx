import { Hono } from "hono/tiny";
import type { Site } from "../../../shared/care/program/site.ts";
import { worksFor } from "../../../shared/care/sessions/works-for.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { loadSites } from "../../../shared/store/list-sites.ts";
import { listStaff } from "../../../shared/store/site-staff.ts";
import { type Colleague, namesOf } from "../forms/staff-field.tsx";
import type { PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { Table } from "../ui/parts.tsx";

const path = "/staff/colleagues";

/** Who works here and does what, who is away now, and who does their work meanwhile. */
export function colleaguesPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  app.get(path, async (context) => {
    const { name, siteIds } = context.get("staff");
    const sites = await loadSites(deps.store, siteIds);
    const lists = await Promise.all(sites.map(({ siteId }) => listStaff(deps.store, [siteId])));
    const now = deps.clock.now();
    return staffPage(context, {
      title: "Colleagues",
      who: name,
      place: path,
      content: (
        <>
          <p>
            Who is away is written down under <a href="/staff/closures">Closed days and absences</a>
            . Their work shows under “Mine” of whoever covers meanwhile.
          </p>
          {sites.map((site, index) => (
            <>
              <h2>{site.name}</h2>
              <StaffTable site={site} staff={lists[index] ?? []} now={now} />
            </>
          ))}
        </>
      ),
    });
  });
  return app;
}

function StaffTable({
  site,
  staff,
  now,
}: {
  readonly site: Site;
  readonly staff: readonly Colleague[];
  readonly now: string;
}) {
  const known = namesOf(staff);
  const standing = (staffId: string) => {
    const worker = worksFor(site, staffId, now);
    if (worker === staffId) return "Here";
    return worker === undefined
      ? "Away: nobody covers, their work shows to the supervisors"
      : `Away: ${nameOrId(known, worker)} covers`;
  };
  return (
    <Table label={`Staff of ${site.name}`} head={["Name", "Does", "Now"]}>
      {staff.map(({ staffId, name, functions }) => (
        <tr>
          <th scope="row">{name}</th>
          <td>{functions.map(plain).join(", ")}</td>
          <td>{standing(staffId)}</td>
        </tr>
      ))}
    </Table>
  );
}
