import { Hono } from "hono/tiny";
import type { Site } from "../../../shared/care/program/site.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { siteLeads } from "../../../shared/contracts/routes/sites.ts";
import { closureBodySchema, closureUndoBodySchema } from "../../../shared/contracts/site-bodies.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { SelectField, TextField } from "../../../shared/web/parts/fields.tsx";
import { siteCommands } from "../../../workflows/run/commands/site-commands.ts";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { Forms } from "../forms/sent-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { Table } from "../ui/parts.tsx";
import { dayLabel } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf } from "./page-parts.tsx";

const path = "/staff/closures";
const names = {
  siteId: { field: "siteId", label: "Site" },
  on: { field: "on", label: "Day" },
  until: { field: "until", label: "Last day" },
  words: { field: "words", label: "Why" },
};

/** Days on which a site is closed: closing one cancels its sessions and tells everybody, opening it brings them back. */
export function closuresPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();

  app.get(path, (context) => show(context));

  app.post(path, async (context) => {
    const form = context.get("form");
    const sites = await sitesOf(context);
    const [siteId = "", day = ""] = (form.get("form") ?? "").startsWith("open.")
      ? (form.get("form") ?? "").slice("open.".length).split(".")
      : [form.get("siteId") ?? sites[0]?.siteId];
    if (!mayChange(context)) return notHere(context);
    const zone = sites.find((site) => site.siteId === siteId)?.timeZone ?? "UTC";
    const until = form.get("until") ?? "";
    const refused =
      day === ""
        ? await sendForm(context, {
            schema: closureBodySchema,
            body: {
              siteId,
              on: form.get("on") ?? "",
              words: form.get("words") ?? "",
              ...(until === "" ? {} : { until }),
            },
            names,
            zone,
            carryOut: (call, body) => siteCommands.close(deps, call, body),
          })
        : await sendForm(context, {
            schema: closureUndoBodySchema,
            body: { siteId, on: day },
            names,
            zone,
            carryOut: (call, body) => siteCommands.open(deps, call, body),
          });
    if (refused !== undefined) return show(context, refused);
    return context.redirect(`${path}?saved=${day === "" ? "closed" : "open"}`, 303);
  });

  function sitesOf(context: PageContext): Promise<readonly Site[]> {
    return Promise.all(context.get("staff").siteIds.map((siteId) => loadSite(deps, siteId)));
  }

  async function show(context: PageContext, refused?: RefusedForm) {
    const sites = await sitesOf(context);
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const saved = refused === undefined ? context.req.query("saved") : undefined;
    return formPage(context, sent, refused, {
      title: "Closed days",
      place: path,
      notice: noticeOf(saved),
      content: (
        <>
          {mayChange(context) ? (
            <CloseForm sites={sites} forms={forms} today={todayOf(deps, sites)} />
          ) : (
            <p class="card">Site leads and supervisors close a site and open it again.</p>
          )}
          {sites.map((site) => (
            <ClosedDays
              site={site}
              forms={forms}
              today={localDate(deps.clock.now(), site.timeZone)}
              mayOpen={mayChange(context)}
            />
          ))}
        </>
      ),
    });
  }
  return app;
}

function noticeOf(saved: string | undefined) {
  if (saved === "closed")
    return (
      <p>
        The site is closed on that day. Sessions that have not begun are cancelled, and everybody
        expected is told; whoever no message can reach stands in the queue as a call.
      </p>
    );
  return saved === "open" ? (
    <p>The site is open on that day. Its sessions are held, and whoever was told is told so.</p>
  ) : undefined;
}

function mayChange(context: PageContext): boolean {
  return context.get("staff").functions.some((one) => siteLeads.includes(one));
}

function todayOf(deps: StaffSiteDeps, [site]: readonly Site[]): string {
  return localDate(deps.clock.now(), site?.timeZone ?? "UTC");
}

function CloseForm({
  sites,
  forms,
  today,
}: {
  readonly sites: readonly Site[];
  readonly forms: Forms;
  readonly today: string;
}) {
  const state = forms("close");
  return (
    <StaffForm state={state}>
      <h2>Close the site</h2>
      {sites.length > 1 ? (
        <SelectField
          {...state.field("siteId")}
          label="Site"
          options={sites.map((site) => ({ value: site.siteId, text: site.name }))}
        />
      ) : null}
      <TextField {...state.field("on", today)} label="Day" type="date" />
      <TextField
        {...state.field("until")}
        label="Last day, if it is more than one (optional)"
        type="date"
      />
      <TextField {...state.field("words")} label="Why, such as “Snow”" />
      <div class="buttons">
        <button type="submit">Close and tell everybody</button>
      </div>
      <p class="quiet">
        Sessions that have not begun are cancelled with their reminders and hours. A text or email
        goes at once, between 6 AM and 9 PM.
      </p>
    </StaffForm>
  );
}

function ClosedDays({
  site,
  forms,
  today,
  mayOpen,
}: {
  readonly site: Site;
  readonly forms: Forms;
  readonly today: string;
  readonly mayOpen: boolean;
}) {
  const days = site.closures.filter(({ on }) => on >= today);
  return (
    <>
      <h2>{site.name}</h2>
      {days.length === 0 ? (
        <p class="card">No closed days are planned.</p>
      ) : (
        <Table label={`Closed days of ${site.name}`} head={["Day", "Why", "Open after all"]}>
          {days.map(({ on, words }) => (
            <tr>
              <th scope="row">{dayLabel(on)}</th>
              <td>{words}</td>
              <td>
                {mayOpen ? (
                  <StaffForm state={forms(`open.${site.siteId}.${on}`)} isCard={false}>
                    <button type="submit" class="second" aria-label={`Open on ${dayLabel(on)}`}>
                      Open
                    </button>
                  </StaffForm>
                ) : (
                  ""
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
