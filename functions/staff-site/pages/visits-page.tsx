import { Hono } from "hono/tiny";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { isForOne } from "../../../shared/care/sessions/for-one.ts";
import { forecastMinutes } from "../../../shared/care/sessions/forecast.ts";
import { hoursLabel } from "../../../shared/care/sessions/hours.ts";
import { localTime } from "../../../shared/care/time/zoned-time.ts";
import { schedulers } from "../../../shared/contracts/routes/sessions.ts";
import {
  visitBodySchema,
  visitChangeBodySchema,
} from "../../../shared/contracts/schedule-bodies.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { capitalised, plain } from "../../../shared/staff/words/timeline-words.ts";
import { listSessions } from "../../../shared/store/list-week-sessions.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { TextField } from "../../../shared/web/parts/fields.tsx";
import { visitCommands } from "../../../workflows/run/commands/visit-commands.ts";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import { StaffForm } from "../forms/staff-form.tsx";
import { readTimetableForm, TimetableForms, timetableFields } from "../forms/timetable-forms.tsx";
import { readVisitForm, VisitForm, visitFields } from "../forms/visit-forms.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { Facts, Table } from "../ui/parts.tsx";
import { placeLabel } from "../ui/place-label.ts";
import { inZone } from "../ui/times.ts";
import { formPage, formsOf, notHere, sentFormOf, zoneOf } from "./page-parts.tsx";

const ofPerson = "/staff/episodes/:episodeId/schedule" as const;
const ofVisit = "/staff/visits/:sessionId" as const;

/** One person's own schedule: what is planned, the hours of each week, visits to book; and each visit, to be changed. */
export function visitsPage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();

  app.get(ofPerson, (context) => showPerson(context, context.req.param("episodeId")));

  app.post(ofPerson, async (context) => {
    const episodeId = context.req.param("episodeId");
    const episode = await findEpisode(deps.store, context.get("staff"), episodeId);
    if (episode === undefined || !mayBook(context)) return notHere(context);
    const refused = await sendForm(context, {
      schema: visitBodySchema,
      body: readVisitForm(context.get("form")),
      names: visitFields,
      zone: await zoneOf(deps, context),
      carryOut: (call, body) => visitCommands.book(deps, call, episodeId, body),
    });
    if (refused !== undefined) return showPerson(context, episodeId, refused);
    return context.redirect(`/staff/episodes/${episodeId}/schedule?saved=booked`, 303);
  });

  app.get(ofVisit, (context) => showVisit(context, context.req.param("sessionId")));

  app.post(ofVisit, async (context) => {
    const sessionId = context.req.param("sessionId");
    const found = await findOwn(deps.store, context.get("staff"), sessionId, "session");
    if (found === undefined || !isForOne(found.item.modality) || !mayBook(context))
      return notHere(context);
    const form = context.get("form");
    const { words, coLeaderId: _nobody, ...body } = readTimetableForm(form);
    const refused = await sendForm(context, {
      schema: visitChangeBodySchema,
      body:
        form.get("form") === "hold"
          ? { isCancelled: false, reason: form.get("words") ?? "" }
          : { ...body, reason: words },
      names: { ...timetableFields, reason: { field: "words", label: "Why" } },
      zone: await zoneOf(deps, context),
      carryOut: (call, parsed) => visitCommands.change(deps, call, found, parsed),
    });
    if (refused !== undefined) return showVisit(context, sessionId, refused);
    return context.redirect(`/staff/visits/${sessionId}?saved=changed`, 303);
  });

  async function showPerson(context: PageContext, episodeId: string, refused?: RefusedForm) {
    const staff = context.get("staff");
    const episode = await findEpisode(deps.store, staff, episodeId);
    const person = episode === undefined ? undefined : await readPerson(deps.store, episodeId);
    if (episode === undefined || person === undefined) return notHere(context);
    const [zone, sessions, { program }] = await Promise.all([
      zoneOf(deps, context),
      listSessions(deps.store, episodeId),
      loadProgram(deps.store, episode.programId, episode.programVersion),
    ]);
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const now = deps.clock.now();
    const saved = refused === undefined && context.req.query("saved") !== undefined;
    return formPage(context, sent, refused, {
      title: `Schedule of ${person.name}`,
      place: "/staff/people",
      notice: saved ? <p>Booked. It stands in the person’s week, and on their page.</p> : undefined,
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${episodeId}`}>The person’s page</a>
          </p>
          {mayBook(context) ? <VisitForm state={forms("book")} staffId={staff.staffId} /> : null}
          <h2>To come</h2>
          <Coming sessions={sessions.filter((one) => one.scheduledEndAt > now)} zone={zone} />
          <h2>Hours by week</h2>
          <Hours
            episode={episode}
            sessions={sessions}
            now={now}
            least={program.weeklyHours.minimumHours}
            most={program.weeklyHours.maximumHours}
          />
        </>
      ),
    });
  }

  async function showVisit(context: PageContext, sessionId: string, refused?: RefusedForm) {
    const found = await findOwn(deps.store, context.get("staff"), sessionId, "session");
    const person = found === undefined ? undefined : await readPerson(deps.store, found.episodeId);
    if (found === undefined || person === undefined || !isForOne(found.item.modality))
      return notHere(context);
    const { item } = found;
    const zone = await zoneOf(deps, context);
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const hold = forms("hold");
    const mayChange = mayBook(context) && item.scheduledStartAt > deps.clock.now();
    const saved = refused === undefined && context.req.query("saved") !== undefined;
    return formPage(context, sent, refused, {
      title: `${kindOf(item)}, ${person.name}`,
      place: "/staff/people",
      notice: saved ? (
        <p>Saved. The person is told; where no message may go, a call stands in the queue.</p>
      ) : undefined,
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${found.episodeId}/schedule`}>The person’s schedule</a> ·{" "}
            <a href={`/staff/attendance/${item.groupSessionId}`}>Attendance</a>
          </p>
          <div class="card">
            <Facts
              pairs={[
                ["How it stands", stateOf(item)],
                ["Time", inZone(item.scheduledStartAt, zone)],
                ["Where", placeLabel(item.place)],
                ["With", item.leaderId],
              ]}
            />
          </div>
          {!mayChange ? (
            <p class="card">This visit has begun, or is over: what has begun is not changed.</p>
          ) : item.visit?.isCancelled === true || item.cancelledFor === "by-program" ? (
            <StaffForm state={hold}>
              <h2>Hold it after all</h2>
              <TextField {...hold.field("words")} label="Why, for staff" isWide={true} />
              <div class="buttons">
                <button type="submit">Hold it and tell the person</button>
              </div>
            </StaffForm>
          ) : (
            <>
              <h2>Change it</h2>
              <TimetableForms
                forms={forms}
                on={item.on}
                startTime={localTime(item.scheduledStartAt, zone)}
                isVisit={true}
              />
            </>
          )}
        </>
      ),
    });
  }
  return app;
}

