import { html } from "hono/html";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import type { Person } from "../../../shared/staff/people/read-person.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import { capitalised, plain } from "../../../shared/staff/words/timeline-words.ts";
import type { Note } from "../../../shared/staff/written/read-notes.ts";
import type { Referral } from "../../../shared/store/read-referral.ts";
import { type Content, facts, inZone } from "./layout.ts";

const sources: Readonly<Record<string, string>> = {
  staff: "Note",
  text: "Text from the participant",
  email: "Email from the participant",
  "check-in": "Written with a check-in",
};

/** What the referral says: why, when the person can come, what they need, and who referred. */
export function referralCard(
  { episode, reachBy }: Person,
  referral: Referral | undefined,
  options: { readonly isWhatToRead?: boolean } = {},
): Content {
  const { referrer, referralEvent: event } = referral ?? {};
  const { facts: known } = episode;
  return html`<div class="card${options.isWhatToRead === true ? " safety" : ""}"><h2>${
    options.isWhatToRead === true ? "Read this: the words of the referral" : "Referral"
  }</h2>${words("Reason", referral?.reason)}${words("Can come", referral?.availability)}${words(
    "Access needs",
    referral?.accessNeeds,
  )}${words("Reach by", reachBy)}${facts([
    ["Came from", sourceOf(episode.source)],
    ["Received", episode.createdAt.slice(0, 10)],
    ["Referred by", referrer?.name],
    ["Organisation", referrer?.organisation],
    ["Their phone", link("tel", referrer?.phone)],
    ["Their email", link("mailto", referrer?.email)],
    ["After", event === undefined ? undefined : plain(event.kind)],
    ["Facility", event?.facility],
    ["Discharged there", event?.dischargedOn],
    ["Higher care until", known.recentHigherCareOn],
    ["Pregnant", yesOrNo(known.pregnant)],
    ["Injects", yesOrNo(known.injects)],
    ["Interpreter", known.interpreter === undefined ? undefined : yesOrNo(known.interpreter)],
    ["Under 18", known.under18 ? "yes: staff call, nothing is sent" : undefined],
  ])}</div>`;
}

function words(name: string, text: string | undefined): Content {
  return text === undefined ? html`` : html`<h3>${name}</h3><blockquote>${text}</blockquote>`;
}

function link(scheme: "tel" | "mailto", address: string | undefined): Content | undefined {
  return address === undefined ? undefined : html`<a href="${scheme}:${address}">${address}</a>`;
}

function yesOrNo(answer: boolean | undefined): string {
  return answer === undefined ? "not said" : answer ? "yes" : "no";
}

function sourceOf(source: Person["episode"]["source"]): string {
  return source === "self" ? "the participant" : plain(source);
}

/** What was written, the newest first, each with who wrote it and when. */
export function notesCard(
  notes: readonly Note[],
  view: {
    readonly zone: string;
    readonly names: ReadonlyMap<string, string>;
    /** Where the rest of them stand, where these are not all. */
    readonly more?: string | undefined;
  },
): Content {
  return html`<div class="card"><h2>What was written</h2>${
    notes.length === 0
      ? html`<p class="quiet">Nothing yet.</p>`
      : notes.map(
          (note) =>
            html`<p class="quiet">${ownValue(sources, note.source) ?? capitalised(plain(note.source))}${note.by === undefined ? "" : `, by ${nameOrId(view.names, note.by)}`}${note.from === undefined ? "" : html`, from <a href="tel:${note.from}">${note.from}</a>`}, ${inZone(note.at, view.zone)}</p><blockquote>${note.text}</blockquote>`,
        )
  }${view.more === undefined ? "" : html`<p><a href="${view.more}">All of it</a></p>`}</div>`;
}
