import { html } from "hono/html";
import { Hono } from "hono/tiny";
import * as z from "zod";
import { attendanceStatuses } from "../../../shared/care/episode/attendance-status.ts";
import { addDays, instantAt, localDate } from "../../../shared/care/time/zoned-time.ts";
import {
  groupSessionRow,
  listGroupSessions,
  listRosterOf,
  type RosterRow,
} from "../../../shared/staff/sessions/group-sessions.ts";
import {
  attendanceAsWords,
  capitalised,
  plain,
} from "../../../shared/staff/words/timeline-words.ts";
import type { ApiVariables } from "../authenticate.ts";
import { type Content, dayWords, inWords, staffLayout, table, timeOfDay } from "./layout.ts";
import {
  callApi,
  notHere,
  type PageContext,
  type PageDeps,
  pageStatus,
  readForm,
} from "./page-deps.ts";
import { zoneOf } from "./site-zone.ts";

const dateSchema = z.iso.date();

/** Attendance: the day's sessions, and who came to each; all present first, then the exceptions. */
export function attendancePage(deps: PageDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  app.get("/staff/attendance", async (context) => {
    const staff = context.get("staff");
    const zone = await zoneOf(deps, staff);
    const asked = dateSchema.safeParse(context.req.query("on"));
    const on = asked.success ? asked.data : localDate(deps.clock.now(), zone);
    const sessions = await listGroupSessions(deps.store, staff, on, on);
    return context.html(
      staffLayout({
        title: "Attendance",
        who: staff.name,
        place: "/staff/attendance",
        content: html`<form method="get" action="/staff/attendance" class="card row"><div><label for="on">Day</label><input type="date" id="on" name="on" value="${on}"></div><button>Show</button><a class="button second" href="/staff/attendance?on=${addDays(on, -1)}">Day before</a><a class="button second" href="/staff/attendance?on=${addDays(on, 1)}">Day after</a></form><h2>${dayWords(on)}</h2>${
          sessions.length === 0
            ? html`<p class="card">Nobody is expected on this day.</p>`
            : table(
                "Sessions",
                ["Time", "Session", "Expected", "Attendance"],
                sessions.map(
                  (session) =>
                    html`<tr><td>${session.startsAt === undefined ? "" : `${timeOfDay(session.startsAt, zone)} – ${timeOfDay(session.endsAt ?? session.startsAt, zone)}`}</td><th scope="row"><a href="/staff/attendance/${session.sessionId}">${capitalised(plain(session.modality ?? session.slot))}</a></th><td>${session.expected}</td><td>${session.marked === session.expected ? html`<span class="tag good">Entered</span>` : `${session.marked} of ${session.expected} entered`}</td></tr>`,
                ),
              )
        }`,
      }),
    );
  });

  app.get("/staff/attendance/:sessionId", (context) =>
    show(context, context.req.param("sessionId")),
  );

  app.post("/staff/attendance/:sessionId", async (context) => {
    const sessionId = context.req.param("sessionId");
    const staff = context.get("staff");
    const session = await groupSessionRow(deps.store, staff, sessionId);
    if (session === undefined) return notHere(context);
    const field = await readForm(context);
    const zone = await zoneOf(deps, staff);
    const roster = await listRosterOf(deps.store, staff, sessionId);
    const rows = roster.flatMap((row) => {
      const entry = entryOf(row, field, session.on, zone);
      return entry === undefined ? [] : [entry];
    });
    if (rows.length === 0)
      return show(context, sessionId, {
        field,
        status: 400,
        sentence: "Nothing was changed. Choose an attendance first.",
      });
    const result = await callApi(context, deps.api, {
      method: "PUT",
      path: `/sessions/${encodeURIComponent(sessionId)}/attendance`,
      body: rows,
      key: field("key"),
    });
    if (!result.ok) return show(context, sessionId, { ...result, field });
    const after = await listRosterOf(deps.store, staff, sessionId);
    const missed = rows.filter(
      (row) =>
        after.find(({ episodeId }) => episodeId === row.episodeId)?.attendance !== row.status,
    );
    if (missed.length === 0)
      return context.redirect(`/staff/attendance/${sessionId}?saved=${rows.length}`, 303);
    return show(context, sessionId, {
      field,
      status: 409,
      sentence: `${missed.length} of ${rows.length} could not be entered. A correction needs a reason, and attendance opens 30 minutes before the session.`,
    });
  });

  async function show(
    context: PageContext,
    sessionId: string,
    refused?: {
      readonly status: number;
      readonly sentence: string;
      /** What was chosen, so that nobody has to choose it again. */
      readonly field: (name: string) => string;
    },
  ): Promise<Response> {
    const staff = context.get("staff");
    const session = await groupSessionRow(deps.store, staff, sessionId);
    if (session === undefined) return notHere(context);
    const zone = await zoneOf(deps, staff);
    const roster = await listRosterOf(deps.store, staff, sessionId);
    const isAllPresent = context.req.query("all") === "present";
    const saved = /^\d{1,3}$/.exec(context.req.query("saved") ?? "")?.[0];
    return context.html(
      staffLayout({
        title: `${capitalised(plain(session.modality ?? session.slot))}, ${dayWords(session.on)}`,
        who: staff.name,
        place: "/staff/attendance",
        problem: refused === undefined ? undefined : inWords(refused.sentence, zone),
        notice:
          saved === undefined || refused !== undefined
            ? undefined
            : html`<p>Attendance is entered for ${saved} ${saved === "1" ? "person" : "people"}.</p>`,
        content: html`<p class="quiet">${session.startsAt === undefined ? "" : `${timeOfDay(session.startsAt, zone)} – ${timeOfDay(session.endsAt ?? session.startsAt, zone)} · `}${session.expected} expected · <a href="/staff/attendance?on=${session.on}">The day</a></p>${
          roster.length === 0
            ? html`<p class="card">Nobody is expected.</p>`
            : html`<p><a class="button second" href="/staff/attendance/${sessionId}?all=present">Mark all present</a></p><form method="post"><input type="hidden" name="key" value="${deps.ids.next()}">${table(
                "Who is expected",
                ["Name", "Attendance", "Arrived or left", "Reason, for a correction"],
                roster.map((row) => rosterRow(row, isAllPresent, refused?.field)),
              )}<div class="buttons"><button>Save attendance</button></div><p class="quiet">Only “did not come”, saved here, begins the calls to somebody who was missed.</p></form>`
        }`,
      }),
      refused === undefined ? 200 : pageStatus(refused.status),
    );
  }
  return app;
}

