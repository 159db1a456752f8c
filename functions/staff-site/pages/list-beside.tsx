import { sessionAskedAbout } from "../../../shared/staff/queue/one-per-session.ts";
import type { QueueRow } from "../../../shared/staff/queue/queue-row.ts";
import { placeQuery, placeToken } from "../ui/place.ts";
import { shortInZone } from "../ui/times.ts";
import type { WorkList } from "./work-list.ts";

/** Where a task is worked, with the way back to its place in the list. */
export function rowHref(row: Pick<QueueRow, "taskId" | "taskKind" | "about">): string {
  return row.taskKind === "safety-follow-up" && row.about?.type === "escalation"
    ? `/staff/alerts/${row.about.id}`
    : `/staff/tasks/${row.taskId}`;
}

/** Where a line of the list leads: to the task, or where several people of a session are unmarked, to the session. */
export function lineHref(row: QueueRow, number: number, { place, unmarked }: WorkList): string {
  const session = sessionAskedAbout(row);
  const isSession = row.status === "open" && (unmarked.get(session ?? "") ?? 1) > 1;
  const path = isSession ? `/staff/attendance/${session}` : rowHref(row);
  return `${path}?back=${placeToken({ ...place, row: number })}`;
}

/**
 * The list that something was opened from, beside it on a wide screen: the next one is one link away, and the one
 * before. On a narrow screen the two links stand alone.
 */
export function ListBeside({
  list,
  shown,
  zone,
}: {
  readonly list: WorkList;
  /** The path of what is open. */
  readonly shown: string;
  readonly zone: string;
}) {
  const hrefs = list.rows.map((row, index) => lineHref(row, index + 1, list));
  const at = hrefs.findIndex((href) => href.startsWith(`${shown}?`));
  const before = at > 0 ? hrefs[at - 1] : undefined;
  const after = hrefs[at + 1];
  return (
    <nav class="beside" aria-label="The list">
      <p class="ways">
        <a href={`/staff?${placeQuery(list.place)}${at === -1 ? "" : `#row-${at + 1}`}`}>
          Back to the list
        </a>
        {before === undefined ? null : (
          <a href={before} rel="prev">
            Previous
          </a>
        )}
        {after === undefined ? null : (
          <a href={after} rel="next">
            Next
          </a>
        )}
      </p>
      <ol>
        {list.rows.map((row, index) => (
          <li>
            <a
              href={hrefs[index]}
              class={row.priority}
              aria-current={index === at ? "true" : undefined}
            >
              <strong>{row.participant}</strong>{" "}
              <span class={row.isOverdue ? "when late" : "when"}>
                {shortInZone(row.dueAt, zone)}
              </span>
              <span class="label">
                {row.label}
                {row.records === undefined
                  ? ""
                  : ` ${row.records.other.participant}, ${row.records.other.reference}`}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
