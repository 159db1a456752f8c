// Long because it is one page: closed days, holidays and leaders who are away.

import { Hono } from "hono/tiny";
import type { Site } from "../../../shared/care/program/site.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { holidaysAhead } from "../../../shared/care/time/federal-holidays.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { schedulers } from "../../../shared/contracts/routes/sessions.ts";
import { siteLeads } from "../../../shared/contracts/routes/sites.ts";
import {
  absenceBodySchema,
  absenceUndoBodySchema,
  closureBodySchema,
  closureUndoBodySchema,
  holidaysBodySchema,
} from "../../../shared/contracts/site-bodies.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { listStaff } from "../../../shared/store/site-staff.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { Checkbox } from "../../../shared/web/parts/choices.tsx";
import { SelectField, TextField } from "../../../shared/web/parts/fields.tsx";
import { absenceCommands } from "../../../workflows/run/commands/absence-commands.ts";
import { siteCommands } from "../../../workflows/run/commands/site-commands.ts";
import { OutsideLicence, readOutsideLicence } from "../forms/outside-licence.tsx";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { Forms } from "../forms/sent-form.ts";
import { type Colleague, namesOf, StaffField } from "../forms/staff-field.tsx";
import { FoldedForm, StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { Table } from "../ui/parts.tsx";
import { dayLabel, inZone } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf } from "./page-parts.tsx";

const path = "/staff/closures";
const names = {
  siteId: { field: "siteId", label: "Site" },
  on: { field: "on", label: "Day" },
  until: { field: "until", label: "Last day" },
  words: { field: "words", label: "Why" },
  "hours.from": { field: "fromTime", label: "Closed from" },
  "hours.to": { field: "toTime", label: "Closed until" },
  hours: { field: "fromTime", label: "Hours" },
  onlineAddress: { field: "onlineAddress", label: "Online address" },
};
const dayField = "day.";

/** Days on which a site is closed: closing one cancels its sessions and tells everybody, opening it brings them back. */
export function closuresPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();

  app.get(path, (context) => show(context));

  app.post(path, async (context) => {
    const form = context.get("form");
    const [name = "", which = "", day = ""] = (form.get("form") ?? "").split(".");
    const isOfLeader = name === "away" || name === "back";
    if (!(isOfLeader ? mayNote(context) : mayChange(context))) return notHere(context);
    const sites = await sitesOf(context);
    const isOfSite = name === "open" || name === "holidays";
    const siteId = isOfSite ? which : (form.get("siteId") ?? sites[0]?.siteId ?? "");
    const site = sites.find((one) => one.siteId === siteId);
    const common = { zone: site?.timeZone ?? "UTC" };
    const refused = isOfLeader
      ? await sendAbsence(context, name === "back" ? which : undefined, siteId, common.zone)
      : name === "open"
        ? await sendForm(context, {
            ...common,
            schema: closureUndoBodySchema,
            body: { siteId, on: day },
            names,
            carryOut: (call, body) => siteCommands.open(deps, call, body),
          })
        : name === "holidays"
          ? await sendForm(context, {
              ...common,
              schema: holidaysBodySchema,
              body: { siteId, days: tickedDays(form) },
              names: { days: { field: `${dayField}first`, label: "Holidays" } },
              carryOut: (call, body) => siteCommands.holidays(deps, call, body),
            })
          : await sendForm(context, {
              ...common,
              schema: closureBodySchema,
              body: { siteId, ...readClosure(form) },
              names,
              carryOut: (call, body) => siteCommands.close(deps, call, body),
            });
    if (refused !== undefined) return show(context, refused);
    return context.redirect(`${path}?saved=${name}`, 303);
  });

  function sendAbsence(
    context: PageContext,
    absenceId: string | undefined,
    siteId: string,
    zone: string,
  ): Promise<RefusedForm | undefined> {
    if (absenceId !== undefined)
      return sendForm(context, {
        schema: absenceUndoBodySchema,
        body: { siteId, absenceId },
        names: {},
        zone,
        carryOut: (call, body) => absenceCommands.takeBack(deps, call, body),
      });
    return sendForm(context, {
      schema: absenceBodySchema,
      body: { siteId, ...readAbsence(context.get("form")) },
      names: absenceNames,
      zone,
      carryOut: (call, body) => absenceCommands.note(deps, call, body),
    });
  }

  function sitesOf(context: PageContext): Promise<readonly Site[]> {
    return Promise.all(context.get("staff").siteIds.map((siteId) => loadSite(deps, siteId)));
  }

  async function show(context: PageContext, refused?: RefusedForm) {
    const [sites, staff] = await Promise.all([
      sitesOf(context),
      listStaff(deps.store, context.get("staff").siteIds),
    ]);
    const names = namesOf(staff);
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const saved = refused === undefined ? context.req.query("saved") : undefined;
    return formPage(context, sent, refused, {
      title: "Closed days and absences",
      place: path,
      notice: noticeOf(saved),
      content: (
        <>
          {mayChange(context) ? (
            <CloseForm sites={sites} forms={forms} today={todayOf(deps, sites)} />
          ) : (
            <p class="card">Site leads and supervisors close a site and open it again.</p>
          )}
          {sites.map((site) => {
            const today = localDate(deps.clock.now(), site.timeZone);
            return (
              <>
                <ClosedDays site={site} forms={forms} today={today} mayOpen={mayChange(context)} />
                {mayChange(context) ? <Holidays site={site} forms={forms} today={today} /> : null}
                <Absences
                  site={site}
                  forms={forms}
                  today={today}
                  mayNote={mayNote(context)}
                  names={names}
                />
              </>
            );
          })}
          {mayNote(context) ? (
            <AwayForm sites={sites} forms={forms} today={todayOf(deps, sites)} staff={staff} />
          ) : null}
        </>
      ),
    });
  }
  return app;
}

