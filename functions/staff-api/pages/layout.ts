import { html, raw } from "hono/html";

type Content = ReturnType<typeof html>;

const style = `
:root{--ink:#1d2a2f;--quiet:#4a5a60;--line:#c9d3d6;--accent:#0b5c66;--warm:#8a3b12;--safety:#a1121f;--paper:#fff;--ground:#f3f6f6}
*{box-sizing:border-box}body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground)}
header{background:var(--accent);color:#fff;padding:.75rem 1rem}header a{color:#fff}
header nav{display:flex;gap:1rem;flex-wrap:wrap;align-items:center;max-width:64rem;margin:auto}
header strong{font-size:1.15rem}header .who{margin-left:auto}
main{max-width:64rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem;margin:.5rem 0 1rem}h2{font-size:1.2rem;margin:1.5rem 0 .5rem}
.tabs{display:flex;flex-wrap:wrap;gap:.25rem;margin:0 0 1rem;padding:0;list-style:none}
.tabs a{display:block;padding:.6rem .9rem;border:1px solid var(--line);border-radius:.4rem;background:var(--paper);color:var(--accent);text-decoration:none;min-height:44px}
.tabs a[aria-current]{background:var(--accent);color:#fff}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:0 0 .75rem}
.card.safety{border-left:.4rem solid var(--safety)}.card.urgent{border-left:.4rem solid var(--warm)}
.card h2{margin:0 0 .25rem;font-size:1.1rem}.quiet{color:var(--quiet)}.late{color:var(--safety);font-weight:600}
button,.button{font:inherit;min-height:44px;padding:.5rem 1rem;border:0;border-radius:.4rem;background:var(--accent);color:#fff;cursor:pointer;text-decoration:none;display:inline-block}
button.second{background:var(--paper);color:var(--accent);border:1px solid var(--accent)}
label{display:block;font-weight:600;margin:.75rem 0 .25rem}input[type=text],textarea,select{font:inherit;width:100%;max-width:32rem;padding:.5rem;border:1px solid var(--quiet);border-radius:.3rem;min-height:44px}
fieldset{border:0;padding:0;margin:.5rem 0}.radio{display:flex;gap:.5rem;align-items:center;min-height:44px;font-weight:400;margin:0}
.radio input{width:1.4rem;height:1.4rem}table{border-collapse:collapse;width:100%;background:var(--paper)}th,td{text-align:left;padding:.5rem;border-bottom:1px solid var(--line);vertical-align:top}
.scroll{overflow-x:auto}.problem{border:2px solid var(--safety);padding:1rem;background:#fff;margin:0 0 1rem}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,textarea:focus-visible{outline:3px solid #e0a100;outline-offset:2px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}dt{color:var(--quiet)}dd{margin:0}
`;

/** The frame of a staff page. No script: everything is a link or a form. */
export function staffLayout(input: {
  readonly title: string;
  readonly who?: string;
  readonly problem?: string;
  readonly content: Content | Promise<Content>;
}) {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${input.problem === undefined ? "" : "Error: "}${input.title} – Throughcare</title><style>${raw(style)}</style></head>
<body><header><nav aria-label="Main"><strong><a href="/staff">Throughcare</a></strong><a href="/staff">Queue</a><a href="/staff/people">People</a>${
    input.who === undefined
      ? ""
      : html`<span class="who">${input.who} · <a href="/staff/sign-out">Sign out</a></span>`
  }</nav></header><main id="main"><h1>${input.title}</h1>${
    input.problem === undefined
      ? ""
      : html`<div class="problem" role="alert" tabindex="-1"><strong>There is a problem.</strong> ${input.problem}</div>`
  }${input.content}</main></body></html>`;
}

/** An instant as staff read it, in the site's zone. */
export function inZone(instant: string | undefined, timeZone: string): string {
  if (instant === undefined) return "";
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(Date.parse(instant));
}
