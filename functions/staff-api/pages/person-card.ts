import { html } from "hono/html";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { whereWords } from "../../../shared/care/episode/where-words.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import type { Person, Reach } from "../../../shared/staff/people/read-person.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { languageWords } from "../../../shared/staff/words/work-words.ts";
import { type Content, facts } from "./layout.ts";

const phoneKinds: Readonly<Record<Reach["kind"], string>> = {
  own: "own phone",
  shared: "shared phone: say nothing to others",
  work: "work phone",
  "held-by-staff": "held by staff of a facility",
};

/** Who it is about and how to reach them. */
export function personCard(person: Person, isOwnPage = false): Content {
  const { episode, phone, email } = person;
  return html`<div class="card"><h2>Reach them</h2>${facts([
    [
      "Phone",
      phone === undefined ? undefined : html`<a href="tel:${phone.address}">${phone.address}</a>`,
    ],
    ["Phone is", phone === undefined ? undefined : phoneKinds[phone.kind]],
    [
      "Voicemail",
      phone === undefined ? undefined : person.mayLeaveVoicemail ? "may be left" : "leave none",
    ],
    ["Texts", phone === undefined ? undefined : consentWords(phone)],
    ["Number", phone?.isConfirmed === false ? unconfirmed : undefined],
    ["Email", email?.address],
    ["Emails", email === undefined ? undefined : consentWords(email)],
    ["Reach by", person.reachBy],
    ["Full name", person.fullName],
    ["Born", person.birthDate],
    ["Language", languageWords(episode.language)],
    ["Interpreter", episode.facts.interpreter === true ? "needed" : undefined],
    ["Record number", person.recordNumber],
  ])}${isOwnPage ? "" : html`<p><a href="/staff/episodes/${episode.episodeId}">Everything about ${person.name}</a></p>`}</div>`;
}

const unconfirmed = html`<strong>not confirmed yet</strong>: it gets one text a day until somebody answers from it or you confirm it`;

function consentWords(reach: Reach): string {
  if (reach.state !== "open") {
    const why = reach.stopped === undefined ? plain(reach.state) : stopWords(reach.stopped);
    return `stopped: ${why}`;
  }
  return reach.hasConsent ? "agreed" : "not agreed: call instead";
}

const stopSources: Readonly<Record<string, string>> = {
  text: "by text",
  "unsubscribe-link": "by the link in an email",
};

function stopWords({ at, how }: NonNullable<Reach["stopped"]>): string {
  return `asked for no more ${ownValue(stopSources, how) ?? plain(how)}, ${at.slice(0, 10)}`;
}

/** Where they stand: scores and hours, what a decision looks at. */
export function standingCard(episode: Episode): Content {
  const weeks = episode.weeks.filter(
    (week) => week.attendedMinutes > 0 || week.closedAt !== undefined,
  );
  return html`<div class="card"><h2>Where they stand</h2>${facts([
    ["Now", whereWords(episode)],
    ["Admitted", episode.admittedOn],
    ["Waiting since", episode.waiting?.since.slice(0, 10)],
    ["Waiting because", episode.waiting === undefined ? undefined : plain(episode.waiting.reason)],
    ["Aftercare until", episode.aftercareEndsOn],
    ["Ended", episode.closedAt?.slice(0, 10)],
    [
      "Ended because",
      episode.closingReason === undefined ? undefined : plain(episode.closingReason),
    ],
    [
      "On leave",
      episode.hold === undefined
        ? undefined
        : `${episode.hold.kind}, contact kept by ${episode.hold.contactKeptBy}`,
    ],
    [
      "Open safety alerts",
      episode.openEscalations.length === 0
        ? undefined
        : html`<span class="late">${episode.openEscalations.map((one) => one.tier).join(", ")}</span>`,
    ],
    [
      "Not reached",
      episode.unreachedContacts === 0 ? undefined : `${episode.unreachedContacts} times in a row`,
    ],
  ])}${
    episode.scores.length === 0
      ? html`<p class="quiet">No answers yet.</p>`
      : html`<h3>Scores</h3><ul>${episode.scores.slice(-6).map((score) => html`<li>${score.instrumentId.toUpperCase()}: <strong>${score.total}</strong>, ${score.band} <span class="quiet nowrap">${score.scoredAt.slice(0, 10)}</span></li>`)}</ul>`
  }${
    weeks.length === 0
      ? ""
      : html`<h3>Hours attended</h3><ul>${weeks.slice(-6).map((week) => html`<li>Week ${week.week}: <strong>${hours(week.attendedMinutes)}</strong> of ${hours(week.expectedMinutes)} h</li>`)}</ul>`
  }</div>`;
}

function hours(minutes: number): string {
  return String(Math.round((minutes / 60) * 10) / 10);
}