function mayBook(context: PageContext): boolean {
  return context.get("staff").functions.some((one) => schedulers.includes(one));
}

function kindOf({ modality }: Session): string {
  const kind = capitalised(plain(modality));
  return isForOne(modality) ? `${kind} visit` : kind;
}

function stateOf(session: Session): string {
  if (session.status !== "cancelled") return session.status === "closed" ? "Over" : "Planned";
  if (session.cancelledFor === "site-closed") return "Not held: the site is closed that day";
  return session.cancelledFor === "by-program" ? "Cancelled" : "Not for this person then";
}

function Coming({
  sessions,
  zone,
}: {
  readonly sessions: readonly Session[];
  readonly zone: string;
}) {
  if (sessions.length === 0) return <p class="card">Nothing is planned.</p>;
  return (
    <Table label="Sessions to come" head={["When", "What", "With", "Where", "How it stands"]}>
      {sessions.map((one) => (
        <tr>
          <td>{inZone(one.scheduledStartAt, zone)}</td>
          <th scope="row">
            <a
              href={
                isForOne(one.modality)
                  ? `/staff/visits/${one.sessionId}`
                  : `/staff/schedule/${one.groupSessionId}`
              }
            >
              {kindOf(one)}
            </a>
          </th>
          <td>{one.leaderId ?? ""}</td>
          <td>{placeLabel(one.place) ?? ""}</td>
          <td>{stateOf(one)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Hours({
  episode,
  sessions,
  now,
  least,
  most,
}: {
  readonly episode: Episode;
  readonly sessions: readonly Session[];
  readonly now: string;
  readonly least: number;
  readonly most: number;
}) {
  if (episode.weeks.length === 0) return <p class="card">No week has begun.</p>;
  return (
    <Table
      label="Hours by week"
      head={["Week of", "Expected", "Attended", "Not held by the program", "If all is attended"]}
    >
      {episode.weeks.toReversed().map((week) => {
        const forecast = forecastMinutes(week, sessions, now);
        const isShort = week.isFullWeek && forecast < least * 60;
        return (
          <tr>
            <th scope="row">
              {week.startsOn}
              {week.isFullWeek ? "" : ", part week"}
            </th>
            <td>
              {hoursLabel(week.expectedMinutes)}
              {week.expectedMinutes > most * 60 ? `, more than the program’s ${most} h` : ""}
            </td>
            <td>{hoursLabel(week.attendedMinutes)}</td>
            <td>{week.closed === undefined ? "" : hoursLabel(week.closed.minutes)}</td>
            <td>
              {week.closedAt !== undefined ? (
                ""
              ) : isShort ? (
                <span class="tag bad">
                  {hoursLabel(forecast)} of at least {least} h
                </span>
              ) : (
                hoursLabel(forecast)
              )}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}