const notices: Readonly<Record<string, string>> = {
  close:
    "Saved. Sessions that have not begun are cancelled or put online, and everybody expected is told; whoever no message can reach stands in the queue as a call.",
  holidays:
    "The site is closed on these days. Weeks that are open already follow at once; everybody expected is told.",
  open: "The site is open on that day. Its sessions are held, and whoever was told is told so.",
  away: "Saved. Groups have their cover, or are cancelled; visits are cancelled, and people are told.",
  back: "Saved. What was cancelled for it is held, and whoever was told is told so.",
};

function noticeOf(saved: string | undefined) {
  const words = saved === undefined ? undefined : ownValue(notices, saved);
  return words === undefined ? undefined : <p>{words}</p>;
}

/** What the form says about a closure, as the command's body. */
function readClosure(form: Form): Readonly<Record<string, unknown>> {
  const field = (name: string) => (form.get(name) ?? "").trim();
  const given = (name: string) => (field(name) === "" ? {} : { [name]: field(name) });
  const hasHours = field("fromTime") !== "" || field("toTime") !== "";
  return {
    on: field("on"),
    words: field("words"),
    ...given("until"),
    ...given("onlineAddress"),
    ...readOutsideLicence(form),
    ...(hasHours ? { hours: { from: field("fromTime"), to: field("toTime") } } : {}),
  };
}

function readAbsence(form: Form): Readonly<Record<string, unknown>> {
  const field = (name: string) => (form.get(name) ?? "").trim();
  const given = (name: string, as: string) => (field(name) === "" ? {} : { [as]: field(name) });
  return {
    staffId: field("staffId"),
    from: field("from"),
    words: field("why"),
    ...given("lastDay", "until"),
    ...given("coverId", "coverId"),
    ...readOutsideLicence(form),
  };
}

const absenceNames = {
  siteId: { field: "siteId", label: "Site" },
  staffId: { field: "staffId", label: "Who is away" },
  from: { field: "from", label: "First day" },
  until: { field: "lastDay", label: "Last day" },
  coverId: { field: "coverId", label: "Cover" },
  words: { field: "why", label: "Why" },
};

function tickedDays(form: Form): readonly string[] {
  return [...form.keys()].flatMap((key) =>
    key.startsWith(dayField) && form.get(key) === "yes" ? [key.slice(dayField.length)] : [],
  );
}

