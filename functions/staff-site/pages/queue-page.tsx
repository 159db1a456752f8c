import { Hono } from "hono/tiny";
import { queueTabs } from "../../../shared/contracts/routes/queue.ts";
import type { Tab } from "../../../shared/staff/queue/load-tasks.ts";
import { listQueueWithCounts, type QueueRow } from "../../../shared/staff/queue/queue-row.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { decisionLabel } from "../../../shared/staff/words/work-words.ts";
import type { PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { inZone } from "../ui/times.ts";
import { zoneOf } from "./page-parts.tsx";

const tabLabels: Readonly<Record<Tab, string>> = {
  safety: "Safety",
  approvals: "Approvals",
  work: "To do",
  overdue: "Overdue",
  snoozed: "Snoozed",
  done: "Done",
};

const nothing: Readonly<Record<Tab, string>> = {
  safety: "No safety alert is open.",
  approvals: "Nothing waits for a decision.",
  work: "Nothing needs you here.",
  overdue: "Nothing is overdue.",
  snoozed: "Nothing was put off.",
  done: "Nothing was done in the last 7 days.",
};

/** The queue: the work in the order to do it, tab by tab. */
export function queuePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
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
    const zone = await zoneOf(deps, context);
    const names = await staffNames(
      deps.store,
      rows.flatMap((row) => [row.decision?.decidedBy, row.assignedTo]),
    );
    return staffPage(context, {
      title: "Queue",
      who: staff.name,
      place: "/staff",
      content: (
        <>
          <nav aria-label="Kinds of work">
            <ul class="tabs">
              {queueTabs.map((name) => (
                <li>
                  <a href={`/staff?tab=${name}`} aria-current={name === tab ? "page" : undefined}>
                    {tabLabels[name]}
                    {counts[name] === undefined ? "" : ` (${counts[name]})`}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          {rows.length === 0 ? <p class="card">{nothing[tab]}</p> : null}
          {rows.map((row) => (
            <QueueCard row={row} zone={zone} names={names} />
          ))}
        </>
      ),
    });
  });
  return app;
}

type CardProps = {
  readonly row: QueueRow;
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
};

/** Where a task is worked. */
export function rowHref(row: Pick<QueueRow, "taskId" | "taskKind" | "about">): string {
  return row.taskKind === "safety-follow-up" && row.about?.type === "escalation"
    ? `/staff/alerts/${row.about.id}`
    : `/staff/tasks/${row.taskId}`;
}

function QueueCard({ row, zone, names }: CardProps) {
  const where = [row.phase, row.week === undefined ? "" : `week ${row.week}`].filter(
    (part) => part !== "",
  );
  const isMarked = row.priority !== "normal" && row.status !== "done";
  return (
    <article class={`card ${row.status === "done" ? "" : row.priority}`}>
      <h2>
        <a href={rowHref(row)}>{row.participant}</a> <span class="quiet">{where.join(", ")}</span>
      </h2>
      <p>
        {isMarked ? (
          <span class={`tag ${row.priority}`}>
            {row.priority === "safety" ? "Safety" : "Urgent"}
          </span>
        ) : null}
        {isMarked ? " " : ""}
        <strong>{row.label}.</strong> {row.words}
      </p>
      <StateLine row={row} zone={zone} names={names} />
    </article>
  );
}

function StateLine({ row, zone, names }: CardProps) {
  if (row.status === "done") {
    const at = row.outcome?.recordedAt ?? row.decision?.decidedAt;
    return (
      <p class="quiet">
        Done {inZone(at, zone)}
        {row.decision === undefined ? "" : `: ${decisionLabel(row, row.decision)}`}
      </p>
    );
  }
  if (row.decision !== undefined)
    return (
      <p>
        <span class="tag good">Decided</span> {decisionLabel(row, row.decision)}, by{" "}
        {nameOrId(names, row.decision.decidedBy)}. <a href={`/staff/tasks/${row.taskId}`}>Open</a>
      </p>
    );
  const owner =
    row.assignedTo === undefined ? plain(row.assignedFunction) : nameOrId(names, row.assignedTo);
  return (
    <p class={row.isOverdue ? "late" : "quiet"}>
      {row.isOverdue ? "Overdue since" : "By"} {inZone(row.dueAt, zone)} · {owner}
      {row.handedUpFrom === undefined
        ? ""
        : ` (handed up: the ${plain(row.handedUpFrom)} did not do it in time)`}
      {row.snoozedUntil === undefined ? "" : ` · put off until ${inZone(row.snoozedUntil, zone)}`}
    </p>
  );
}
