import { Hono } from "hono/tiny";
import { decisionLabel } from "../../../shared/care/approvals/approval-kinds.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { worksFor } from "../../../shared/care/sessions/works-for.ts";
import { tierOf } from "../../../shared/care/tasks/in-order.ts";
import { queueTabs, whoseWork } from "../../../shared/contracts/routes/queue.ts";
import type { Tab } from "../../../shared/staff/queue/load-tasks.ts";
import { sessionAskedAbout } from "../../../shared/staff/queue/one-per-session.ts";
import type { QueueRow, WhoseWork } from "../../../shared/staff/queue/queue-row.ts";
import { nameOrId, staffNames } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { asSentence } from "../../../shared/staff/words/work-words.ts";
import { loadSites } from "../../../shared/store/list-sites.ts";
import type { PageVariables } from "../session/signed-in.tsx";
import type { StaffSiteDeps } from "../site-deps.ts";
import { staffPage } from "../ui/layout.tsx";
import { Pages } from "../ui/pages.tsx";
import { placeQuery } from "../ui/place.ts";
import { dayInZone, dayLabel, inWords, shortInZone } from "../ui/times.ts";
import { lineHref } from "./list-beside.tsx";
import { zoneOf } from "./page-parts.tsx";
import { loadWorkList, type WorkList } from "./work-list.ts";

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

/** The queue: the work in the order to do it, tab by tab, a page at a time. */
export function queuePage(deps: StaffSiteDeps) {
  const app = new Hono<{ Variables: PageVariables }>();
  app.get("/staff", async (context) => {
    const staff = context.get("staff");
    const tabAsked = queueTabs.find((name) => name === context.req.query("tab"));
    const whose = whoseWork.find((name) => name === context.req.query("whose")) ?? "all";
    const list = await loadWorkList(deps, staff, {
      whose,
      page: context.req.query("page"),
      ...(tabAsked === undefined ? {} : { tab: tabAsked }),
    });
    const { place, rows, total, counts } = list;
    const { tab, page } = place;
    const zone = await zoneOf(deps, context);
    const now = deps.clock.now();
    const sites = await loadSites(deps.store, staff.siteIds);
    const coverOf = (row: QueueRow) => coverOfRow(sites, row, now);
    const names = await staffNames(
      deps.store,
      rows.flatMap((row) => [row.decision?.decidedBy, row.assignedTo, coverOf(row)?.by]),
    );
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
                      href={`/staff?${placeQuery({ tab: name, whose, page: 1 })}`}
                      aria-current={name === tab ? "page" : undefined}
                    >
                      {tabLabels[name]}
                      {counts[name] === undefined ? "" : ` (${counts[name]})`}
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
                      href={`/staff?${placeQuery({ tab, whose: name, page: 1 })}`}
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
              class={`scroll list queue${isWhole(tab, rows) ? " whole" : ""}`}
              tabindex={0}
              aria-label="Work, in the order to do it"
            >
              <table>
                <thead>
                  <tr>
                    {["Who", "Where", "What", "Due", "Owner", "Last contact"].map((name) => (
                      <th scope="col">{name}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row, index) => (
                    <QueueLine
                      row={row}
                      number={index + 1}
                      zone={zone}
                      names={names}
                      list={list}
                      cover={coverOf(row)}
                    />
                  ))}
                </tbody>
              </table>
            </section>
          )}
          <Pages
            path="/staff"
            asked={placeQuery({ tab, whose, page: 1 })}
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

/** Rows that say in full why they are there and still are one screen. */
const wholeRows = 10;

/** A short list is read, and so is what is about safety; a long one is looked down, a line to each row. */
function isWhole(tab: Tab, rows: readonly QueueRow[]): boolean {
  return tab === "safety" || rows.length <= wholeRows;
}

type LineProps = {
  readonly row: QueueRow;
  /** Its place on the page, from 1: saving leads back to it. */
  readonly number: number;
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
  readonly list: WorkList;
  readonly cover: Cover | undefined;
};

/** Who does the work of an owner who is away; `by` is missing where nobody does. */
type Cover = { readonly by: string | undefined };

function coverOfRow(sites: readonly Site[], row: QueueRow, now: string): Cover | undefined {
  const { assignedTo, siteId, status } = row;
  const site = sites.find((one) => one.siteId === siteId);
  if (assignedTo === undefined || site === undefined || status === "done") return undefined;
  const by = worksFor(site, assignedTo, now);
  return by === assignedTo ? undefined : { by };
}

function QueueLine({ row, number, zone, names, list, cover }: LineProps) {
  const session = sessionAskedAbout(row);
  const people = session === undefined ? 1 : (list.unmarked.get(session) ?? 1);
  const isSession = people > 1 && row.status === "open";
  const where = [row.phase, row.week === undefined ? "" : `week ${row.week}`].filter(
    (part) => part !== "",
  );
  const isMarked = row.priority !== "normal" && row.status !== "done";
  return (
    <tr id={`row-${number}`} class={row.status === "done" ? "" : row.priority}>
      <th scope="row">
        <a href={lineHref(row, number, list)}>{isSession ? `${people} people` : row.participant}</a>
      </th>
      <td class="where">{isSession ? whichSession(row, zone) : where.join(", ")}</td>
      <td class="what">
        <span title={reasonOf(row, zone)}>
          {isMarked ? (
            <>
              <span class={`tag ${row.priority}`}>
                {row.priority === "safety" ? (tierOf(row) ?? "Safety") : "Urgent"}
              </span>{" "}
            </>
          ) : null}
          <strong>{asSentence(row.label)}</strong>{" "}
          {isSession
            ? `Attendance of ${people} people is not marked yet. Mark it for all at once, then the exceptions.`
            : reasonOf(row, zone)}
        </span>
      </td>
      <td class={row.isOverdue && row.status !== "done" ? "late" : ""}>{whenOf(row, zone)}</td>
      <td>
        {ownerOf(row, names)}
        {cover === undefined
          ? ""
          : cover.by === undefined
            ? ", away: nobody covers"
            : `, away: ${nameOrId(names, cover.by)} covers`}
      </td>
      <td class="contact">{isSession ? "" : lastContactOf(row, zone)}</td>
    </tr>
  );
}

const contactWords = {
  spoke: "spoken with",
  came: "came",
  wrote: "wrote",
  answered: "answered",
} as const;

function lastContactOf({ episodeId, lastContact }: QueueRow, zone: string): string {
  if (lastContact === undefined) return episodeId === undefined ? "" : "not yet";
  return `${dayInZone(lastContact.at, zone)}, ${contactWords[lastContact.how]}`;
}

/** Why it is on the list. Of two records that are perhaps of one person it says which, for there may be several. */
function reasonOf({ records, evidence, words }: QueueRow, zone: string): string {
  if (records === undefined) return inWords(words, zone);
  const { own, other } = records;
  return `${other.participant} (${other.reference}, referred ${dayInZone(other.referredAt, zone)}) has the same ${evidence.sameAre} as this record (${own.reference}, referred ${dayInZone(own.referredAt, zone)}). Look at both.`;
}

/** Several groups of a day may wait: which of them it is. */
function whichSession({ evidence: { on, session, startsAt } }: QueueRow, zone: string): string {
  return typeof session === "string" && typeof startsAt === "string"
    ? `${session}, ${shortInZone(startsAt, zone)}`
    : `Session of ${dayLabel(String(on))}`;
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
    : `${owner} (handed up from the ${plain(row.handedUpFrom)})`;
}