function rosterRow(
  row: RosterRow,
  isAllPresent: boolean,
  typed: ((name: string) => string) | undefined,
): Content {
  const id = row.episodeId;
  const known = row.attendance === "not-yet" && isAllPresent ? "present" : row.attendance;
  const chosen = typed?.(`status.${id}`) ?? known;
  return html`<tr><th scope="row"><a href="/staff/episodes/${id}">${row.participant}</a></th><td><select name="status.${id}" aria-label="Attendance of ${row.participant}"><option value="">Not entered yet</option>${attendanceStatuses.map(
    (status) =>
      html`<option value="${status}"${status === chosen ? html` selected` : ""}>${capitalised(attendanceAsWords(status))}</option>`,
  )}</select></td><td><input type="time" name="time.${id}" value="${typed?.(`time.${id}`) ?? ""}" aria-label="Time ${row.participant} arrived or left"></td><td><input type="text" name="reason.${id}" value="${typed?.(`reason.${id}`) ?? ""}" maxlength="500" aria-label="Reason of the correction for ${row.participant}"></td></tr>`;
}

type Entry = {
  readonly episodeId: string;
  readonly status: string;
  readonly arrivedAt?: string;
  readonly leftAt?: string;
  readonly reason?: string;
};

/** What a row of the form says, when it says something new. */
function entryOf(
  row: RosterRow,
  field: (name: string) => string,
  on: string,
  zone: string,
): Entry | undefined {
  const status = field(`status.${row.episodeId}`);
  const time = field(`time.${row.episodeId}`);
  const reason = field(`reason.${row.episodeId}`);
  if (status === "" || (status === row.attendance && time === "" && reason === ""))
    return undefined;
  const at = /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? instantAt(on, time, zone) : undefined;
  return {
    episodeId: row.episodeId,
    status,
    ...(at !== undefined && status === "late" ? { arrivedAt: at } : {}),
    ...(at !== undefined && status === "left-early" ? { leftAt: at } : {}),
    ...(reason === "" ? {} : { reason }),
  };
}
