// Long because the list of sessions, the page of one and its forms change together.
import { Hono } from "hono/tiny";
import * as z from "zod";
import { isForOne } from "../../../shared/care/sessions/for-one.ts";
import { readGroupSessionId } from "../../../shared/care/sessions/group-session-id.ts";
import { addDays, localDate, localTime, mondayOf } from "../../../shared/care/time/zoned-time.ts";
import { schedulers } from "../../../shared/contracts/routes/sessions.ts";
import {
  timetableChangeBodySchema,
  timetableUndoBodySchema,
} from "../../../shared/contracts/schedule-bodies.ts";
import { groupSessionRow } from "../../../shared/staff/sessions/group-sessions.ts";
import { listGroupWaits } from "../../../shared/staff/sessions/group-waits.ts";
import { listTimetable, type TimetableRow } from "../../../shared/staff/sessions/timetable.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { listStaff } from "../../../shared/store/site-staff.ts";
import { timetableCommands } from "../../../workflows/run/commands/timetable-commands.ts";
import { OutsideLicence, readOutsideLicence } from "../forms/outside-licence.tsx";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { Forms } from "../forms/sent-form.ts";
import { namesOf } from "../forms/staff-field.tsx";
import { StaffForm } from "../forms/staff-form.tsx";
import { readTimetableForm, TimetableForms, timetableFields } from "../forms/timetable-forms.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { ExportLink } from "../ui/export-link.tsx";
import { staffPage } from "../ui/layout.tsx";
import { Facts, Table } from "../ui/parts.tsx";
import { placeLabel } from "../ui/place-label.ts";
import { dayLabel, inZone, timeOfDay } from "../ui/times.ts";
import { WaitingLists } from "../ui/waiting-lists.tsx";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

const path = "/staff/schedule";
const dateSchema = z.iso.date();
const days = 7;

