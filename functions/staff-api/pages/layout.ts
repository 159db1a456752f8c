import { html, raw } from "hono/html";
import { style } from "./style.ts";

/** Markup that is safe to send: everything put into it was escaped. */
export type Content = ReturnType<typeof html>;

export const places = [
  { path: "/staff", name: "Queue" },
  { path: "/staff/attendance", name: "Attendance" },
  { path: "/staff/people", name: "People" },
] as const;

/** The frame of a staff page. No script: everything is a link or a form. */
export function staffLayout(input: {
  readonly title: string;
  readonly who?: string;
  /** False where the menu would lead nowhere. */
  readonly hasPlaces?: boolean;
  /** The entry of the menu that the page belongs to. */
  readonly place?: (typeof places)[number]["path"];
  /** What went wrong, said first. */
  readonly problem?: string | undefined;
  /** What just happened, said first. */
  readonly notice?: Content | undefined;
  readonly content: Content | Promise<Content>;
}) {
  const { who } = input;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>${input.problem === undefined ? "" : "Error: "}${input.title} – Throughcare</title><style>${raw(style)}</style></head>
<body><a class="skip" href="#main">Skip to the content</a>
<header><nav aria-label="Main"><a class="brand" href="/staff">Throughcare</a>${
    who === undefined
      ? ""
      : html`${input.hasPlaces === false ? "" : menu(input.place)}<form class="who" method="post" action="/staff/sign-out"><span>${who}</span> <button class="link">Sign out</button></form>`
  }</nav></header>
<main id="main"><h1>${input.title}</h1>${
    input.problem === undefined
      ? ""
      : html`<div class="problem" role="alert"><h2>There is a problem</h2><p>${input.problem}</p></div>`
  }${input.notice === undefined ? "" : html`<div class="notice" role="status">${input.notice}</div>`}${input.content}</main></body></html>`;
}

function menu(place: string | undefined): Content {
  return html`<ul>${places.map(
    ({ path, name }) =>
      html`<li><a href="${path}"${path === place ? raw(' aria-current="page"') : ""}>${name}</a></li>`,
  )}</ul>`;
}

/** An instant as staff read it, in the site's zone. */
export function inZone(instant: string | undefined, timeZone: string): string {
  if (instant === undefined || Number.isNaN(Date.parse(instant))) return "";
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    month: "short",
    day: "numeric",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(Date.parse(instant));
}

/** A sentence whose instants are told as staff read them. */
export function inWords(sentence: string, timeZone: string): string {
  return sentence.replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (instant) => inZone(instant, timeZone));
}

/** The time of day only, to the second where it matters. */
export function timeOfDay(instant: string, timeZone: string, withSeconds = false): string {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hour: "numeric",
    minute: "2-digit",
    ...(withSeconds ? { second: "2-digit" } : {}),
  }).format(Date.parse(instant));
}

/** A local date such as 2027-01-15, as staff read it. */
export function dayWords(date: string): string {
  return new Intl.DateTimeFormat("en-US", {
    timeZone: "UTC",
    weekday: "long",
    month: "long",
    day: "numeric",
    year: "numeric",
  }).format(Date.parse(`${date}T12:00:00Z`));
}

/** A wide table that scrolls by itself and can be reached by keyboard. */
export function table(label: string, head: readonly string[], rows: readonly Content[]): Content {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Pairs of name and value; those without a value are left out. */
export function facts(
  pairs: readonly (readonly [string, Content | string | undefined])[],
): Content {
  const known = pairs.filter(([, value]) => value !== undefined && value !== "");
  if (known.length === 0) return html``;
  return html`<dl>${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
