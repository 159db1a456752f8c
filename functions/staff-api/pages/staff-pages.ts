import { Hono } from "hono";
import { html } from "hono/html";
import { statusWords } from "../../../shared/domain/episode/status.ts";
import type { CareDeps } from "../../../shared/services/care-deps.ts";
import { loadSite } from "../../../shared/services/load-context.ts";
import { readEpisodeItem } from "../../../shared/services/load-episode.ts";
import { displayName, readProfile } from "../../../shared/services/read-profile.ts";
import { keys } from "../../../shared/table/tables.ts";
import { type ApiVariables, findStaff } from "../authenticate.ts";
import { findById } from "../find-by-id.ts";
import { findEpisode } from "../routes/episodes.ts";
import { listPeople } from "../routes/participants.ts";
import { listQueue, type QueueRow, queueRow, type Tab } from "../routes/queue.ts";
import { inZone, staffLayout } from "./layout.ts";
import { type SessionDeps, sessionRoutes, sessionToken } from "./session.ts";

type App = Hono<{ Variables: ApiVariables }>;

const tabWords: readonly (readonly [Tab, string])[] = [
  ["safety", "Safety"],
  ["approvals", "Approvals"],
  ["work", "To do"],
  ["overdue", "Overdue"],
  ["snoozed", "Snoozed"],
  ["done", "Done"],
];

/**
 * The first staff pages: the queue, a task with its decision, people and their timeline. Plain pages and
 * forms; every form goes through the same API calls as any other client.
 */
