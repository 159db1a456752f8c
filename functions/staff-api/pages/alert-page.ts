import { html } from "hono/html";
import { Hono } from "hono/tiny";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import { isClinician } from "../../../shared/care/safety/clinicians.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { contactOutcomeWords, outcomeWords } from "../../../shared/staff/words/work-words.ts";
import { type AlertWords, readAlertWords } from "../../../shared/staff/written/alert-words.ts";
import { listNotes } from "../../../shared/staff/written/read-notes.ts";
import type { ApiVariables } from "../authenticate.ts";
import { type Content, facts, inWords, inZone, staffLayout } from "./layout.ts";
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

/** Notes beside an alert; the rest stands on the page of the person. */
const shownNotes = 5;
const contactOutcomes = ["spoke-with-participant", "help-sent", "not-reached"] as const;
const closings = [
  { value: "safe-with-plan", words: "Safe, with a safety plan" },
  { value: "higher-care", words: "Moved to a higher level of care" },
  { value: "emergency-care", words: "Emergency care" },
  { value: "no-danger", words: "No danger: the words or answer meant something else" },
] as const;

/** A safety alert: take it, record contact with the person, close it. It never ends by itself. */
export function alertPage(deps: PageDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  app.get("/staff/alerts/:escalationId", (context) =>
    show(context, context.req.param("escalationId")),
  );

  app.post("/staff/alerts/:escalationId", async (context) => {
    const escalationId = context.req.param("escalationId");
    const field = await readForm(context);
    const action = field("action");
    const note = field("note");
    const assessed = field("assessed");
    const body =
      action === "contact"
        ? {
            outcome: field("outcome"),
            ...(note === "" ? {} : { note }),
            ...(field("confirmed") === "yes" ? { confirmed: true } : {}),
          }
        : action === "closure"
          ? {
              outcome: field("outcome"),
              reason: note,
              ...(assessed === "" ? {} : { assessedItemValue: Number(assessed) }),
            }
          : {};
    const path = ["contact", "closure"].includes(action) ? action : "acknowledgement";
    const result = await callApi(context, deps.api, {
      method: "POST",
      path: `/escalations/${encodeURIComponent(escalationId)}/${path}`,
      body,
      key: field("key"),
    });
    if (!result.ok) return show(context, escalationId, { ...result, note });
    return context.redirect(`/staff/alerts/${escalationId}`, 303);
  });

  async function show(
    context: PageContext,
    escalationId: string,
    refused?: { readonly status: number; readonly sentence: string; readonly note: string },
  ): Promise<Response> {
    const staff = context.get("staff");
    const found = await findOwn(deps.store, staff, escalationId, "escalation");
    const person = found === undefined ? undefined : await readPerson(deps.store, found.episodeId);
    if (found === undefined || person === undefined) return notHere(context);
    const alert = found.item;
    const zone = await zoneOf(deps, staff);
    const [words, notes] = await Promise.all([
      readAlertWords(deps.store, person, alert),
      listNotes(deps.store, found.episodeId, { limit: shownNotes }),
    ]);
    const key = deps.ids.next();
    const names = await staffNames(deps.store, [
      alert.closure?.by,
      words.note?.by,
      ...notes.items.map(({ by }) => by),
      ...[...alert.acknowledgements, ...alert.contacts, ...(alert.readings ?? [])].map(
        ({ by }) => by,
      ),
    ]);
    return context.html(
      staffLayout({
        title: `Safety alert: ${person.name}`,
        who: staff.name,
        place: "/staff",
        problem: refused === undefined ? undefined : inWords(refused.sentence, zone),
        content: html`<div class="columns"><div>${alertCard(alert, zone, deps.clock.now(), words)}${
          words.isAboutReferral ? referralCard(person, words.referral, { isWhatToRead: true }) : ""
        }${
          alert.status === "closed"
            ? html`<div class="card"><p>Closed: <strong>${outcomeWords(alert.closure?.outcome ?? "", closings)}</strong>, by ${nameOrId(names, alert.closure?.by)}, ${inZone(alert.closure?.at, zone)}.</p>${quotes(words.written, alert.closure?.at)}</div>`
            : html`${alert.status === "open" ? takeForm(key) : ""}${contactForm(key, alert, refused?.note ?? "")}${closureForm(key, alert, isClinician(staff))}`
        }</div><div>${personCard(person)}${historyCard(alert, words.written, zone, names)}${
          words.isAboutReferral ? "" : referralCard(person, words.referral)
        }${notesCard(notes.items, { zone, names, more: `/staff/episodes/${found.episodeId}#written` })}${standingCard(person.episode)}</div></div>`,
      }),
      refused === undefined ? 200 : pageStatus(refused.status),
    );
  }

  return app;
}

const states: Readonly<Record<Escalation["status"], string>> = {
  open: "Nobody has taken it yet. The on-call is being paged.",
  acknowledged: "Taken. Taking it is not contact: speak with the person.",
  contacted: "Contact is made. A clinician closes it.",
  closed: "Closed.",
};

