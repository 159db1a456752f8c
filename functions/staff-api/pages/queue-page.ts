import { html, raw } from "hono/html";
import { Hono } from "hono/tiny";
import { queueTabs } from "../../../shared/contracts/routes/queue.ts";
import type { Tab } from "../../../shared/staff/queue/load-tasks.ts";
import { listQueueWithCounts, type QueueRow } from "../../../shared/staff/queue/queue-row.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { decisionLabel } from "../../../shared/staff/words/work-words.ts";
import type { ApiVariables } from "../authenticate.ts";
import { type Content, inZone, staffLayout } from "./layout.ts";
import type { PageDeps } from "./page-deps.ts";
import { zoneOf } from "./site-zone.ts";

const tabWords: Readonly<Record<Tab, string>> = {
  safety: "Safety",
  approvals: "Approvals",
  work: "To do",
  overdue: "Overdue",
  snoozed: "Snoozed",
  done: "Done",
};
const shownTabs: readonly Tab[] = ["safety", "approvals", "work", "overdue", "snoozed", "done"];

const nothing: Readonly<Record<Tab, string>> = {
  safety: "No safety alert is open.",
  approvals: "Nothing waits for a decision.",
  work: "Nothing needs you here.",
  overdue: "Nothing is overdue.",
  snoozed: "Nothing was put off.",
  done: "Nothing was done in the last 7 days.",
};

/** The queue: the work in the order to do it, tab by tab. */
export function queuePage(deps: PageDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();
  app.get("/staff", async (context) => {
    const staff = context.get("staff");
    const asked = queueTabs.find((name) => name === context.req.query("tab"));
    const safetyFirst = await listQueueWithCounts(deps, staff, asked ?? "safety");
    // Without a tab in the address: what is about safety when there is any, else what waits for a decision.
    const tab = asked ?? (safetyFirst.rows.length > 0 ? "safety" : "approvals");
    const { rows, counts } =
      asked === undefined && tab !== "safety"
        ? await listQueueWithCounts(deps, staff, tab)
        : safetyFirst;
    const zone = await zoneOf(deps, staff);
    const names = await staffNames(
      deps.store,
      rows.flatMap((row) => [row.decision?.decidedBy, row.assignedTo]),
    );
    return context.html(
      staffLayout({
        title: "Queue",
        who: staff.name,
        place: "/staff",
        content: html`<ul class="tabs">${shownTabs.map(
          (name) =>
            html`<li><a href="/staff?tab=${name}"${name === tab ? raw(' aria-current="page"') : ""}>${tabWords[name]}${counts[name] === undefined ? "" : ` (${counts[name]})`}</a></li>`,
        )}</ul>${
          rows.length === 0
            ? html`<p class="card">${nothing[tab]}</p>`
            : rows.map((row) => queueCard(row, zone, names))
        }`,
      }),
    );
  });
  return app;
}

type Names = ReadonlyMap<string, string>;

export function rowHref(row: QueueRow): string {
  return row.taskKind === "safety-follow-up" && row.about?.type === "escalation"
    ? `/staff/alerts/${row.about.id}`
    : `/staff/tasks/${row.taskId}`;
}

function queueCard(row: QueueRow, zone: string, names: Names): Content {
  const where = [row.phase, row.week === undefined ? "" : `week ${row.week}`].filter(
    (part) => part !== "",
  );
  return html`<article class="card ${row.status === "done" ? "" : row.priority}"><h2><a href="${rowHref(row)}">${row.participant}</a> <span class="quiet">${where.join(", ")}</span></h2>
<p>${priorityTag(row)}<strong>${row.label}.</strong> ${row.words}</p>${stateLine(row, zone, names)}</article>`;
}

function priorityTag(row: QueueRow): Content | string {
  if (row.priority === "normal" || row.status === "done") return "";
  return html`<span class="tag ${row.priority}">${row.priority === "safety" ? "Safety" : "Urgent"}</span> `;
}

function stateLine(row: QueueRow, zone: string, names: Names): Content {
  const owner =
    row.assignedTo === undefined ? plain(row.assignedFunction) : nameOrId(names, row.assignedTo);
  if (row.status === "done") {
    const at = row.outcome?.recordedAt ?? row.decision?.decidedAt;
    return html`<p class="quiet">Done ${inZone(at, zone)}${row.decision === undefined ? "" : `: ${decisionLabel(row, row.decision)}`}</p>`;
  }
  if (row.decision !== undefined) {
    return html`<p><span class="tag good">Decided</span> ${decisionLabel(row, row.decision)}, by ${nameOrId(names, row.decision.decidedBy)}. <a href="/staff/tasks/${row.taskId}">Open</a></p>`;
  }
  return html`<p class="${row.isOverdue ? "late" : "quiet"}">${row.isOverdue ? "Overdue since" : "By"} ${inZone(row.dueAt, zone)} · ${owner}${row.handedUpFrom === undefined ? "" : ` (handed up: the ${plain(row.handedUpFrom)} did not do it in time)`}${row.snoozedUntil === undefined ? "" : ` · put off until ${inZone(row.snoozedUntil, zone)}`}</p>`;
}