export function staffPages(
  deps: CareDeps & SessionDeps,
  api: { request(path: string, init: RequestInit): Response | Promise<Response> },
) {
  const app: App = new Hono();
  app.route("/", sessionRoutes(deps));

  app.use("/staff/*", async (context, next) => {
    const token = sessionToken(context.req.header("cookie"));
    const found = token === undefined ? undefined : await deps.verifyToken(token);
    const staff = found === undefined ? undefined : await findStaff(deps.store, found.staffId);
    if (staff === undefined)
      return context.html(signInPage(context.req.query("problem") === "sign-in"), 401);
    context.set("staff", staff);
    return next();
  });
  app.use("/staff", async (context, next) => {
    const token = sessionToken(context.req.header("cookie"));
    const found = token === undefined ? undefined : await deps.verifyToken(token);
    const staff = found === undefined ? undefined : await findStaff(deps.store, found.staffId);
    if (staff === undefined)
      return context.html(signInPage(context.req.query("problem") === "sign-in"), 401);
    context.set("staff", staff);
    return next();
  });

  app.get("/staff", async (context) => {
    const staff = context.get("staff");
    const tab = tabWords.find(([name]) => name === context.req.query("tab"))?.[0] ?? "approvals";
    const site = await loadSite(deps, staff.siteIds[0] ?? "");
    const rows = await listQueue(deps, staff, tab);
    const counts = new Map<Tab, number>();
    for (const [name] of tabWords)
      if (name !== "done")
        counts.set(name, name === tab ? rows.length : (await listQueue(deps, staff, name)).length);
    return context.html(
      staffLayout({
        title: "Queue",
        who: staff.name,
        content: html`<ul class="tabs">${tabWords.map(
          ([name, words]) =>
            html`<li><a href="/staff?tab=${name}" ${name === tab ? html`aria-current="page"` : ""}>${words}${counts.has(name) ? ` (${counts.get(name)})` : ""}</a></li>`,
        )}</ul>${rows.length === 0 ? html`<p class="card">Nothing needs you here.</p>` : rows.map((row) => queueCard(row, site.timeZone))}`,
      }),
    );
  });

  app.get("/staff/people", async (context) => {
    const staff = context.get("staff");
    const search = context.req.query("search") ?? "";
    const rows = await listPeople(deps.store, staff, search, undefined);
    return context.html(
      staffLayout({
        title: "People",
        who: staff.name,
        content: html`<form method="get" class="card"><label for="search">Name or reference</label><input type="text" id="search" name="search" value="${search}"> <button>Search</button></form>${
          rows.length === 0
            ? html`<p class="card">No participant matches. Search looks at name and reference.</p>`
            : html`<div class="scroll" tabindex="0" role="region" aria-label="People"><table><thead><tr><th>Name</th><th>Where they are</th><th>Reference</th></tr></thead><tbody>${rows.map(
                (row) =>
                  html`<tr><td><a href="/staff/episodes/${row.episodeId}">${row.name}</a></td><td>${row.phase}${row.week === undefined ? "" : `, week ${row.week}`}</td><td>${row.reference}</td></tr>`,
              )}</tbody></table></div>`
        }`,
      }),
    );
  });

  app.get("/staff/tasks/:taskId", async (context) => {
    const staff = context.get("staff");
    const found = await findById(deps.store, context.req.param("taskId"), "task");
    if (found === undefined || !staff.siteIds.includes(found.siteId))
      return context.html(notHere(staff.name), 404);
    const row = await queueRow(
      deps.store,
      keys.episode(found.episodeId).pk,
      found.item,
      deps.clock.now(),
    );
    if (row === undefined) return context.html(notHere(staff.name), 404);
    const site = await loadSite(deps, row.siteId);
    return context.html(
      taskPage(row, staff.name, site.timeZone, deps.ids.next(), context.req.query("problem")),
    );
  });

  app.post("/staff/tasks/:taskId", async (context) => {
    const token = sessionToken(context.req.header("cookie")) ?? "";
    const taskId = context.req.param("taskId");
    const origin = context.req.header("origin");
    if (origin !== undefined && origin !== deps.publicOrigin)
      return context.html(notHere(context.get("staff").name), 404);
    const form = await context.req.parseBody();
    const text = (name: string): string => (typeof form[name] === "string" ? form[name] : "");
    const action = text("action");
    const isDecision = action === "approved" || action === "rejected";
    const body = isDecision
      ? { decision: action, reason: text("reason"), version: Number(text("version")) }
      : { outcome: text("outcome"), note: text("reason"), version: Number(text("version")) };
    const answer = await api.request(
      `/api/v1/tasks/${taskId}/${isDecision ? "decision" : "outcome"}`,
      {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "idempotency-key": text("key"),
        },
        body: JSON.stringify(body),
      },
    );
    if (answer.ok) return context.redirect("/staff", 303);
    const problem = (await answer.json().catch(() => ({}))) as { readonly title?: string };
    return context.redirect(
      `/staff/tasks/${taskId}?problem=${encodeURIComponent(problem.title ?? "That did not work. Try again.")}`,
      303,
    );
  });

  app.get("/staff/episodes/:episodeId", async (context) => {
    const staff = context.get("staff");
    const episode = await findEpisode(deps.store, staff, context.req.param("episodeId"));
    if (episode === undefined) return context.html(notHere(staff.name), 404);
    const profile = await readProfile(deps.store, episode.participantId);
    const site = await loadSite(deps, episode.siteId);
    const { pk } = keys.episode(episode.episodeId);
    const [audit, messages, tasks] = await Promise.all([
      deps.store.query("audit", pk, { limit: 50, descending: true }),
      deps.store.query("care", pk, { skPrefix: "MSG#", limit: 100 }),
      deps.store.query("care", pk, { skPrefix: "TASK#", limit: 100 }),
    ]);
    const open = tasks.items
      .map(readEpisodeItem)
      .filter((item) => item.kind === "task" && item.status === "open");
    return context.html(
      staffLayout({
        title: displayName(profile),
        who: staff.name,
        content: html`<div class="card"><dl><dt>Where</dt><dd>${statusWords[episode.status]}${episode.week === undefined ? "" : `, week ${episode.week}`}</dd><dt>Reference</dt><dd>${episode.reference}</dd><dt>Language</dt><dd>${episode.language}</dd>${
          episode.openEscalations.length === 0
            ? ""
            : html`<dt>Safety</dt><dd class="late">Open alert: ${episode.openEscalations.map((one) => one.tier).join(", ")}</dd>`
        }</dl></div>
<h2>Open work</h2>${open.length === 0 ? html`<p class="card">Nothing is open.</p>` : open.map((task) => (task.kind === "task" ? html`<div class="card"><a href="/staff/tasks/${task.taskId}">${task.words}</a> <span class="quiet">by ${inZone(task.dueAt, site.timeZone)}</span></div>` : ""))}
<h2>Messages</h2>${messageTable(messages.items.map(readEpisodeItem), site.timeZone)}
<h2>What happened</h2><div class="scroll" tabindex="0" role="region" aria-label="What happened"><table><thead><tr><th>When</th><th>What</th><th>Who</th></tr></thead><tbody>${audit.items.map(
          (entry) =>
            html`<tr><td>${inZone(String(entry.at), site.timeZone)}</td><td>${String(entry.action).replaceAll("-", " ")}</td><td>${who(entry.actor)}</td></tr>`,
        )}</tbody></table></div>`,
      }),
    );
  });
  return app;
}

function who(actor: unknown): string {
  if (actor === null || typeof actor !== "object") return "";
  const kind = Reflect.get(actor, "kind");
  return kind === "staff"
    ? String(Reflect.get(actor, "staffId"))
    : kind === "participant"
      ? "participant"
      : kind === "partner"
        ? "partner"
        : "Throughcare";
}

