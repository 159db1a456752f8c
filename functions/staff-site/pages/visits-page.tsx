// Long because it is one page: what is to come for a person, the hours of their weeks, and each visit.

import { Hono } from "hono/tiny";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isOnline, type Session } from "../../../shared/care/episode/session.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { stateName } from "../../../shared/care/program/us-states.ts";
import { isForOne } from "../../../shared/care/sessions/for-one.ts";
import { forecastMinutes, makeUpPlaces } from "../../../shared/care/sessions/forecast.ts";
import { trackOn } from "../../../shared/care/sessions/group-tracks.ts";
import { hoursLabel } from "../../../shared/care/sessions/hours.ts";
import {
  type OwnPayerDay,
  ownPayerDays,
  payerDayWords,
} from "../../../shared/care/sessions/payer-days.ts";
import { modalityLabel } from "../../../shared/care/sessions/session-label.ts";
import { topicOfSession } from "../../../shared/care/sessions/topic-of.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { dayOfWeek, localDate, localTime } from "../../../shared/care/time/zoned-time.ts";
import { groupTrackBodySchema, payerBodySchema } from "../../../shared/contracts/api-bodies.ts";
import { schedulers } from "../../../shared/contracts/routes/sessions.ts";
import {
  groupWaitBodySchema,
  makeUpBodySchema,
  visitBodySchema,
  visitChangeBodySchema,
} from "../../../shared/contracts/schedule-bodies.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { listGroupWaits } from "../../../shared/staff/sessions/group-waits.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import { readGroupPlaces } from "../../../shared/store/group-places.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { listSessions } from "../../../shared/store/list-week-sessions.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { listStaff } from "../../../shared/store/site-staff.ts";
import { Checkbox } from "../../../shared/web/parts/choices.tsx";
import { SelectField, TextField } from "../../../shared/web/parts/fields.tsx";
import { episodeCommands } from "../../../workflows/run/commands/episode-commands.ts";
import { groupWaitOnce } from "../../../workflows/run/commands/group-wait-commands.ts";
import { makeUpOnce } from "../../../workflows/run/commands/make-up-commands.ts";
import { visitCommands } from "../../../workflows/run/commands/visit-commands.ts";
import {
  GroupWaitForms,
  groupWaitFields,
  readGroupWaitForm,
  waitChoices,
} from "../forms/group-wait-form.tsx";
import {
  MakeUpForms,
  type MakeUpPlace,
  makeUpFields,
  readOverCapacity,
} from "../forms/make-up-form.tsx";
import { OutsideLicence, readOutsideLicence } from "../forms/outside-licence.tsx";
import { PayerForm, payerFields, readPayerForm } from "../forms/payer-form.tsx";
import { type RefusedForm, sendForm } from "../forms/send-form.ts";
import type { FormState } from "../forms/sent-form.ts";
import { namesOf } from "../forms/staff-field.tsx";
import { FoldedForm, StaffForm } from "../forms/staff-form.tsx";
import { readTimetableForm, TimetableForms, timetableFields } from "../forms/timetable-forms.tsx";
import { readVisitForm, VisitForm, visitFields } from "../forms/visit-forms.tsx";
import type { PageContext, PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { Facts, Table } from "../ui/parts.tsx";
import { placeLabel } from "../ui/place-label.ts";
import { dateLabel, inZone } from "../ui/times.ts";
import { TopicsCards } from "../ui/topics-card.tsx";
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
    const form = context.get("form");
    const [name = "book", group] = (form.get("form") ?? "").split(".");
    const zone = await zoneOf(deps, context);
    const isMakeUp = name === "make-up" || name === "give-up";
    const isWait = name === "wait" || name === "wait-off";
    const refused = isWait
      ? await sendForm(context, {
          schema: groupWaitBodySchema,
          body: readGroupWaitForm(form),
          names: groupWaitFields,
          zone,
          carryOut: (call, body) => groupWaitOnce(deps, call, episodeId, body),
        })
      : isMakeUp
        ? await sendForm(context, {
            schema: makeUpBodySchema,
            body: {
              sessionId: group ?? form.get("sessionId") ?? "",
              ...(name === "give-up"
                ? { isGivenUp: true }
                : { ...readOverCapacity(form), ...readOutsideLicence(form) }),
              reason: form.get("why") ?? "",
            },
            names: makeUpFields,
            zone,
            carryOut: (call, body) => makeUpOnce(deps, call, episodeId, body),
          })
        : name === "track"
          ? await sendForm(context, {
              schema: groupTrackBodySchema,
              body: {
                track: form.get("track") ?? "",
                from: form.get("from") ?? "",
                ...readOverCapacity(form),
                ...readOutsideLicence(form),
                reason: form.get("why") ?? "",
              },
              names: trackFields,
              zone,
              carryOut: (call, body) => episodeCommands["group-track"](deps, call, episodeId, body),
            })
          : name === "payer"
            ? await sendForm(context, {
                schema: payerBodySchema,
                body: readPayerForm(form),
                names: payerFields,
                zone,
                carryOut: (call, body) => episodeCommands.payer(deps, call, episodeId, body),
              })
            : await sendForm(context, {
                schema: visitBodySchema,
                body: readVisitForm(form),
                names: visitFields,
                zone,
                carryOut: (call, body) => visitCommands.book(deps, call, episodeId, body),
              });
    if (refused !== undefined) return showPerson(context, episodeId, refused);
    return context.redirect(`/staff/episodes/${episodeId}/schedule?saved=${name}`, 303);
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
    const [zone, colleagues, sessions, { program }, site, waits] = await Promise.all([
      zoneOf(deps, context),
      listStaff(deps.store, [episode.siteId]),
      listSessions(deps.store, episodeId),
      loadProgram(deps.store, episode.programId, episode.programVersion),
      loadSite(deps, episode.siteId),
      listGroupWaits(deps.store, [episode.siteId]),
    ]);
    const sent = sentFormOf(context, refused);
    const forms = formsOf(deps, context, sent);
    const now = deps.clock.now();
    const saved = refused === undefined ? context.req.query("saved") : undefined;
    const coming = sessions.filter((one) => one.scheduledEndAt > now);
    const places = mayBook(context)
      ? await makeUpPlacesOf(deps, episode, { program, site }, sessions)
      : [];
    const choices = mayBook(context)
      ? await waitChoices(deps.store, { episode, program, site, now }, places)
      : [];
    return formPage(context, sent, refused, {
      title: `Schedule of ${person.name}`,
      place: "/staff/people",
      notice: saved === undefined ? undefined : <p>{noticeOf(saved)}</p>,
      content: (
        <>
          <p>
            <a href={`/staff/episodes/${episodeId}`}>The person’s page</a>
          </p>
          {mayBook(context) ? (
            <VisitForm
              state={forms("book")}
              staffId={staff.staffId}
              staff={colleagues}
              homeState={episode.facts.homeState}
            />
          ) : null}
          {mayBook(context) ? (
            <MakeUpForms
              forms={forms}
              places={places}
              booked={coming.filter(
                (one) =>
                  one.isMakeUp === true && one.status === "planned" && one.scheduledStartAt > now,
              )}
              zone={zone}
            />
          ) : null}
          {mayBook(context) ? (
            <TrackForm
              state={forms("track")}
              program={program}
              own={trackOn(program, episode, localDate(now, zone))}
              today={localDate(now, zone)}
            />
          ) : null}
          {mayBook(context) ? (
            <GroupWaitForms
              forms={forms}
              choices={choices}
              waits={waits.filter((one) => one.episodeId === episodeId)}
              zone={zone}
            />
          ) : null}
          <h2>To come</h2>
          <Coming
            services={program.services}
            sessions={coming}
            zone={zone}
            names={namesOf(colleagues)}
          />
          <TopicsCards program={program} sessions={sessions} />
          <h2>Hours by week</h2>
          {mayBook(context) ? (
            <PayerForm
              state={forms("payer")}
              hours={program.weeklyHours}
              episode={episode}
              today={localDate(now, zone)}
            />
          ) : null}
          <Hours episode={episode} sessions={sessions} hours={program.weeklyHours} />
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
    const [zone, colleagues] = await Promise.all([
      zoneOf(deps, context),
      listStaff(deps.store, [person.episode.siteId]),
    ]);
    const names = namesOf(colleagues);
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
                [
                  "The person will be in",
                  isOnline(item)
                    ? stateWords(item.visit?.stateThen ?? person.episode.facts.homeState)
                    : undefined,
                ],
                ["With", item.leaderId === undefined ? undefined : nameOrId(names, item.leaderId)],
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
                homeState={item.visit?.stateThen ?? person.episode.facts.homeState}
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

function stateWords(state: string | undefined): string {
  return state === undefined ? "no state is on record: ask before it" : stateName(state);
}

function mayBook(context: PageContext): boolean {
  return context.get("staff").functions.some((one) => schedulers.includes(one));
}

function kindOf({ modality, isMakeUp }: Session): string {
  const kind = modalityLabel(modality);
  return isMakeUp === true ? `${kind}, make-up place` : kind;
}

const notices: Readonly<Record<string, string>> = {
  book: "Booked. It stands in the person’s week, and on their page.",
  "make-up": "Booked. The person is expected in that group, told of it and reminded.",
  "give-up": "The place is free again, and the person is reminded of it no more.",
  wait: "On the list. Whoever has waited longest is offered the next place, by a task of the case manager.",
  "wait-off": "Off the list.",
  payer: "Saved. The days below count by the rule of whoever pays.",
  track: "Saved. The person is told when the first group of the new track is.",
};

function noticeOf(saved: string): string {
  return ownValue(notices, saved) ?? "Saved.";
}

/** Groups of the weeks that are open in which hours could be made up; a full one says so. */
async function makeUpPlacesOf(
  deps: StaffSiteDeps,
  episode: Episode,
  { program, site }: { readonly program: Program; readonly site: Site },
  sessions: readonly Session[],
): Promise<readonly MakeUpPlace[]> {
  const ctx = { site, program, now: deps.clock.now() };
  const open = episode.weeks.filter(({ closedAt }) => closedAt === undefined);
  const places = open.flatMap(({ startsOn }) => makeUpPlaces(ctx, sessions, startsOn));
  const { groups } = await readGroupPlaces(
    deps.store,
    { siteId: episode.siteId, program, episode, isToStay: false, now: ctx.now },
    places,
  );
  return places.map((one) => {
    const group = groups.find(({ slot, on }) => slot === one.slot.slot && on === one.plannedOn);
    return { ...one, taken: group?.taken ?? 0, isApart: group?.isApart === true };
  });
}

function stateOf(session: Session): string {
  if (session.status !== "cancelled") return session.status === "closed" ? "Over" : "Planned";
  if (session.cancelledFor === "site-closed") return "Not held: the site is closed that day";
  return session.cancelledFor === "by-program" ? "Cancelled" : "Not for this person then";
}

function Topic({ of }: { readonly of: string | undefined }) {
  return of === undefined ? null : <div class="quiet">{of}</div>;
}

function Coming({
  services,
  sessions,
  zone,
  names,
}: {
  readonly services: Program["services"];
  readonly sessions: readonly Session[];
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
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
            <Topic of={topicOfSession(services, one)} />
          </th>
          <td>{nameOrId(names, one.leaderId)}</td>
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
  hours,
}: {
  readonly episode: Episode;
  readonly sessions: readonly Session[];
  readonly hours: Program["weeklyHours"];
}) {
  if (episode.weeks.length === 0) return <p class="card">No week has begun.</p>;
  const { minimumHours: least, maximumHours: most, mostHours } = hours;
  return (
    <Table
      label="Hours by week"
      head={[
        "Week of",
        "Expected",
        "Attended",
        "By day",
        "Not held by the program",
        "If all is attended",
      ]}
    >
      {episode.weeks.toReversed().map((week) => {
        const forecast = forecastMinutes(week, sessions);
        const isShort = week.isFullWeek && forecast < least * 60;
        return (
          <tr>
            <th scope="row">
              {dateLabel(week.startsOn)}
              {week.isFullWeek ? "" : ", part week"}
            </th>
            <td>
              {hoursLabel(week.expectedMinutes)}
              {week.expectedMinutes > most * 60 ? `, more than the program’s ${most} h` : ""}
            </td>
            <td>
              {hoursLabel(week.attendedMinutes)}
              {mostHours !== undefined && week.attendedMinutes > mostHours * 60
                ? `, more than the ${mostHours} h of this level of care`
                : ""}
            </td>
            <td>
              <DaysOfWeek
                days={ownPayerDays(
                  hours,
                  episode,
                  sessions.filter((one) => one.week === week.week),
                )}
              />
            </td>
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

const shortDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The days of a week on which somebody was there, and, where payers pay by the day, which of them count. */
function DaysOfWeek({ days }: { readonly days: readonly OwnPayerDay[] }) {
  const byPayer = Map.groupBy(
    days.filter(({ isByDay }) => isByDay),
    ({ payer = "a payer who pays by the day" }) => payer,
  );
  return (
    <>
      {days.map((day) => (
        <div>
          {shortDays[dayOfWeek(day.on) - 1]} {hoursLabel(day.minutes)}
          {day.isByDay && (day.state !== "counts" || day.why !== undefined)
            ? `: ${payerDayWords(day)}`
            : ""}
        </div>
      ))}
      {[...byPayer].map(([payer, ofPayer]) => {
        const counted = ofPayer.filter(({ state }) => state === "counts");
        const paid = counted.reduce((sum, { paidMinutes }) => sum + paidMinutes, 0);
        return (
          <div>
            {counted.length === 1 ? "1 day counts" : `${counted.length} days count`} for {payer},
            with {hoursLabel(paid)}
          </div>
        );
      })}
    </>
  );
}

const trackFields = {
  track: { field: "track", label: "Track" },
  from: { field: "from", label: "First day" },
  reason: { field: "why", label: "Why" },
};

/** Which groups somebody comes to; nothing where the program has one track only. */
function TrackForm({
  state,
  program,
  own,
  today,
}: {
  readonly state: FormState;
  readonly program: Program;
  readonly own: string | undefined;
  readonly today: string;
}) {
  const { groupTracks = [] } = program;
  if (groupTracks.length === 0) return null;
  const title = groupTracks.find(({ track }) => track === own)?.title;
  return (
    <FoldedForm
      state={state}
      title={`Groups: ${title ?? "no track"}. Move to another track`}
      button="Move and tell the person"
    >
      <SelectField
        {...state.field("track")}
        label="Track"
        options={groupTracks
          .filter(({ track }) => track !== own)
          .map(({ track, title: text }) => ({ value: track, text }))}
      />
      <TextField {...state.field("from", today)} label="First day" type="date" />
      {program.sessions.some(({ capacity }) => capacity !== undefined) ? (
        <Checkbox
          {...state.field("overCapacity")}
          label="Put the person in although a group is full"
        />
      ) : null}
      <OutsideLicence state={state} />
      <TextField {...state.field("why")} label="Why, for staff" isWide={true} />
    </FoldedForm>
  );
}
