import { Hono } from "hono/tiny";
import { queueTabs } from "../../../shared/contracts/routes/queue.ts";
import type { Tab } from "../../../shared/staff/queue/load-tasks.ts";
import { onePerSession, sessionAskedAbout } from "../../../shared/staff/queue/one-per-session.ts";
import {
  countsOf,
  loadQueue,
  type Queue,
  type QueueRow,
  queueRows,
  type WhoseWork,
  whoseWork,
} from "../../../shared/staff/queue/queue-row.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { decisionLabel } from "../../../shared/staff/words/work-words.ts";
import type { PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { Pages, pageAsked, rowsPerPage } from "../ui/pages.tsx";
import { dayLabel, shortInZone } from "../ui/times.ts";
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

const whoseLabels: Readonly<Record<WhoseWork, string>> = {
  mine: "Mine",
  team: "Team",
  all: "All",
};

/** What of the queue somebody was looking at, in the address of a task: a tab, whose work, and a page. */
const placePattern = /^([a-z]+)-([a-z]+)-(\d{1,6})$/;

/** The address of the part of the queue that a task was opened from; the work to do where it is not known. */
export function queueAddress(back: string | undefined): string {
  const [, tabAsked, whoseAsked, page] = placePattern.exec(back ?? "") ?? [];
  const tab = queueTabs.find((name) => name === tabAsked) ?? "work";
  const whose = whoseWork.find((name) => name === whoseAsked) ?? "all";
  return `/staff?${placeQuery(tab, whose, Number(page ?? 1))}`;
}

function placeQuery(tab: Tab, whose: WhoseWork, page = 1): URLSearchParams {
  return new URLSearchParams({
    tab,
    ...(whose === "all" ? {} : { whose }),
    ...(page === 1 ? {} : { page: String(page) }),
  });
}

/** The queue: the work in the order to do it, tab by tab, a page at a time. */
export function queuePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  app.get("/staff", async (context) => {
    const staff = context.get("staff");
    const whose = whoseWork.find((name) => name === context.req.query("whose")) ?? "all";
    const { queue, unmarked } = onceForEachSession(await loadQueue(deps, staff, whose), deps);
    // Without a tab in the address: what is about safety when there is any, else what waits for a decision.
    const tab =
      queueTabs.find((name) => name === context.req.query("tab")) ??
      ((queue.counts.safety ?? 0) > 0 ? "safety" : "approvals");
    const asked = context.req.query("page");
    const page = tab === "done" ? pageOfDone(asked) : pageAsked(asked, queue.counts[tab] ?? 0);
    const part = { from: (page - 1) * rowsPerPage, size: rowsPerPage };
    const { rows, total } = await queueRows(deps, staff, queue, { tab, whose, part });
    const zone = await zoneOf(deps, context);
    const names = await staffNames(
      deps.store,
      rows.flatMap((row) => [row.decision?.decidedBy, row.assignedTo]),
    );
    const place = `${tab}-${whose}-${page}`;
    return staffPage(context, {
      title: "Queue",
      who: staff.name,
      place: "/staff",
      content: (
        <>
          <div class="lists">
            <nav aria-label="Kinds of work">
              <ul class="tabs">
                {queueTabs.map((name) => (
                  <li>
                    <a
                      href={`/staff?${placeQuery(name, whose)}`}
                      aria-current={name === tab ? "page" : undefined}
                    >
                      {tabLabels[name]}
                      {queue.counts[name] === undefined ? "" : ` (${queue.counts[name]})`}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            <nav aria-label="Whose work">
              <ul class="tabs">
                {whoseWork.map((name) => (
                  <li>
                    <a
                      href={`/staff?${placeQuery(tab, name)}`}
                      aria-current={name === whose ? "true" : undefined}
                    >
                      {whoseLabels[name]}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          </div>
          {rows.length === 0 ? (
            <p class="card">
              {nothing[tab]}
              {whose === "all" ? "" : " There may be work of others: see All."}
            </p>
          ) : (
            <section
              class="scroll list queue"
              tabindex={0}
              aria-label="Work, in the order to do it"
            >
              <table>
                <thead>
                  <tr>
                    {["Who", "Where", "What", "When", "Whose"].map((name) => (
                      <th scope="col">{name}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <QueueLine
                      row={row}
                      zone={zone}
                      names={names}
                      place={place}
                      unmarked={unmarked}
                    />
                  ))}
                </tbody>
              </table>
            </section>
          )}
          <Pages
            path="/staff"
            asked={placeQuery(tab, whose)}
            page={page}
            total={total}
            of={total === 1 ? "task" : "tasks"}
          />
        </>
      ),
    });
  });
  return app;
}

function onceForEachSession(whole: Queue, deps: StaffSiteDeps) {
  const { open, unmarked } = onePerSession(whole.open);
  return { queue: { open, counts: countsOf(open, deps.clock.now()) }, unmarked };
}

function pageOfDone(asked: string | undefined): number {
  return pageAsked(asked, Number.MAX_SAFE_INTEGER);
}

type LineProps = {
  readonly row: QueueRow;
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
  /** What of the queue is looked at: saving leads back there. */
  readonly place: string;
  /** How many people's attendance is asked for, by group session. */
  readonly unmarked: ReadonlyMap<string, number>;
};

/** Where a task is worked. */
export function rowHref(row: Pick<QueueRow, "taskId" | "taskKind" | "about">): string {
  return row.taskKind === "safety-follow-up" && row.about?.type === "escalation"
    ? `/staff/alerts/${row.about.id}`
    : `/staff/tasks/${row.taskId}`;
}

function QueueLine({ row, zone, names, place, unmarked }: LineProps) {
  const session = sessionAskedAbout(row);
  const people = session === undefined ? 1 : (unmarked.get(session) ?? 1);
  const isSession = people > 1 && row.status === "open";
  const where = [row.phase, row.week === undefined ? "" : `week ${row.week}`].filter(
    (part) => part !== "",
  );
  const isMarked = row.priority !== "normal" && row.status !== "done";
  return (
    <tr class={row.status === "done" ? "" : row.priority}>
      <th scope="row">
        {isSession ? (
          <a href={`/staff/attendance/${session}`}>{people} people</a>
        ) : (
          <a href={`${rowHref(row)}?back=${place}`}>{row.participant}</a>
        )}
      </th>
      <td class="where">{isSession ? sessionLabel(row) : where.join(", ")}</td>
      <td class="what">
        <span title={row.words}>
          {isMarked ? (
            <>
              <span class={`tag ${row.priority}`}>
                {row.priority === "safety" ? "Safety" : "Urgent"}
              </span>{" "}
            </>
          ) : null}
          <strong>{row.label}.</strong>{" "}
          {isSession
            ? `Attendance of ${people} people is not marked yet. Mark it for all at once, then the exceptions.`
            : row.words}
        </span>
      </td>
      <td class={row.isOverdue && row.status !== "done" ? "late" : ""}>{whenOf(row, zone)}</td>
      <td>{ownerOf(row, names)}</td>
    </tr>
  );
}

function sessionLabel({ evidence }: QueueRow): string {
  return `Session of ${dayLabel(String(evidence.on))}`;
}

function whenOf(row: QueueRow, zone: string): string {
  if (row.status === "done")
    return `Done ${shortInZone(row.outcome?.recordedAt ?? row.decision?.decidedAt, zone)}`;
  if (row.decision !== undefined) return "Decided";
  if (row.snoozedUntil !== undefined) return `Put off: ${shortInZone(row.snoozedUntil, zone)}`;
  return `${row.isOverdue ? "Overdue:" : "By"} ${shortInZone(row.dueAt, zone)}`;
}

function ownerOf(row: QueueRow, names: ReadonlyMap<string, string>): string {
  if (row.decision !== undefined)
    return `${decisionLabel(row, row.decision)}, by ${nameOrId(names, row.decision.decidedBy)}`;
  if (row.status === "done") return "";
  const owner =
    row.assignedTo === undefined ? plain(row.assignedFunction) : nameOrId(names, row.assignedTo);
  return row.handedUpFrom === undefined
    ? owner
    : `${owner} (handed up: the ${plain(row.handedUpFrom)} did not do it in time)`;
}