const messageWords: Readonly<Record<string, string>> = {
  PLANNED: "planned",
  CLAIMED: "being sent",
  ACCEPTED: "sent",
  DELIVERED: "delivered",
  FAILED: "not delivered",
  UNKNOWN: "not known whether it went out",
  SUPPRESSED: "not sent",
  CANCELLED: "cancelled",
};

function messageTable(items: ReturnType<typeof readEpisodeItem>[], timeZone: string) {
  const messages = items
    .filter((item) => item.kind === "message")
    .sort((left, right) => right.sendAt.localeCompare(left.sendAt));
  if (messages.length === 0) return html`<p class="card">No message is planned.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Messages"><table><thead><tr><th>When</th><th>Message</th><th>By</th><th>State</th></tr></thead><tbody>${messages.map(
    (message) =>
      html`<tr><td>${inZone(message.acceptedAt ?? message.sendAt, timeZone)}</td><td>${message.step.replaceAll("-", " ")}</td><td>${message.channel === "sms" ? "text" : "email"}</td><td>${messageWords[message.status] ?? message.status}${message.reason === undefined ? "" : `: ${message.reason.replaceAll("-", " ")}`}</td></tr>`,
  )}</tbody></table></div>`;
}

function queueCard(row: QueueRow, timeZone: string) {
  return html`<article class="card ${row.priority}"><h2><a href="/staff/tasks/${row.taskId}">${row.participant}</a> <span class="quiet">${row.phase}${row.week === undefined ? "" : `, week ${row.week}`}</span></h2>
<p>${row.words}</p><p class="${row.isOverdue ? "late" : "quiet"}">${row.isOverdue ? "Overdue since" : "By"} ${inZone(row.dueAt, timeZone)} · ${row.assignedTo ?? row.assignedFunction.replaceAll("-", " ")}</p></article>`;
}

const callOutcomes: readonly (readonly [string, string])[] = [
  ["patient-reached", "Reached the participant"],
  ["no-answer", "No answer"],
  ["message-left", "Left a message"],
  ["unable-to-reach", "Not reached"],
  ["wrong-contact-info", "Wrong number"],
  ["patient-declined", "Does not want contact"],
  ["done", "Done"],
];

function taskPage(
  row: QueueRow,
  who: string,
  timeZone: string,
  key: string,
  problem: string | undefined,
) {
  const evidence = Object.entries(row.evidence);
  return staffLayout({
    title: row.participant,
    who,
    ...(problem === undefined ? {} : { problem: problem.slice(0, 300) }),
    content: html`<div class="card ${row.priority}"><p><strong>${row.words}</strong></p>${row.proposal === undefined ? "" : html`<p>Proposed: ${row.proposal}</p>`}
<p class="${row.isOverdue ? "late" : "quiet"}">By ${inZone(row.dueAt, timeZone)}</p>${
      evidence.length === 0
        ? ""
        : html`<dl>${evidence.map(([name, value]) => html`<dt>${name.replaceAll("-", " ")}</dt><dd>${String(value)}</dd>`)}</dl>`
    }<p><a href="/staff/episodes/${row.episodeId}">Everything about ${row.participant}</a></p></div>${
      row.status !== "open" || row.decision !== undefined
        ? html`<p class="card">${row.decision === undefined ? "This is done." : `Decided: ${row.decision.decision}. ${row.decision.reason}`}</p>`
        : html`<form method="post" class="card"><input type="hidden" name="version" value="${row.version}"><input type="hidden" name="key" value="${key}">${
            row.isApproval
              ? html`<label for="reason">Reason</label><textarea id="reason" name="reason" rows="3" required maxlength="1000"></textarea>
<p><button name="action" value="approved">Approve</button> <button class="second" name="action" value="rejected">Do not approve</button></p><p class="quiet">Nothing is sent for 30 seconds; you can take it back until then.</p>`
              : html`<fieldset><legend><strong>What happened?</strong></legend>${callOutcomes.map(
                  ([value, words]) =>
                    html`<label class="radio"><input type="radio" name="outcome" value="${value}" required> ${words}</label>`,
                )}</fieldset><label for="reason">Note (optional)</label><textarea id="reason" name="reason" rows="3" maxlength="1000"></textarea><p><button name="action" value="outcome">Save</button></p>`
          }</form>`
    }`,
  });
}

function signInPage(hasFailed: boolean) {
  return staffLayout({
    title: "Sign in",
    ...(hasFailed ? { problem: "Signing in did not work. Try again." } : {}),
    content: html`<div class="card"><p>These pages are for staff.</p><p><a class="button" href="/staff/sign-in">Sign in</a></p></div>`,
  });
}

function notHere(who: string) {
  return staffLayout({
    title: "Not here",
    who,
    content: html`<p class="card">There is nothing at this address, or it belongs to another site.</p>`,
  });
}