function mayNote(context: PageContext): boolean {
  return context.get("staff").functions.some((one) => schedulers.includes(one));
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
      <details open={state.isSent}>
        <summary>A part of the day, or online</summary>
        <TextField
          {...state.field("fromTime")}
          label="Closed from, such as 14:00 (without hours: the whole day)"
        />
        <TextField {...state.field("toTime")} label="Closed until, such as 19:00" />
        <TextField
          {...state.field("onlineAddress")}
          label="Hold the sessions online instead: the address, beginning with https://"
          isWide={true}
        />
        <OutsideLicence state={state} />
      </details>
      <div class="buttons">
        <button type="submit">Close and tell everybody</button>
      </div>
      <p class="quiet">
        Sessions that have not begun are cancelled, and so are their reminders; their hours are
        expected of nobody. Everybody is told at once by text or email between 6 AM and 9 PM;
        whoever cannot be told so stands in the queue as a call. Of several days closed in part or
        held online, those that are closed as a whole already stay closed.
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
        <Table label={`Closed days of ${site.name}`} head={["Day", "Why", "Undo"]}>
          {days.map(({ on, words, hours, onlineAddress }) => (
            <tr>
              <th scope="row">
                {dayLabel(on)}
                {hours === undefined ? "" : `, ${hours.from} to ${hours.to}`}
                {onlineAddress === undefined ? "" : ", online"}
              </th>
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

function Holidays({
  site,
  forms,
  today,
}: {
  readonly site: Site;
  readonly forms: Forms;
  readonly today: string;
}) {
  const proposed = holidaysAhead(today).filter(
    ({ on }) => !site.closures.some((closure) => closure.on === on),
  );
  if (proposed.length === 0) return null;
  const state = forms(`holidays.${site.siteId}`);
  return (
    <FoldedForm
      state={state}
      title={`Holidays of the next year at ${site.name}`}
      button="Close on these days"
    >
      {proposed.map(({ on, words }) => (
        <Checkbox {...state.field(`${dayField}${on}`)} label={`${dayLabel(on)}: ${words}`} />
      ))}
    </FoldedForm>
  );
}

function Absences({
  site,
  forms,
  today,
  mayNote: isForThem,
  names,
}: {
  readonly site: Site;
  readonly forms: Forms;
  readonly today: string;
  readonly mayNote: boolean;
  readonly names: ReadonlyMap<string, string>;
}) {
  const absences = (site.absences ?? []).filter(({ until }) => until >= today);
  if (absences.length === 0) return null;
  return (
    <Table
      label={`Leaders of ${site.name} who are away`}
      head={["Who", "Days", "Cover", "Why", "Noted by", "Undo"]}
    >
      {absences.map(({ absenceId, staffId, from, until, coverId, words, by, at }) => (
        <tr>
          <th scope="row">{nameOrId(names, staffId)}</th>
          <td>{from === until ? dayLabel(from) : `${dayLabel(from)} – ${dayLabel(until)}`}</td>
          <td>
            {coverId === undefined
              ? "Nobody: groups without a co-leader are cancelled"
              : nameOrId(names, coverId)}
          </td>
          <td>{words}</td>
          <td>
            {nameOrId(names, by)}, {inZone(at, site.timeZone)}
          </td>
          <td>
            {isForThem ? (
              <StaffForm state={forms(`back.${absenceId}`)} isCard={false}>
                <input type="hidden" name="siteId" value={site.siteId} />
                <button
                  type="submit"
                  class="second"
                  aria-label={`${nameOrId(names, staffId)} is there after all`}
                >
                  There after all
                </button>
              </StaffForm>
            ) : (
              ""
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function AwayForm({
  sites,
  forms,
  today,
  staff,
}: {
  readonly sites: readonly Site[];
  readonly forms: Forms;
  readonly today: string;
  readonly staff: readonly Colleague[];
}) {
  const state = forms("away");
  return (
    <StaffForm state={state}>
      <h2>Somebody is away</h2>
      {sites.length > 1 ? (
        <SelectField
          {...state.field("siteId")}
          label="Site"
          options={sites.map((site) => ({ value: site.siteId, text: site.name }))}
        />
      ) : null}
      <StaffField {...state.field("staffId")} label="Who is away" staff={staff} />
      <TextField {...state.field("from", today)} label="First day" type="date" />
      <TextField
        {...state.field("lastDay")}
        label="Last day, if it is more than one (optional)"
        type="date"
      />
      <StaffField {...state.field("coverId")} label="Who covers" staff={staff} none="Nobody" />
      <TextField {...state.field("why")} label="Why, for staff" />
      <OutsideLicence
        state={state}
        label="Let the cover lead online although no licence of theirs is on record for the state that somebody is in"
      />
      <div class="buttons">
        <button type="submit">Save and tell who is concerned</button>
      </div>
      <p class="quiet">
        Groups are led by the cover, else by the co-leader, else cancelled. Visits with them alone
        are cancelled: move them, or give them to somebody else. Their open work, and what comes in
        for them, shows with the cover meanwhile, without one with the supervisors.
      </p>
    </StaffForm>
  );
}
