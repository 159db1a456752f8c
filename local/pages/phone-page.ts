import { type Html, html } from "./html.ts";
import { instantIn } from "./instant.ts";
import { layout } from "./layout.ts";
import { replyForm } from "./outbox-page.ts";

/** A phone that the page can show. */
export interface PhonePageNumber {
  readonly number: string;
  /** Whose phone it is, in words. */
  readonly name?: string;
  readonly lastAt?: string;
}

/** One line of a phone's history. */
export interface PhonePageMessage {
  /** "ours" was sent by the program, "theirs" by the person. */
  readonly side: "ours" | "theirs";
  readonly kind: "text" | "call";
  readonly body: string;
  readonly at: string;
  readonly links: readonly string[];
  /** What became of it, for ours. */
  readonly status?: string;
}

/** What the phone page shows. */
export interface PhonePageModel {
  readonly numbers: readonly PhonePageNumber[];
  readonly selected?: {
    readonly number: string;
    readonly name?: string;
    /** Our number, for replies. */
    readonly ours: string;
    /** Oldest first. */
    readonly messages: readonly PhonePageMessage[];
  };
  readonly timeZone: string;
  readonly returnTo: string;
  readonly notice?: string;
}

/** The phones of the fictional people: what they got, and a field to answer. */
export function phonePage(model: PhonePageModel): string {
  const { selected } = model;
  return layout({
    title: "Phone",
    currentPath: "/_local/phone",
    ...(model.notice === undefined ? {} : { notice: model.notice }),
    content: html`<div class="columns">
<section aria-label="Phones"><h2>Phones</h2>${numberList(model)}
<form method="get" action="/_local/phone" class="card"><label for="number">Another number</label>
<div class="row"><input id="number" name="number" inputmode="tel" placeholder="+12025550123" required>
<button class="second" type="submit">Open</button></div></form></section>
<section aria-label="Messages"><h2>${
      selected === undefined ? "No phone chosen" : (selected.name ?? selected.number)
    }</h2>
${
  selected === undefined
    ? html`<p>Choose a phone to see its texts and calls, and to answer.</p>`
    : html`<p class="quiet">${selected.number}</p>${thread(selected.messages, model.timeZone)}
<div class="card" style="margin-top:1rem">${replyForm(selected.number, selected.ours, "reply", model.returnTo)}</div>`
}</section></div>`,
  });
}

function numberList(model: PhonePageModel): Html {
  if (model.numbers.length === 0) return html`<p>No text has been sent yet.</p>`;
  return html`<ul class="plain">${model.numbers.map((entry) => {
    const current = entry.number === model.selected?.number && html` aria-current="true"`;
    return html`<li class="card"><a href="/_local/phone?number=${encodeURIComponent(entry.number)}"${current}>${entry.name ?? entry.number}</a>
<br><span class="quiet">${entry.number}${entry.lastAt !== undefined && html`<br>${instantIn(entry.lastAt, model.timeZone)}`}</span></li>`;
  })}</ul>`;
}

function thread(messages: readonly PhonePageMessage[], timeZone: string): Html {
  if (messages.length === 0) return html`<p>Nothing here yet.</p>`;
  return html`<ol class="thread">${messages.map(
    (message) => html`<li class="bubble ${message.side}"><span class="quiet">${
      message.side === "ours"
        ? message.kind === "call"
          ? "Call from the program"
          : "The program"
        : "This person"
    } · ${instantIn(message.at, timeZone)}${message.status !== undefined && ` · ${message.status}`}</span>
<br>${message.body}${message.links.map((link) => html`<br><a href="${link}" rel="noreferrer">Open ${link}</a>`)}</li>`,
  )}</ol>`;
}