/** The site's timetable, week by week, and each session of it: cancel, move, put online, give another leader. */
export function schedulePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();

  app.get(path, async (context) => {
    const staff = context.get("staff");
    const zone = await zoneOf(deps, context);
    const asked = dateSchema.safeParse(context.req.query("on"));
    const on = mondayOf(asked.success ? asked.data : localDate(deps.clock.now(), zone));
    const [rows, waits] = await Promise.all([
      listTimetable(deps.store, staff, on, addDays(on, days - 1)),
      listGroupWaits(deps.store, staff.siteIds),
    ]);
    return staffPage(context, {
      title: `Schedule, week of ${dayLabel(on)}`,
      who: staff.name,
      place: path,
      content: (
        <>
          <form method="get" action={path} class="card row">
            <div>
              <label for="on">Week of</label>
              <input type="date" id="on" name="on" value={on} />
            </div>
            <button type="submit">Show</button>
            <a class="button second" href={`${path}?on=${addDays(on, -days)}`}>
              Week before
            </a>
            <a class="button second" href={`${path}?on=${addDays(on, days)}`}>
              Week after
            </a>
          </form>
          {rows.length === 0 ? (
            <p class="card">No sessions are planned in this week.</p>
          ) : (
            <Week rows={rows} zone={zone} />
          )}
          <WaitingLists waits={waits} zone={zone} />
          <ExportLink
            table="schedule"
            asked={{ from: on, to: addDays(on, days - 1) }}
            staff={staff}
          >
            This week as a file for spreadsheets
          </ExportLink>
          {mayChange(context) ? (
            <p class="quiet">
              <a href="/staff/imports/visits">Book visits from a file</a> ·{" "}
              <a href="/staff/imports/roster">Put people in groups from a file</a>
            </p>
          ) : null}
        </>
      ),
    });
  });

  app.get(`${path}/:sessionId`, (context) => show(context, context.req.param("sessionId")));

  app.post(`${path}/:sessionId`, async (context) => {
    const sessionId = context.req.param("sessionId");
    const row = await rowOf(context, sessionId);
    if (row === undefined || !mayChange(context)) return notHere(context);
    const form = context.get("form");
    const zone = await zoneOf(deps, context);
    const [name = "", changeId = ""] = (form.get("form") ?? "").split(".");
    const refused =
      name === "undo"
        ? await sendForm(context, {
            schema: timetableUndoBodySchema,
            body: { changeId, ...readOutsideLicence(form) },
            names: {},
            zone,
            carryOut: (call, body) => timetableCommands.undo(deps, call, sessionId, body),
          })
        : await sendForm(context, {
            schema: timetableChangeBodySchema,
            body: readTimetableForm(form),
            names: timetableFields,
            zone,
            carryOut: (call, body) => timetableCommands.change(deps, call, sessionId, body),
          });
    if (refused !== undefined) return show(context, sessionId, refused);
    return context.redirect(`${path}/${sessionId}?saved=${name}`, 303);
  });

  /** A session of the timetable, wherever it was moved to within its week. */
  async function rowOf(context: PageContext, sessionId: string): Promise<TimetableRow | undefined> {
    const which = readGroupSessionId(sessionId);
    if (which === undefined) return undefined;
    const monday = mondayOf(which.plannedOn);
    const rows = await listTimetable(
      deps.store,
      context.get("staff"),
      monday,
      addDays(monday, days - 1),
    );
    return rows.find((row) => row.sessionId === sessionId);
  }

  async function show(context: PageContext, sessionId: string, refused?: RefusedForm) {
    const row = await rowOf(context, sessionId);
    if (row === undefined) return notHere(context);
    const [{ timeZone }, colleagues, seats] = await Promise.all([
      loadSite(deps, row.siteId),
      listStaff(deps.store, [row.siteId]),
      groupSessionRow(deps.store, context.get("staff"), sessionId),
    ]);
    const known = namesOf(colleagues);
    const named = row.changes.flatMap(({ by, leaderId, coLeaderId }) => [by, leaderId, coLeaderId]);
    const others = named.filter((id) => id !== undefined && !known.has(id));
    const names = new Map([...known, ...(await staffNames(deps.store, others))]);
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const hasBegun = row.startsAt <= deps.clock.now();
    const isSaved = refused === undefined && context.req.query("saved") !== undefined;
    return formPage(context, sent, refused, {
      title: `${row.title}, ${dayLabel(row.on)}`,
      place: path,
      notice: isSaved ? (
        <p>
          Saved. Whoever is expected is told where something changes for them; whoever no message
          can reach stands in the queue as a call.
        </p>
      ) : undefined,
      content: (
        <>
          <p>
            <a href={`${path}?on=${row.on}`}>The week</a> ·{" "}
            <a href={`/staff/attendance/${sessionId}`}>Who is expected, and attendance</a>
          </p>
          <div class="card">
            <Facts
              pairs={[
                ["How it stands", standsLabel(row)],
                ["Time", hoursOf(row, timeZone)],
                ["Planned for", row.on === row.plannedOn ? undefined : dayLabel(row.plannedOn)],
                ["Program", row.programName],
                ["Where", placeLabel(row.place)],
                ["Leader", leadersLabel(row)],
                ["Expected", expectedLabel(row, seats?.expected)],
              ]}
            />
          </div>
          {row.changes.length === 0 ? null : (
            <Changes
              row={row}
              zone={timeZone}
              names={names}
              forms={mayChange(context) ? forms : undefined}
            />
          )}
          {hasBegun ? (
            <p class="card">This session has begun, or is over: what has begun is not changed.</p>
          ) : !mayChange(context) ? (
            <p class="card">Case managers, group leaders, front desk and leads change sessions.</p>
          ) : (
            <>
              <h2>Change it</h2>
              <TimetableForms
                forms={forms}
                on={row.on}
                startTime={localTime(row.startsAt, timeZone)}
                isForOne={isForOne(row.modality)}
                staff={colleagues}
              />
            </>
          )}
        </>
      ),
    });
  }
  return app;
}

const statusLabels: Readonly<Record<TimetableRow["status"], string>> = {
  held: "As planned",
  "site-closed": "Not held: the site is closed that day",
  "by-program": "Cancelled",
};

function standsLabel({ status, on, plannedOn }: TimetableRow): string {
  return status === "held" && on !== plannedOn ? "Moved" : statusLabels[status];
}

function mayChange(context: PageContext): boolean {
  return context.get("staff").functions.some((one) => schedulers.includes(one));
}

