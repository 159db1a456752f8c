import { type Html, html } from "./html.ts";

const STYLE = `
:root { color-scheme: light; --ink: #0b0c0c; --quiet: #505a5f; --line: #b1b4b6; --link: #1d70b8; }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: #f3f2f1; }
.banner { background: #6b1d6b; color: #fff; padding: .5rem 1rem; font-weight: 600; }
nav { background: #fff; border-bottom: 1px solid var(--line); padding: .25rem 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 0; }
nav a { display: inline-block; padding: .5rem 0; }
nav a[aria-current] { font-weight: 700; color: var(--ink); text-decoration: none; }
main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .5rem 0 1rem; }
h2 { font-size: 1.25rem; margin: 1.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; }
a { color: var(--link); overflow-wrap: anywhere; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible,
summary:focus-visible { outline: 3px solid #0b0c0c; outline-offset: 2px; box-shadow: 0 0 0 5px #fd0; }
.card { background: #fff; border: 1px solid var(--line); padding: 1rem; margin: 0 0 1rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; padding: 0; list-style: none; }
.tiles a { display: block; font-size: 1.2rem; font-weight: 700; }
.tiles p { margin: .25rem 0 0; }
.quiet { color: var(--quiet); }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
form { margin: 0; }
label { display: block; font-weight: 600; }
input, select, button { font: inherit; min-height: 2.75rem; padding: .25rem .75rem; max-width: 100%; }
input, select { border: 2px solid var(--ink); background: #fff; color: var(--ink); }
button { border: 0; background: #00703c; color: #fff; cursor: pointer; font-weight: 600; }
button.second { background: #dbdad9; color: var(--ink); }
button.risky { background: #aa2a16; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); }
.scroll { overflow-x: auto; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f2f1; padding: .75rem; margin: .5rem 0; font: inherit; }
iframe { width: 100%; height: 22rem; border: 1px solid var(--line); background: #fff; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 2fr); gap: 1.5rem; }
@media (max-width: 40rem) { .columns { grid-template-columns: minmax(0, 1fr); } }
.thread { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: .75rem; }
.bubble { max-width: 85%; padding: .5rem .75rem; background: #fff; border: 1px solid var(--line); border-radius: .75rem; overflow-wrap: anywhere; }
.bubble.theirs { align-self: end; background: #d8ebd8; border-color: #6f9c6f; }
.plain { list-style: none; margin: 0; padding: 0; }
.plain li { margin: 0 0 .5rem; }
.notice { background: #fff; border-left: 6px solid #1d70b8; padding: .5rem 1rem; margin: 0 0 1rem; }
.now { font-size: 1.5rem; font-weight: 700; margin: 0; }
`;

/** The local tools, in the order of the menu. */
const PLACES = [
  { path: "/_local", name: "Start" },
  { path: "/_local/outbox", name: "Outbox" },
  { path: "/_local/phone", name: "Phone" },
  { path: "/_local/clock", name: "Time machine" },
] as const;

/** What every page of the local tools has. */
export interface LayoutOptions {
  readonly title: string;
  /** The path of the menu's entry that is shown, if it is one. */
  readonly currentPath?: (typeof PLACES)[number]["path"];
  /** A sentence about what just happened, said first. */
  readonly notice?: string;
  /** The page is out of date soon: it is loaded again after so long. */
  readonly refreshSeconds?: number;
  readonly content: Html;
}

/** A complete page: no script, nothing loaded from anywhere, usable from 320 pixels on. */
export function layout(options: LayoutOptions): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self' about:">
<meta name="referrer" content="same-origin">
${options.refreshSeconds !== undefined && html`<meta http-equiv="refresh" content="${String(options.refreshSeconds)}">`}
<link rel="icon" href="data:,">
<title>${options.title} – Throughcare on this machine</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<header>
<p class="banner" style="margin:0">LOCAL – fictional people, nothing is sent</p>
<nav aria-label="Local tools"><ul>${PLACES.map((place) => menuEntry(place, options.currentPath))}</ul></nav>
</header>
<main id="main">
<h1>${options.title}</h1>
${options.notice !== undefined && html`<p class="notice" role="status">${options.notice}</p>`}
${options.content}
</main>
</body>
</html>
`;
  return page.html;
}

function menuEntry(place: (typeof PLACES)[number], currentPath: string | undefined): Html {
  const current = place.path === currentPath && html` aria-current="page"`;
  return html`<li><a href="${place.path}"${current}>${place.name}</a></li>`;
}
