import { type Html, html } from "./html.ts";
import { instantIn } from "./instant.ts";
import { layout } from "./layout.ts";

/** Something that happened while the clock moved. */
export interface ClockPageEvent {
  readonly at: string;
  readonly what: string;
  readonly episodeId?: string;
}

/** What the time machine shows. */
export interface ClockPageModel {
  readonly now: string;
  readonly timeZone: string;
  /** The next instant at which something is due; undefined where nothing is. */
  readonly nextEventAt?: string;
  /** A move that is not over yet: from where to where, epoch milliseconds. */
  readonly underway?: { readonly fromMs: number; readonly toMs: number };
  /** What the last move did, in order; undefined before the first. */
  readonly result?: { readonly events: readonly ClockPageEvent[]; readonly more: boolean };
  readonly notice?: string;
  /** Safety alerts that nobody has ended: each pages somebody every few minutes. */
  readonly openAlerts?: number;
  /** People's names by the address of their page for staff. */
  readonly names?: Readonly<Record<string, string>>;
}

const STEPS = [
  ["PT1H", "+1 hour"],
  ["P1D", "+1 day"],
  ["P7D", "+1 week"],
  ["P28D", "+4 weeks"],
  ["P14M", "+14 months"],
] as const;

/** The one clock of this machine, and buttons that move it. */
export function clockPage(model: ClockPageModel): string {
  if (model.underway !== undefined) return movingPage(model, model.underway);
  return layout({
    title: "Time machine",
    currentPath: "/_local/clock",
    ...(model.notice === undefined ? {} : { notice: model.notice }),
    content: html`
<div class="card"><p class="now">${instantIn(model.now, model.timeZone)}</p>
<p class="quiet" style="margin:0">Zone ${model.timeZone} · ${model.now}</p>
<p style="margin:.5rem 0 0">${
      model.nextEventAt === undefined
        ? "Nothing is due."
        : html`Next event: ${instantIn(model.nextEventAt, model.timeZone)}`
    }</p></div>
${(model.openAlerts ?? 0) > 0 && openAlertsNotice(model.openAlerts ?? 0)}
<h2>Move the clock</h2>
<div class="card">
<div class="row">${STEPS.map(([step, name]) => moveForm("advanceBy", step, name))}
${moveForm("advanceToNext", "true", "To the next event")}</div>
<form method="post" action="/_local/clock" class="row" style="margin-top:1rem">${RETURN}
<div><label for="advanceTo">To a date (UTC)</label>
<input id="advanceTo" name="advanceTo" required placeholder="2027-01-15T15:00:00Z" value="${aDayLater(model.now)}"></div>
<button type="submit">Go there</button></form>
<p class="quiet" style="margin-bottom:0">Time only moves forward. Everything that is due on the way happens, in order.</p></div>
${model.result !== undefined && results(model.result, model.timeZone, model.names ?? {})}`,
  });
}

/** How far a move is; the page looks again by itself, and the move can be ended where it is. */
function movingPage(
  { now, timeZone, openAlerts = 0 }: ClockPageModel,
  { fromMs, toMs }: NonNullable<ClockPageModel["underway"]>,
): string {
  const part = (Date.parse(now) - fromMs) / Math.max(1, toMs - fromMs);
  const percent = Math.floor(100 * Math.min(1, part));
  const until = instantIn(new Date(toMs).toISOString(), timeZone);
  return layout({
    title: "Time machine",
    currentPath: "/_local/clock",
    refreshSeconds: 1,
    content: html`
<div class="card"><p class="now">${instantIn(now, timeZone)}</p>
<p><label for="moved">The clock moves to ${until}: ${String(percent)} % of the way.</label><br>
<progress id="moved" max="100" value="${String(percent)}" style="width:100%">${String(percent)} %</progress></p>
<p class="quiet">Everything that is due on the way happens, in order. This page looks again every second.</p>
<form method="post" action="/_local/clock">${RETURN}<button name="stop" value="true" type="submit">Stop here</button></form></div>
${openAlerts > 0 && openAlertsNotice(openAlerts)}`,
  });
}

function openAlertsNotice(count: number): Html {
  const [open, them, take] =
    count === 1
      ? ["A safety alert is open", "it", "take the alert first"]
      : [`${count} safety alerts are open`, "each of them", "take them first"];
  return html`<p class="notice">${open}. Until somebody takes ${them}, the on-call is paged every few minutes, and a long jump takes long: <a href="/staff?tab=safety">${take}</a>.</p>`;
}

const RETURN = html`<input type="hidden" name="returnTo" value="/_local/clock">`;

function moveForm(field: string, value: string, name: string): Html {
  return html`<form method="post" action="/_local/clock">${RETURN}<button name="${field}" value="${value}" type="submit">${name}</button></form>`;
}

/** A day later at the same instant of the day: a date field that can be sent as it is. */
function aDayLater(now: string): string {
  const date = new Date(now);
  if (Number.isNaN(date.getTime())) return "";
  return `${new Date(date.getTime() + 86_400_000).toISOString().slice(0, 19)}Z`;
}

function results(
  result: NonNullable<ClockPageModel["result"]>,
  timeZone: string,
  names: NonNullable<ClockPageModel["names"]>,
): Html {
  return html`<section aria-label="What happened"><h2>What happened</h2>
${result.more && html`<p class="notice" role="status">The clock stands before where it was to go. Move it again to go on.</p>`}
${
  result.events.length === 0
    ? html`<p>Nothing happened.</p>`
    : html`<div class="card scroll" tabindex="0" role="region" aria-label="Events"><table>
<thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">About</th></tr></thead>
<tbody>${result.events.map(
        (event) =>
          html`<tr><td>${instantIn(event.at, timeZone)}</td><td>${sentence(event.what)}</td><td>${about(event, names)}</td></tr>`,
      )}</tbody></table></div>`
}</section>`;
}

function sentence(what: string): string {
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}`;
}

function about(
  { episodeId }: ClockPageEvent,
  names: NonNullable<ClockPageModel["names"]>,
): Html | undefined {
  if (episodeId === undefined) return undefined;
  const href = `/staff/episodes/${encodeURIComponent(episodeId)}`;
  return html`<a href="${href}">${names[href] ?? episodeId}</a>`;
}