function hoursOf(row: Pick<TimetableRow, "startsAt" | "endsAt">, zone: string): string {
  return `${timeOfDay(row.startsAt, zone)} – ${timeOfDay(row.endsAt, zone)}`;
}

/** The timetable has the usual time of visits of one person each; who comes is on the schedules of the people. */
function expectedLabel({ modality, capacity }: TimetableRow, expected: number | undefined) {
  if (isForOne(modality)) return "One person at a time: this is the usual hour of such visits";
  if (capacity !== undefined) return `${expected ?? 0} of ${capacity} places`;
  return expected === undefined ? undefined : String(expected);
}

function leadersLabel(row: TimetableRow): string {
  return [row.leaderName, row.coLeaderName].flatMap((name) => name ?? []).join(" with ");
}

function Week({ rows, zone }: { readonly rows: readonly TimetableRow[]; readonly zone: string }) {
  const byDay = Map.groupBy(rows, ({ on }) => on);
  const programs = new Set(rows.map(({ programId }) => programId));
  return (
    <div class="week">
      {[...byDay].map(([on, ofDay]) => (
        <>
          <h2>{dayLabel(on)}</h2>
          <Table
            label={`Sessions on ${dayLabel(on)}`}
            head={["Time", "Session", "Leader", "Where", "How it stands"]}
          >
            {ofDay.map((row) => (
              <tr>
                <td>{hoursOf(row, zone)}</td>
                <th scope="row">
                  <a href={`${path}/${row.sessionId}`}>{row.title}</a>
                  {row.topic === undefined ? null : <div class="quiet">{row.topic}</div>}
                  {programs.size > 1 ? <div class="quiet">{row.programName}</div> : null}
                </th>
                <td>
                  {isForOne(row.modality) ? "By person" : leadersLabel(row) || "Nobody is named"}
                </td>
                <td>{placeLabel(row.place)?.split(",")[0] ?? ""}</td>
                <td>
                  {row.status === "held" ? (
                    standsLabel(row)
                  ) : (
                    <span class="tag">{row.status === "site-closed" ? "Closed" : "Cancelled"}</span>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        </>
      ))}
    </div>
  );
}

function Changes({
  row,
  zone,
  names,
  forms,
}: {
  readonly row: TimetableRow;
  readonly zone: string;
  /** Of staff, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Missing for whoever changes nothing. */
  readonly forms: Forms | undefined;
}) {
  return (
    <>
      <h2>What was changed</h2>
      <Table label="Changes of this session" head={["Change", "Why", "By", "Take back"]}>
        {row.changes.map((change) => (
          <tr>
            <th scope="row">
              {changeLabel(change, names)}
              {change.andFollowing ? `, from ${dayLabel(change.from)} on` : ""}
            </th>
            <td>{change.words}</td>
            <td>
              {nameOrId(names, change.by)}, {inZone(change.at, zone)}
            </td>
            <td>
              {forms === undefined ? (
                ""
              ) : (
                <StaffForm state={forms(`undo.${change.changeId}`)} isCard={false}>
                  {change.leaderId !== undefined ||
                  (change.place !== undefined && "room" in change.place) ? (
                    <OutsideLicence state={forms(`undo.${change.changeId}`)} />
                  ) : null}
                  <button
                    type="submit"
                    class="second"
                    aria-label={`Take back: ${changeLabel(change, names)}`}
                  >
                    Take back
                  </button>
                </StaffForm>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function changeLabel(
  change: TimetableRow["changes"][number],
  names: ReadonlyMap<string, string>,
): string {
  const parts = [
    change.isCancelled === true ? "Cancelled" : undefined,
    change.isCancelled === false ? "Held again" : undefined,
    change.moved === undefined
      ? undefined
      : `Moved to ${dayLabel(addDays(change.from, change.moved.days))}, ${change.moved.startTime}`,
    change.place === undefined ? undefined : placeLabel(change.place),
    change.leaderId === undefined ? undefined : `Led by ${nameOrId(names, change.leaderId)}`,
    change.coLeaderId === undefined ? undefined : `With ${nameOrId(names, change.coLeaderId)}`,
  ];
  return parts.flatMap((part) => part ?? []).join("; ");
}
