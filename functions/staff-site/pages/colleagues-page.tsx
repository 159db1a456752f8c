import { Hono } from "hono/tiny";
import type { Site } from "../../../shared/care/program/site.ts";
import { stateNames } from "../../../shared/care/program/us-states.ts";
import { licensedIn } from "../../../shared/care/sessions/licences.ts";
import { worksFor } from "../../../shared/care/sessions/works-for.ts";
import { siteLeads } from "../../../shared/contracts/routes/sites.ts";
import { licenceBodySchema } from "../../../shared/contracts/site-bodies.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { loadSites } from "../../../shared/store/list-sites.ts";
import { listStaff } from "../../../shared/store/site-staff.ts";
import { TextField } from "../../../shared/web/parts/fields.tsx";
import { siteCommands } from "../../../workflows/run/commands/site-commands.ts";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { FormState } from "../forms/sent-form.ts";
import { type Colleague, namesOf, StaffField } from "../forms/staff-field.tsx";
import { FoldedForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { Table } from "../ui/parts.tsx";
import { formPage, formsOf, notHere, sentFormOf } from "./page-parts.tsx";

const path = "/staff/colleagues";

/** Who works here and does what, where they are licensed, who is away now, and who does their work meanwhile. */
export function colleaguesPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  app.get(path, (context) => show(context));

  app.post(path, async (context) => {
    if (!mayLicense(context)) return notHere(context);
    const form = context.get("form");
    const [, siteId = ""] = (form.get("form") ?? "").split(".");
    const refused = await sendForm(context, {
      schema: licenceBodySchema,
      body: {
        siteId,
        staffId: (form.get("staffId") ?? "").trim(),
        states: readStates(form.get("states") ?? ""),
      },
      names: {
        staffId: { field: "staffId", label: "Who" },
        states: { field: "states", label: "States" },
      },
      zone: "UTC",
      carryOut: (call, body) => siteCommands.licences(deps, call, body),
    });
    if (refused !== undefined) return show(context, refused);
    return context.redirect(`${path}?saved`, 303);
  });

  async function show(context: PageContext, refused?: RefusedForm) {
    const { siteIds } = context.get("staff");
    const sites = await loadSites(deps.store, siteIds);
    const lists = await Promise.all(sites.map(({ siteId }) => listStaff(deps.store, [siteId])));
    const now = deps.clock.now();
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const isSaved = refused === undefined && context.req.query("saved") !== undefined;
    return formPage(context, sent, refused, {
      title: "Colleagues",
      place: path,
      notice: isSaved ? (
        <p>Saved. Online sessions that are booked or changed from now on are held against it.</p>
      ) : undefined,
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
              {mayLicense(context) ? (
                <LicenceForm
                  state={forms(`licences.${site.siteId}`)}
                  site={site}
                  staff={lists[index] ?? []}
                />
              ) : null}
            </>
          ))}
        </>
      ),
    });
  }
  return app;
}

function mayLicense(context: PageContext): boolean {
  return context.get("staff").functions.some((one) => siteLeads.includes(one));
}

/** Postal codes as they are written, such as "ny, nj". */
function readStates(text: string): readonly string[] {
  return text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((code) => code !== "");
}

function LicenceForm({
  state,
  site,
  staff,
}: {
  readonly state: FormState;
  readonly site: Site;
  readonly staff: readonly Colleague[];
}) {
  return (
    <FoldedForm state={state} title="Say where somebody is licensed" button="Save">
      <p class="quiet">
        An online session with somebody who is in another state is said before it is saved. Of whom
        nothing is recorded here is taken to be licensed where the site is
        {site.state === undefined
          ? ", which nobody has said yet"
          : `, in ${stateNames([site.state])}`}
        .
      </p>
      <StaffField {...state.field("staffId")} label="Who" staff={staff} />
      <TextField
        {...state.field("states")}
        label="States, by their postal codes"
        hint="All of them, such as NY, NJ. Leave empty where there is no licence."
      />
    </FoldedForm>
  );
}

/** Where somebody is licensed, in words; a default says that it is one. */
function licenceWords(site: Site, staffId: string): string {
  const states = licensedIn(site, staffId);
  if (states === undefined) return "Not recorded";
  if (states.length === 0) return "Nowhere";
  const isRecorded = site.licences?.some((one) => one.staffId === staffId) === true;
  return isRecorded ? stateNames(states) : `Not recorded: taken to be ${stateNames(states)}`;
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
    <Table label={`Staff of ${site.name}`} head={["Name", "Does", "Licensed in", "Now"]}>
      {staff.map(({ staffId, name, functions }) => (
        <tr>
          <th scope="row">{name}</th>
          <td>{functions.map(plain).join(", ")}</td>
          <td>{licenceWords(site, staffId)}</td>
          <td>{standing(staffId)}</td>
        </tr>
      ))}
    </Table>
  );
}
