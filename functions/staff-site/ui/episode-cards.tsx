import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import { modalityLabel } from "../../../shared/care/sessions/session-label.ts";
import { compareUrgency, isOverdue } from "../../../shared/care/tasks/in-order.ts";
import { taskKindRecords } from "../../../shared/care/tasks/task-kinds.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import {
  attendanceAsWords,
  contactWhyLabel,
  messageLabel,
  plain,
} from "../../../shared/staff/words/timeline-words.ts";
import { asSentence } from "../../../shared/staff/words/work-words.ts";
import { Card, Table } from "./parts.tsx";
import { dateLabel, inWords, inZone } from "./times.ts";

type Names = ReadonlyMap<string, string>;
type Items = { readonly items: readonly EpisodeItem[] };

/** The open safety alerts of one person, each a link to its page. */
export function AlertCards({ items }: Items) {
  return (
    <>
      {items.map((item) =>
        item.kind === "escalation" && item.status !== "closed" ? (
          <Card tone="safety">
            <p>
              <span class="tag safety">{item.tier}</span>{" "}
              <a href={`/staff/alerts/${item.escalationId}`}>{item.reason}</a>
            </p>
          </Card>
        ) : null,
      )}
    </>
  );
}

/** The open tasks of one person, with owner and due time; says so when nothing is open. */
export function OpenWork({
  items,
  zone,
  names,
  now,
  siteIds,
}: Items & {
  readonly zone: string;
  readonly names: Names;
  readonly now: string;
  /** The sites of whoever reads it: work at another one cannot be opened here. */
  readonly siteIds: readonly string[];
}) {
  const open = items
    .flatMap((item) => (item.kind === "task" && item.status === "open" ? [item] : []))
    .toSorted(compareUrgency);
  if (open.length === 0) return <p class="card">Nothing is open.</p>;
  return (
    <>
      {open.map((task) =>
        task.kind === "task" ? (
          <Card tone={task.priority}>
            <p>
              <strong>{asSentence(taskKindRecords[task.taskKind].label)}</strong>{" "}
              {task.atSite === undefined || siteIds.includes(task.atSite) ? (
                <a href={`/staff/tasks/${task.taskId}`}>{inWords(task.words, zone)}</a>
              ) : (
                `${inWords(task.words, zone)} Done at the other site.`
              )}
            </p>
            <p class={isOverdue(task, now) ? "late" : "quiet"}>
              {isOverdue(task, now) ? "Overdue since" : "By"} {inZone(task.dueAt, zone)} ·{" "}
              {task.assignedTo === undefined
                ? plain(task.assignedFunction)
                : nameOrId(names, task.assignedTo)}
            </p>
          </Card>
        ) : null,
      )}
    </>
  );
}

/** What is planned: messages, sessions and check-ins of the days to come. */
export function NextUp({
  items,
  zone,
  now,
}: Items & { readonly zone: string; readonly now: string }) {
  const coming = items
    .flatMap((item): readonly { readonly at: string; readonly words: string }[] => {
      if (item.kind === "message" && item.status === "PLANNED")
        return [
          { at: item.sendAt, words: `${channelLabel(item)}: ${messageLabel(item.templateId)}` },
        ];
      if (item.kind === "session" && item.status === "planned" && item.scheduledEndAt > now)
        return [{ at: item.scheduledStartAt, words: modalityLabel(item.modality) }];
      if (item.kind === "check-in" && (item.status === "planned" || item.status === "open"))
        return [
          item.status === "open" && item.endsAt !== undefined
            ? { at: item.endsAt, words: `${contactLabel(item)}, open until` }
            : { at: item.dueAt, words: contactLabel(item) },
        ];
      return [];
    })
    .sort((left, right) => left.at.localeCompare(right.at));
  if (coming.length === 0) return <p class="card">Nothing is planned.</p>;
  return (
    <Card>
      <ul>
        {coming.slice(0, 12).map(({ at, words }) => (
          <li>
            {words} <span class="quiet">{inZone(at, zone)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function contactLabel({ checkInKind, number, why }: CheckIn): string {
  const label = checkInKind === "staff-call" ? "Call by staff" : `Check-in ${number}`;
  return why === undefined ? label : `${label} (${contactWhyLabel(why)})`;
}

function channelLabel(message: Message): string {
  return message.channel === "sms" ? "Text" : "Email";
}

function moodLabel(mood: number | undefined): string {
  return mood === undefined ? "" : `${mood} of 10`;
}

function concernLabel(isWorried: boolean | undefined): string {
  return isWorried === undefined ? "" : isWorried ? "worried: alert raised" : "no concern";
}

/** The sessions of one person whose attendance is entered, the latest first. */
export function AttendanceTable({ items }: Items) {
  const sessions = items
    .filter((item) => item.kind === "session")
    .filter((item) => item.attendance !== undefined)
    .sort((left, right) => right.sk.localeCompare(left.sk));
  if (sessions.length === 0) return <p class="card">No attendance is entered yet.</p>;
  return (
    <Table
      label="Attendance"
      head={["Day", "Week", "Session", "Attendance", "Minutes", "Mood", "Safety"]}
    >
      {sessions.map((item) => (
        <tr>
          <td>{dateLabel(item.on)}</td>
          <td>{item.week}</td>
          <td>{modalityLabel(item.modality)}</td>
          <td>{attendanceAsWords(item.attendance?.status ?? "")}</td>
          <td>{item.attendance?.attendedMinutes ?? ""}</td>
          <td>{moodLabel(item.attendance?.mood)}</td>
          <td>{concernLabel(item.attendance?.safetyConcern)}</td>
        </tr>
      ))}
    </Table>
  );
}
