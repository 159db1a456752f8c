import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import type { TaskKind } from "../../../shared/care/episode/task-kinds.ts";
import { serviceKinds, serviceRecords } from "../../../shared/care/program/service-kinds.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { linkageQuestions } from "../../../shared/staff/words/linkage-words.ts";
import { serviceWords } from "../../../shared/staff/words/service-words.ts";
import type { RecordedService } from "../../../shared/store/read-services.ts";
import { Card } from "./parts.tsx";
import { dateLabel, inWords } from "./times.ts";

/** Work whose basis the services are: the week, the discharge, and what is asked after it. */
const tasksWithServices: readonly TaskKind[] = [
  "week-review-approval",
  "discharge-checklist",
  "discharge-approval",
  "check-in-call",
  "aftercare-call",
  "next-step",
];

/** The open work about services and about screens that are due, in the order of its days. */
export function dueServices(items: readonly EpisodeItem[]): readonly CareTask[] {
  return items
    .filter((item): item is CareTask => item.kind === "task" && item.status === "open")
    .filter(({ taskKind }) => taskKind === "service-due" || taskKind === "screen-due")
    .toSorted((left, right) => left.dueAt.localeCompare(right.dueAt));
}

/** True for work on whose page the services stand. */
export function showsServices(kind: TaskKind): boolean {
  return tasksWithServices.includes(kind);
}

/** Calls after the program: what the record holds is asked about on their page. */
const callsAfter: readonly TaskKind[] = ["check-in-call", "aftercare-call", "next-step"];

/** What whoever rings after the program asks about, from the record; nothing on other work, and where nothing is held. */
export function LinkageCard({
  kind,
  episode,
  services,
  today,
}: {
  readonly kind: TaskKind;
  readonly episode: Pick<Episode, "aftercare" | "status">;
  readonly services: readonly RecordedService[];
  readonly today: string;
}) {
  if (!callsAfter.includes(kind) || episode.status !== "aftercare") return null;
  const questions = linkageQuestions(episode, services, today);
  if (questions.length === 0) return null;
  return (
    <Card>
      <h2>Ask about</h2>
      <ul>
        {questions.map((question) => (
          <li>{question}</li>
        ))}
      </ul>
      <p class="quiet">From what is recorded. Record below what has changed since.</p>
    </Card>
  );
}

/** The services of the program and how the person stands with each; a new record is one click away. */
export function ServicesCard({
  episode,
  services,
  due = [],
  now = "",
  zone,
}: {
  readonly episode: Pick<Episode, "episodeId" | "status">;
  /** Each as it was recorded last. */
  readonly services: readonly RecordedService[];
  /** What is asked for about them, shown or still to be shown. */
  readonly due?: readonly CareTask[];
  readonly now?: string;
  readonly zone: string;
}) {
  const base = `/staff/episodes/${episode.episodeId}/services`;
  const others = serviceKinds.filter((kind) => !services.some(({ service }) => service === kind));
  return (
    <Card>
      <h2 id="services">Services</h2>
      {services.length === 0 ? <p class="quiet">Nothing is recorded yet.</p> : null}
      <ul>
        {services.map((record) => (
          <li>
            <a href={`${base}/${record.service}`}>{serviceRecords[record.service].label}</a>{" "}
            <span class="quiet">{inWords(serviceWords(record), zone)}</span>
          </li>
        ))}
      </ul>
      {due.length === 0 ? null : (
        <>
          <h3>Due</h3>
          <ul>
            {due.map(({ taskId, words, snoozedUntil }) => (
              <li>
                {snoozedUntil === undefined || snoozedUntil <= now
                  ? ""
                  : `Work from ${dateLabel(localDate(snoozedUntil, zone))} on, unless it is recorded before: `}
                <a href={`/staff/tasks/${taskId}`}>{inWords(words, zone)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {isTerminal(episode.status) || others.length === 0 ? null : (
        <details>
          <summary>
            {services.length === 0 ? "Record a service" : "Not spoken of yet: record another"}
          </summary>
          <ul>
            {others.map((kind) => (
              <li>
                <a href={`${base}/${kind}`}>{serviceRecords[kind].label}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}