function alertCard(alert: Escalation, zone: string, now: string, { note }: AlertWords): Content {
  const { trigger } = alert;
  const isLate = alert.contactDueAt < now && ["open", "acknowledged"].includes(alert.status);
  return html`<div class="card safety"><p><span class="tag safety">${alert.tier}</span> <strong class="big">${alert.reason}</strong></p><p>${states[alert.status]}</p>${
    alert.confirmed
      ? ""
      : html`<p class="quiet">Matched by words: a clinician reads them and decides what they mean.</p>`
  }${actWords(alert)}${note === undefined ? "" : html`<blockquote>${note.text}</blockquote>`}${facts(
    [
      ["Raised", inZone(alert.raisedAt, zone)],
      ["From", sourceWords[trigger.source]],
      ["Answer given", trigger.value === undefined ? undefined : String(trigger.value)],
      ["Matched", note === undefined && alert.confirmed ? undefined : plain(trigger.rule)],
      ["Last paged", inZone(alert.lastPagedAt, zone)],
    ],
  )}${
    trigger.source === "overdue-work" && trigger.about !== undefined
      ? html`<p><a class="button second" href="/staff/tasks/${trigger.about}">Open the work that was not done</a></p>`
      : ""
  }${
    alert.status === "open" || alert.status === "acknowledged"
      ? html`<p class="${isLate ? "late" : ""}">Speak with the person ${isLate ? "now: it was due" : "by"} ${inZone(alert.contactDueAt, zone)}.</p>`
      : ""
  }</div>`;
}

/** What it takes to close an alert whose words speak of an act under way. */
function actWords(alert: Escalation): Content {
  if (alert.isActUnderWay !== true || alert.status === "closed" || alert.status === "contacted")
    return html``;
  const isRead = (alert.readings ?? []).length > 0;
  return html`<p><strong>The words speak of an act under way.</strong> Speak with the person or send help. ${
    isRead
      ? "One clinician has found no danger in them: a second one who agrees closes the alert without contact."
      : "Without contact, it closes only when two clinicians have read the words and find no danger."
  }</p>`;
}

const sourceWords: Readonly<Record<Escalation["trigger"]["source"], string>> = {
  instrument: "a questionnaire",
  text: "a text",
  email: "an email",
  "check-in": "a check-in",
  staff: "a member of staff",
  medication: "medication",
  "overdue-work": "work that nobody did in time",
};

function takeForm(key: string): Content {
  return html`<form method="post" class="card"><input type="hidden" name="key" value="${key}-t"><p>Take it when you are the one who calls now. Paging stops; the clock to contact runs on.</p><div class="buttons"><button name="action" value="acknowledgement">Take this alert</button></div></form>`;
}

function contactForm(key: string, alert: Escalation, typed: string): Content {
  return html`<form method="post" class="card"><input type="hidden" name="key" value="${key}-c"><fieldset><legend>Contact with the person</legend>${contactOutcomes.map(
    (value) =>
      html`<label class="radio"><input type="radio" name="outcome" value="${value}" required> ${contactOutcomeWords(value)}</label>`,
  )}</fieldset><label for="contact-note">Note <span class="hint">Optional</span></label><textarea id="contact-note" name="note" rows="2" maxlength="2000">${typed}</textarea>${
    alert.confirmed
      ? ""
      : html`<label class="radio"><input type="checkbox" name="confirmed" value="yes"> I am a clinician and have read the words: they mean danger</label>`
  }<div class="buttons"><button name="action" value="contact">Record contact</button></div></form>`;
}

function closureForm(key: string, alert: Escalation, isTheirs: boolean): Content {
  // Words that mean something else need no call; everything else needs contact first.
  const choices =
    alert.status === "contacted"
      ? closings
      : closings.filter(({ value }) => value === "no-danger" && !alert.confirmed);
  if (choices.length === 0) return html``;
  if (!isTheirs) return html`<p class="card">A clinician closes this alert.</p>`;
  return html`<form method="post" class="card"><input type="hidden" name="key" value="${key}-x"><fieldset><legend>Close the alert</legend>${choices.map(
    ({ value, words }) =>
      html`<label class="radio"><input type="radio" name="outcome" value="${value}" required> ${words}</label>`,
  )}</fieldset>${
    alert.trigger.source === "instrument"
      ? html`<label for="assessed">What you assessed the answer to be <span class="hint">The same answer does not page again for 7 days.</span></label><select id="assessed" name="assessed"><option value="">As answered</option>${[0, 1, 2, 3].map((value) => html`<option value="${value}">${value}</option>`)}</select>`
      : ""
  }<label for="close-note">What was done</label><textarea id="close-note" name="note" rows="3" required maxlength="1000"></textarea><div class="buttons"><button name="action" value="closure">${
    alert.isActUnderWay === true &&
    alert.status !== "contacted" &&
    (alert.readings ?? []).length === 0
      ? "Record that I find no danger"
      : "Close the alert"
  }</button></div></form>`;
}

/** What was written at an instant, with the contact or the closure that it belongs to. */
function quotes(written: AlertWords["written"], at: string | undefined): Content {
  const own = written.filter((one) => one.at === at);
  return html`${own.map(({ text }) => html`<blockquote>${text}</blockquote>`)}`;
}

function historyCard(
  alert: Escalation,
  written: AlertWords["written"],
  zone: string,
  names: ReadonlyMap<string, string>,
): Content {
  const entries = [
    ...alert.acknowledgements.map(({ by, at }) => ({
      at,
      words: `Taken by ${nameOrId(names, by)}`,
    })),
    ...alert.contacts.map(({ by, at, outcome }) => ({
      at,
      words: `${contactOutcomeWords(outcome)}, by ${nameOrId(names, by)}`,
    })),
    ...(alert.readings ?? []).map(({ by, at }) => ({
      at,
      words: `Words read, no danger found, by ${nameOrId(names, by)}`,
    })),
  ].sort((left, right) => left.at.localeCompare(right.at));
  if (entries.length === 0) return html``;
  return html`<div class="card"><h2>So far</h2><ul>${entries.map(({ at, words }) => html`<li>${words} <span class="quiet">${inZone(at, zone)}</span>${quotes(written, at)}</li>`)}</ul></div>`;
}
