import type { OutboxEntry, OutboxFilter } from "../messaging/outbox.ts";
import { type Html, html } from "./html.ts";
import { instantIn } from "./instant.ts";
import { layout } from "./layout.ts";

/** What the outbox page shows. */
export interface OutboxPageModel {
  /** Newest first; already filtered. */
  readonly entries: readonly OutboxEntry[];
  readonly filter: OutboxFilter;
  /** Names by participant id. */
  readonly names: Readonly<Record<string, string>>;
  readonly timeZone: string;
  /** The page's own address with its query, to come back to. */
  readonly returnTo: string;
  readonly notice?: string;
}

const CHANNEL_NAMES = { email: "Email", sms: "Text", voice: "Call" } as const;
const BUTTONS = {
  email: [
    ["delivered", "Delivered"],
    ["bounced", "Bounce"],
    ["complained", "Marked as spam"],
  ],
  sms: [
    ["delivered", "Delivered"],
    ["bounced", "Number not valid"],
    ["blocked", "Blocked"],
  ],
  voice: [
    ["delivered", "Answered"],
    ["bounced", "Not answered"],
  ],
} as const;

/** Everything that would have gone out, by person, newest first. */
export function outboxPage(model: OutboxPageModel): string {
  const groups = Map.groupBy(model.entries, (entry) => entry.participantId ?? entry.to);
  return layout({
    title: "Outbox",
    currentPath: "/_local/outbox",
    ...(model.notice === undefined ? {} : { notice: model.notice }),
    content: html`
${filterForm(model)}
<p>${model.entries.length === 1 ? "1 message" : `${model.entries.length} messages`}, newest first for each person.</p>
${[...groups].map(([key, entries]) => person(key, entries, model))}`,
  });
}

function filterForm(model: OutboxPageModel): Html {
  const { filter } = model;
  const options = (["email", "sms", "voice"] as const).map((channel) => {
    const selected = filter.channel === channel && html` selected`;
    return html`<option value="${channel}"${selected}>${CHANNEL_NAMES[channel]}</option>`;
  });
  const people = Object.entries(model.names).map(([id, name]) => {
    const selected = filter.participantId === id && html` selected`;
    return html`<option value="${id}"${selected}>${name}</option>`;
  });
  return html`<form class="card row" method="get" action="/_local/outbox" aria-label="Filter">
<div><label for="participantId">Person</label><select id="participantId" name="participantId"><option value="">Everybody</option>${people}</select></div>
<div><label for="channel">Channel</label><select id="channel" name="channel"><option value="">All</option>${options}</select></div>
<div><label for="to">Sent to</label><input id="to" name="to" value="${filter.to ?? ""}"></div>
<div><label for="since">Since (UTC)</label><input id="since" name="since" value="${filter.since ?? ""}" placeholder="2026-11-24T00:00:00Z"></div>
<button type="submit">Show</button> <a href="/_local/outbox">Show all</a>
</form>`;
}

function person(key: string, entries: readonly OutboxEntry[], model: OutboxPageModel): Html {
  const name = model.names[key] ?? entries[0]?.to ?? key;
  return html`<section aria-label="Messages of ${name}"><h2>${name}</h2>
${entries.map((entry) => message(entry, model))}</section>`;
}

function message(entry: OutboxEntry, model: OutboxPageModel): Html {
  const channel = CHANNEL_NAMES[entry.channel];
  return html`<article class="card" id="m-${entry.id}">
<h3>${channel}${entry.subject !== undefined && `: ${entry.subject}`}</h3>
<p class="quiet" style="margin:0">${instantIn(entry.sentAt, model.timeZone)} · to ${entry.to} · from ${entry.from}
· ${entry.templateId ?? "no template"} · <strong>${entry.status}</strong></p>
${content(entry)}
${links(entry)}
<div class="row">${deliveryForm(entry, model.returnTo)}</div>
${entry.channel === "sms" && replyForm(entry.to, entry.from, `reply-${entry.id}`, model.returnTo)}
${entry.channel === "email" && emailReplyForm(entry, model.returnTo)}
</article>`;
}

/** Answers an email as whoever got it, to where answers to it go. */
function emailReplyForm(entry: OutboxEntry, returnTo: string): Html {
  const to = entry.headers?.["reply-to"] ?? entry.from;
  const id = `reply-${entry.id}`;
  return html`<form method="post" action="/_local/email" class="row">
<input type="hidden" name="from" value="${entry.to}"><input type="hidden" name="to" value="${to}">
<input type="hidden" name="subject" value="Re: ${entry.subject ?? ""}"><input type="hidden" name="returnTo" value="${returnTo}">
<div><label for="${id}">Reply as ${entry.to}</label><input id="${id}" name="body" required autocomplete="off"></div>
<button type="submit">Send</button></form>`;
}

function content(entry: OutboxEntry): Html {
  const text = html`<pre>${entry.text}</pre>`;
  if (entry.html === undefined) return text;
  // The frame is sandboxed without any permission: a mail's page runs nothing and goes nowhere.
  return html`${entry.text !== "" && text}<details><summary>As the mail program shows it</summary>
<iframe sandbox="" title="Email ${entry.subject ?? ""}" srcdoc="${entry.html}"></iframe></details>`;
}

function links(entry: OutboxEntry): Html | undefined {
  if (entry.links.length === 0) return undefined;
  return html`<p style="margin:0">Links in this message:</p><ul>${entry.links.map(
    (link) => html`<li><a href="${link}" rel="noreferrer">${link}</a></li>`,
  )}</ul>`;
}

function deliveryForm(entry: OutboxEntry, returnTo: string): Html {
  return html`<form method="post" action="/_local/outbox/${entry.id}/delivery">
<input type="hidden" name="returnTo" value="${returnTo}"><div class="row" role="group" aria-label="What became of it">
${BUTTONS[entry.channel].map(
  ([event, name]) =>
    html`<button class="second" name="event" value="${event}" type="submit">${name}</button>`,
)}</div></form>`;
}

/** Answers as the person who holds `phone`, to our number `ours`. `id` is unique on the page. */
export function replyForm(phone: string, ours: string, id: string, returnTo: string): Html {
  const words = ["STOP", "HELP", "START"].map(
    (word) => html`<form method="post" action="/_local/sms">${hidden(phone, ours, returnTo)}
<button class="second" name="body" value="${word}" type="submit">${word}</button></form>`,
  );
  return html`<div class="row"><form method="post" action="/_local/sms" class="row">${hidden(phone, ours, returnTo)}
<div><label for="${id}">Reply as ${phone}</label><input id="${id}" name="body" required autocomplete="off"></div>
<button type="submit">Send</button></form>${words}</div>`;
}

function hidden(phone: string, ours: string, returnTo: string): Html {
  // A pool or a sender name is no number that one can answer to; the server then picks ours.
  const to = /^\+\d+$/.test(ours) && html`<input type="hidden" name="to" value="${ours}">`;
  return html`<input type="hidden" name="from" value="${phone}">${to}<input type="hidden" name="returnTo" value="${returnTo}">`;
}
