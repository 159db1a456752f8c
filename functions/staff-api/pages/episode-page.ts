import { html } from "hono/html";
import { Hono } from "hono/tiny";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import { whereWords } from "../../../shared/care/episode/where-words.ts";
import { itemPrefixes, keys } from "../../../shared/keys/keys.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import { type Person, readPerson } from "../../../shared/staff/people/read-person.ts";
import {
  actorNames,
  actorWords,
  nameOrId,
  staffNames,
} from "../../../shared/staff/words/actor-words.ts";
import {
  attendanceAsWords,
  plain,
  timelineWords,
} from "../../../shared/staff/words/timeline-words.ts";
import { messageStates } from "../../../shared/staff/words/work-words.ts";
import { listNotes, type Note } from "../../../shared/staff/written/read-notes.ts";
import { reasonsOf } from "../../../shared/staff/written/read-reasons.ts";
import { type AuditEntry, readAuditEntry } from "../../../shared/store/audit-entry.ts";
import { readEpisodeItem } from "../../../shared/store/episode-forms.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import type { ApiVariables } from "../authenticate.ts";
import { commandFor, episodeForms } from "./episode-forms.ts";
import { type Content, inWords, inZone, staffLayout, table } from "./layout.ts";
import {
  callApi,
  notHere,
  type PageContext,
  type PageDeps,
  pageStatus,
  readForm,
} from "./page-deps.ts";
import { personCard, standingCard } from "./person-card.ts";
import { zoneOf } from "./site-zone.ts";
import { notesCard, referralCard } from "./written-cards.ts";

const { message, task, session, checkIn, escalation } = itemPrefixes;
/** The kinds of items that the page tells of. */
const shownPrefixes = [message, task, session, checkIn, escalation];

const timelineLength = 300;
const notesLength = 100;

/** Everything about one participant: what is open, what comes, what was sent, what happened. */
export function episodePage(deps: PageDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  app.get("/staff/episodes/:episodeId", (context) => show(context, context.req.param("episodeId")));

  app.post("/staff/episodes/:episodeId", async (context) => {
    const episodeId = context.req.param("episodeId");
    const field = await readForm(context);
    const command = commandFor(field);
    const result = await callApi(context, deps.api, {
      method: "POST",
      path: `/episodes/${encodeURIComponent(episodeId)}/${command.path}`,
      body: command.body,
      key: field("key"),
    });
    if (!result.ok) return show(context, episodeId, result);
    return context.redirect(`/staff/episodes/${episodeId}`, 303);
  });

  async function show(
    context: PageContext,
    episodeId: string,
    refused?: { readonly status: number; readonly sentence: string },
  ): Promise<Response> {
    const staff = context.get("staff");
    const own = await findEpisode(deps.store, staff, episodeId);
    const person = own === undefined ? undefined : await readPerson(deps.store, episodeId);
    if (person === undefined) return notHere(context);
    const zone = await zoneOf(deps, staff);
    const { pk } = keys.episode(episodeId);
    const [items, audit, referral, notes] = await Promise.all([
      loadItems(pk),
      deps.store.query("audit", pk, { limit: timelineLength, descending: true }),
      readReferral(deps.store, person.episode.participantId, episodeId),
      listNotes(deps.store, episodeId, { limit: notesLength }),
    ]);
    const entries = audit.items.map(readAuditEntry);
    const reasons = await reasonsOf(deps.store, pk, entries);
    const names = new Map([
      ...(await actorNames(deps.store, entries)),
      ...(await staffNames(deps.store, namedIn(items, notes.items))),
    ]);
    const rows = timelineRows(entries, names, reasons).map(
      ({ at, what, who, times, why }) =>
        html`<tr><td>${inZone(at, zone)}</td><td>${what}${times === 1 ? "" : html` <span class="quiet">× ${times}</span>`}${why === undefined ? "" : html`<blockquote>${why}</blockquote>`}</td><td>${who}</td></tr>`,
    );
    return context.html(
      staffLayout({
        title: person.name,
        who: staff.name,
        place: "/staff/people",
        problem: refused === undefined ? undefined : inWords(refused.sentence, zone),
        content: html`<p class="quiet">${whereWords(person.episode)} · ${person.episode.reference}</p>
<div class="columns"><div>${alertCards(items)}<h2>Open work</h2>${openWork(items, zone, names)}<h2>Next</h2>${nextUp(items, deps.clock.now(), zone)}<h2 id="written">Notes and texts</h2>${notesCard(notes.items, { zone, names })}</div><div>${personCard(person, true)}${referralCard(person, referral)}${standingCard(person.episode)}${forms(person, staff.staffId)}</div></div>
<h2>Messages</h2>${messageTable(items, zone)}<h2>Attendance</h2>${attendanceTable(items)}<h2>What happened</h2>${table("What happened", ["When", "What", "Who"], rows)}`,
      }),
      refused === undefined ? 200 : pageStatus(refused.status),
    );
  }

  function forms(person: Person, staffId: string): Content {
    const isPhoneUnconfirmed = person.phone?.isConfirmed === false;
    return episodeForms(person.episode, deps.ids.next(), staffId, isPhoneUnconfirmed);
  }

  async function loadItems(pk: string): Promise<readonly EpisodeItem[]> {
    const found: EpisodeItem[] = [];
    for (const skPrefix of shownPrefixes) {
      let after: string | undefined;
      do {
        const page = await deps.store.query("care", pk, {
          skPrefix,
          limit: 200,
          ...(after === undefined ? {} : { after }),
        });
        found.push(...page.items.map(readEpisodeItem));
        after = page.next;
      } while (after !== undefined);
    }
    return found;
  }
  return app;
}

