import { type Html, html } from "./html.ts";
import { instantIn } from "./instant.ts";
import { layout } from "./layout.ts";

/** A fictional person as the start page shows them. */
export interface StartPagePerson {
  readonly participantId: string;
  readonly name: string;
  /** Where they are on the pathway, in words. */
  readonly where: string;
  readonly phone?: string;
  readonly email?: string;
  /** Their page for staff, if there is one. */
  readonly href?: string;
}

/** What the start page shows. */
export interface StartPageModel {
  readonly now: string;
  readonly timeZone: string;
  readonly people: readonly StartPagePerson[];
  /** The addresses of the four parts; the usual ones by default. */
  readonly addresses?: { participant: string; staff: string; outbox: string; clock: string };
  readonly notice?: string;
}

const USUAL = {
  participant: "/",
  staff: "/console",
  outbox: "/_local/outbox",
  clock: "/_local/clock",
};

/** The first page of the one-machine run. */
export function startPage(model: StartPageModel): string {
  const addresses = model.addresses ?? USUAL;
  return layout({
    title: "Throughcare on this machine",
    currentPath: "/_local",
    ...(model.notice === undefined ? {} : { notice: model.notice }),
    content: html`
<p>It is ${instantIn(model.now, model.timeZone)} here. <a href="/_local/clock">Move the clock</a></p>
<ul class="tiles">
${tile(addresses.participant, "Participant pages", "Send an intake form, answer a check-in, set preferences.")}
${tile(addresses.staff, "Staff pages", "Work the queue: approvals, calls, attendance, safety alerts.")}
${tile(addresses.outbox, "Outbox", "Every email, text and call that would have gone out.")}
${tile(addresses.clock, "Time machine", "Move the clock by an hour, a week or to the next event.")}
</ul>
<h2>Fictional people</h2>
${people(model.people)}
<h2>Start again</h2>
<div class="card"><form method="post" action="/_local/reset" class="row">
<input type="hidden" name="returnTo" value="/_local">
<div><label for="seed">With</label>
<select id="seed" name="seed"><option value="demo">fictional people</option><option value="empty">nobody</option></select></div>
<button class="risky" type="submit">Delete everything and start again</button>
</form></div>`,
  });
}

function tile(href: string, name: string, sentence: string): Html {
  return html`<li class="card"><a href="${href}">${name}</a><p class="quiet">${sentence}</p></li>`;
}

function people(list: readonly StartPagePerson[]): Html {
  if (list.length === 0)
    return html`<p>There is nobody yet. Send an intake form from the participant pages.</p>`;
  return html`<div class="card scroll" tabindex="0" role="region" aria-label="Fictional people"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Where they are</th><th scope="col">Reached by</th><th scope="col">Messages</th></tr></thead>
<tbody>${list.map(personRow)}</tbody></table></div>`;
}

function personRow(person: StartPagePerson): Html {
  const id = encodeURIComponent(person.participantId);
  const name =
    person.href === undefined ? person.name : html`<a href="${person.href}">${person.name}</a>`;
  const phone = person.phone === undefined ? undefined : encodeURIComponent(person.phone);
  return html`<tr><th scope="row">${name}</th><td>${person.where}</td>
<td>${person.phone}${person.phone !== undefined && person.email !== undefined && html`<br>`}${person.email}</td>
<td><a href="/_local/outbox?participantId=${id}" aria-label="Messages of ${person.name}">Messages</a>${
    phone !== undefined &&
    html`<br><a href="/_local/phone?number=${phone}" aria-label="Phone of ${person.name}">Phone</a>`
  }</td></tr>`;
}
