import { Hono } from "hono/tiny";
import * as z from "zod";
import type { Modality } from "../../../shared/care/program/program.ts";
import { modalityLabel } from "../../../shared/care/sessions/session-label.ts";
import { addDays, localDate, mondayOf } from "../../../shared/care/time/zoned-time.ts";
import { attendanceBodySchema } from "../../../shared/contracts/api-bodies.ts";
import {
  groupSessionRow,
  listGroupSessions,
  listRosterOf,
} from "../../../shared/staff/sessions/group-sessions.ts";
import { payerDaysOf } from "../../../shared/staff/sessions/payer-day-of.ts";
import { capitalised, plain } from "../../../shared/staff/words/timeline-words.ts";
import type { FieldError } from "../../../shared/web/parts/fields.tsx";
import { type RowResult, recordRow } from "../../../workflows/run/record-attendance-row.ts";
import { readRoster } from "../forms/attendance-form.ts";
import { RosterLine } from "../forms/roster-line.tsx";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import { fieldId } from "../forms/sent-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { ExportLink } from "../ui/export-link.tsx";
import { staffPage } from "../ui/layout.tsx";
import { Table } from "../ui/parts.tsx";
import { queueAddress, readPlace, withBack } from "../ui/place.ts";
import { dayLabel, inWords, timeOfDay } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

const dateSchema = z.iso.date();