type TimelineRow = {
  readonly at: string;
  readonly what: string;
  readonly who: string;
  readonly times: number;
  /** The reason in the words of whoever gave it. */
  readonly why?: string;
};

/** Newest first; the same again and again, such as paging, is one row with a count. */
function timelineRows(
  entries: readonly AuditEntry[],
  names: ReadonlyMap<string, string>,
  reasons: ReadonlyMap<number, string>,
): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  for (const entry of entries) {
    const what = timelineWords(entry.action, entry.facts);
    const who = actorWords(entry.actor, names);
    const why = reasons.get(entry.sequence);
    const last = rows.at(-1);
    // What somebody gave a reason for is a row of its own: no reason hides behind another.
    if (last?.what === what && last.who === who && why === undefined && last.why === undefined)
      rows[rows.length - 1] = { ...last, times: last.times + 1 };
    else
      rows.push({
        at: entry.at,
        what,
        who,
        times: 1,
        ...(why === undefined ? {} : { why }),
      });
  }
  return rows;
}

function alertCards(items: readonly EpisodeItem[]): readonly Content[] {
  return items.flatMap((item) =>
    item.kind === "escalation" && item.status !== "closed"
      ? [
          html`<div class="card safety"><p><span class="tag safety">${item.tier}</span> <a href="/staff/alerts/${item.escalationId}">${item.reason}</a></p></div>`,
        ]
      : [],
  );
}

/** The members of staff whose names the page needs, beside those who acted. */
function namedIn(
  items: readonly EpisodeItem[],
  notes: readonly Note[],
): readonly (string | undefined)[] {
  return [
    ...items.map((item) =>
      item.kind === "task" && item.status === "open" ? item.assignedTo : undefined,
    ),
    ...notes.map(({ by }) => by),
  ];
}

function openWork(
  items: readonly EpisodeItem[],
  zone: string,
  names: ReadonlyMap<string, string>,
): Content {
  const open = items.filter((item) => item.kind === "task" && item.status === "open");
  if (open.length === 0) return html`<p class="card">Nothing is open.</p>`;
  return html`${open.map((task) =>
    task.kind === "task"
      ? html`<div class="card ${task.priority}"><p><a href="/staff/tasks/${task.taskId}">${task.words}</a></p><p class="quiet">By ${inZone(task.dueAt, zone)} · ${task.assignedTo === undefined ? plain(task.assignedFunction) : nameOrId(names, task.assignedTo)}</p></div>`
      : "",
  )}`;
}

/** What is planned: messages, sessions and check-ins of the days to come. */
function nextUp(items: readonly EpisodeItem[], now: string, zone: string): Content {
  const coming = items
    .flatMap((item): readonly { readonly at: string; readonly words: string }[] => {
      if (item.kind === "message" && item.status === "PLANNED")
        return [{ at: item.sendAt, words: `${channelWords(item)}: ${plain(item.templateId)}` }];
      if (item.kind === "session" && item.status === "planned" && item.scheduledEndAt > now)
        return [{ at: item.scheduledStartAt, words: `Session: ${plain(item.modality)}` }];
      if (item.kind === "check-in" && (item.status === "planned" || item.status === "open"))
        return [
          {
            at: item.dueAt,
            words: item.checkInKind === "staff-call" ? "Call by staff" : `Check-in ${item.number}`,
          },
        ];
      return [];
    })
    .sort((left, right) => left.at.localeCompare(right.at));
  if (coming.length === 0) return html`<p class="card">Nothing is planned.</p>`;
  return html`<div class="card"><ul>${coming.slice(0, 12).map(({ at, words }) => html`<li>${words} <span class="quiet">${inZone(at, zone)}</span></li>`)}</ul></div>`;
}

function channelWords(message: Message): string {
  return message.channel === "sms" ? "Text" : "Email";
}

function messageTable(items: readonly EpisodeItem[], zone: string): Content {
  const messages = items
    .filter((item) => item.kind === "message")
    .sort((left, right) => right.sendAt.localeCompare(left.sendAt));
  if (messages.length === 0) return html`<p class="card">No message is planned.</p>`;
  return table(
    "Messages",
    ["When", "Message", "By", "State", "Reason"],
    messages.map(
      (message) =>
        html`<tr><td>${inZone(message.acceptedAt ?? message.sendAt, zone)}</td><td>${plain(message.templateId)}</td><td>${channelWords(message)}</td><td>${messageStates[message.status] ?? message.status}</td><td><a href="/staff/messages/${message.messageId}">Why?</a></td></tr>`,
    ),
  );
}

function attendanceTable(items: readonly EpisodeItem[]): Content {
  const sessions = items
    .filter((item) => item.kind === "session" && item.attendance !== undefined)
    .sort((left, right) => right.sk.localeCompare(left.sk));
  if (sessions.length === 0) return html`<p class="card">No attendance is entered yet.</p>`;
  return table(
    "Attendance",
    ["Day", "Week", "Session", "Attendance", "Minutes"],
    sessions.map((item) =>
      item.kind === "session"
        ? html`<tr><td>${item.on}</td><td>${item.week}</td><td>${plain(item.modality)}</td><td>${attendanceAsWords(item.attendance?.status ?? "")}</td><td>${item.attendance?.attendedMinutes ?? ""}</td></tr>`
        : html``,
    ),
  );
}