/** Attendance: the day's sessions, and who came to each; all present first, then the exceptions. */
export function attendancePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();

  app.get("/staff/attendance", async (context) => {
    const staff = context.get("staff");
    const zone = await zoneOf(deps, context);
    const asked = dateSchema.safeParse(context.req.query("on"));
    const on = asked.success ? asked.data : localDate(deps.clock.now(), zone);
    const sessions = await listGroupSessions(deps.store, staff, on, on);
    return staffPage(context, {
      title: "Attendance",
      who: staff.name,
      place: "/staff/attendance",
      content: (
        <>
          <form method="get" action="/staff/attendance" class="card row">
            <div>
              <label for="on">Day</label>
              <input type="date" id="on" name="on" value={on} />
            </div>
            <button type="submit">Show</button>
            <a class="button second" href={`/staff/attendance?on=${addDays(on, -1)}`}>
              Day before
            </a>
            <a class="button second" href={`/staff/attendance?on=${addDays(on, 1)}`}>
              Day after
            </a>
          </form>
          <h2>{dayLabel(on)}</h2>
          {sessions.length === 0 ? (
            <p class="card">Nobody is expected on this day.</p>
          ) : (
            <Table label="Sessions" head={["Time", "Session", "Expected", "Attendance"]}>
              {sessions.map((session) => (
                <tr>
                  <td>{hoursOf(session, zone)}</td>
                  <th scope="row">
                    <a href={`/staff/attendance/${session.sessionId}`}>
                      {nameOf(session)}
                      {session.participant === undefined ? "" : `: ${session.participant}`}
                    </a>
                  </th>
                  <td>{session.expected}</td>
                  <td>
                    {session.marked === session.expected ? (
                      <span class="tag good">Entered</span>
                    ) : (
                      `${session.marked} of ${session.expected} entered`
                    )}
                  </td>
                </tr>
              ))}
            </Table>
          )}
          <ExportLink table="attendance" asked={{ from: on, to: on }} staff={staff}>
            This day’s attendance as a file for spreadsheets
          </ExportLink>
          <ExportLink
            table="attendance"
            asked={{ from: mondayOf(on), to: addDays(mondayOf(on), 6) }}
            staff={staff}
          >
            The week’s attendance as a file
          </ExportLink>
          <p class="quiet">
            <a href="/staff/imports/attendance">Enter attendance from a file</a>
          </p>
        </>
      ),
    });
  });

  app.get("/staff/attendance/:sessionId", (context) =>
    show(context, context.req.param("sessionId")),
  );

  app.post("/staff/attendance/:sessionId", async (context) => {
    const sessionId = context.req.param("sessionId");
    const staff = context.get("staff");
    const session = await groupSessionRow(deps.store, staff, sessionId);
    if (session === undefined) return notHere(context);
    const zone = await zoneOf(deps, context);
    const form = context.get("form");
    const roster = await listRosterOf(deps.store, staff, sessionId);
    const { rows, errors } = readRoster(roster, form, session.on, zone);
    const refuse = (status: RefusedForm["status"], problems: readonly FieldError[]) =>
      show(context, sessionId, {
        name: "attendance",
        fields: form,
        status,
        errors: problems,
        isKept: false,
      });
    if (errors.length > 0) return refuse(400, errors);
    if (rows.length === 0)
      return refuse(400, [
        { field: "main", text: "Nothing was changed. Choose an attendance first." },
      ]);
    const results: RowResult[] = [];
    const refused = await sendForm(context, {
      schema: attendanceBodySchema,
      body: rows,
      names: {},
      zone,
      carryOut: async ({ actor }, body) => {
        for (const row of body) results.push(await recordRow(deps, row, sessionId, actor));
        return { outcome: "done", body: "" };
      },
    });
    if (refused !== undefined) return refuse(refused.status, refused.errors);
    const nameOf = (episodeId: string) =>
      roster.find((row) => row.episodeId === episodeId)?.participant ?? "";
    const problems = results.flatMap((result) =>
      result.result === "refused"
        ? [
            {
              field: fieldId("attendance", `status.${result.episodeId}`),
              text: `${nameOf(result.episodeId)}: ${inWords(result.sentence, zone)}`,
            },
          ]
        : [],
    );
    if (problems.length > 0) return refuse(409, problems);
    const back = context.req.query("back");
    return context.redirect(
      readPlace(back) === undefined
        ? `/staff/attendance/${sessionId}?saved=${rows.length}`
        : queueAddress(back),
      303,
    );
  });

  async function show(context: PageContext, sessionId: string, refused?: RefusedForm) {
    const staff = context.get("staff");
    const session = await groupSessionRow(deps.store, staff, sessionId);
    if (session === undefined) return notHere(context);
    const zone = await zoneOf(deps, context);
    const roster = await listRosterOf(deps.store, staff, sessionId);
    const isOnline = roster.some((row) => row.isOnline === true || row.presence !== undefined);
    const days = await payerDaysOf(
      deps.store,
      roster.filter(({ attendance }) => attendance !== "not-yet").map((row) => row.episodeId),
      session.on,
      session.on,
    );
    const isAllPresent = context.req.query("all") === "present";
    const saved = /^\d{1,3}$/.exec(context.req.query("saved") ?? "")?.[0];
    const sent = sentFormOf(context, refused);
    const state = formsOf(deps, context, sent)("attendance");
    const hours = hoursOf(session, zone);
    return formPage(context, sent, refused, {
      title: `${nameOf(session)}, ${dayLabel(session.on)}`,
      place: "/staff/attendance",
      notice:
        saved === undefined || refused !== undefined ? undefined : (
          <p>
            Attendance is entered for {saved} {saved === "1" ? "person" : "people"}.
          </p>
        ),
      content: (
        <>
          <p class="quiet">
            {hours === "" ? "" : `${hours} · `}
            {session.expected} expected · <a href={`/staff/attendance?on=${session.on}`}>The day</a>
          </p>
          {roster.length === 0 ? (
            <p class="card">Nobody is expected.</p>
          ) : (
            <>
              <p>
                <a
                  class="button second"
                  href={withBack(
                    `/staff/attendance/${sessionId}?all=present`,
                    context.req.query("back"),
                  )}
                >
                  Mark all present
                </a>
              </p>
              <StaffForm state={state} isCard={false}>
                <Table
                  label="Who is expected"
                  head={[
                    "Name",
                    "Attendance",
                    ...(isOnline ? ["Where they are", "State", "Callback number"] : []),
                    "Arrived or left",
                    "Mood, 0 to 10",
                    "Safety",
                    isOnline
                      ? "Reason, for a correction or another state"
                      : "Reason, for a correction",
                  ]}
                >
                  {roster.map((row) => (
                    <RosterLine
                      row={row}
                      isAllPresent={isAllPresent}
                      isOnline={isOnline}
                      day={days.get(row.episodeId)?.[0]}
                      state={state}
                    />
                  ))}
                </Table>
                <div class="buttons">
                  <button type="submit">Save attendance</button>
                </div>
                {isOnline ? (
                  <p class="quiet">
                    Ask each person who comes online where they are before you begin: help is sent
                    there, and the licence of whoever leads counts there. What stands here is what
                    the record says.
                  </p>
                ) : null}
                <p class="quiet">
                  Mood and safety are the round that opens or ends the session: ask each person how
                  they are, from 0, as bad as can be, to 10, as good as can be. “Worried” raises a
                  safety alert at once.
                </p>
                <p class="quiet">
                  Only “did not come”, saved here, begins the calls to somebody who was missed.
                </p>
              </StaffForm>
            </>
          )}
        </>
      ),
    });
  }
  return app;
}

/** The kind of session; where nobody on record says it any more, the place in the timetable that it had. */
function nameOf({
  modality,
  slot,
}: {
  readonly modality?: Modality;
  readonly slot: string;
}): string {
  return modality === undefined ? capitalised(plain(slot)) : modalityLabel(modality);
}

function hoursOf(
  session: { readonly startsAt?: string; readonly endsAt?: string },
  zone: string,
): string {
  const { startsAt, endsAt } = session;
  if (startsAt === undefined) return "";
  return `${timeOfDay(startsAt, zone)} – ${timeOfDay(endsAt ?? startsAt, zone)}`;
}
