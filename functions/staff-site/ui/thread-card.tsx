import type { ShownEntry, ThreadPage } from "../../../shared/staff/thread/load-thread.ts";
import { type ThreadKind, threadKinds } from "../../../shared/staff/thread/thread.ts";
import { actorWords } from "../../../shared/staff/words/actor-words.ts";
import { Pages } from "./pages.tsx";
import { Quote, SentFrom } from "./parts.tsx";
import { inWords, inZone } from "./times.ts";

const kindLabels: Readonly<Record<ThreadKind, string>> = {
  notes: "Notes",
  calls: "Calls and contacts",
  answers: "Answers",
  replies: "Replies",
  messages: "Texts and emails",
  decisions: "Decisions",
  attendance: "Attendance",
  steps: "Steps",
};

/** Everything about one person, the newest first, narrowed down by kind and a page at a time. */
export function Thread({
  thread,
  kind,
  page,
  path,
  back,
  zone,
}: {
  readonly thread: ThreadPage;
  readonly kind: ThreadKind | undefined;
  readonly page: number;
  readonly path: string;
  /** What of the queue the page was opened from. */
  readonly back: string | undefined;
  readonly zone: string;
}) {
  const asked = (one: ThreadKind | undefined) =>
    new URLSearchParams({
      ...(one === undefined ? {} : { kind: one }),
      ...(back === undefined ? {} : { back }),
    });
  return (
    <>
      <h2 id="thread">Everything, the newest first</h2>
      <nav aria-label="Kinds of entries">
        <ul class="tabs small">
          {[undefined, ...threadKinds].map((one) => (
            <li>
              <a
                href={`${path}?${asked(one)}#thread`}
                aria-current={one === kind ? "true" : undefined}
              >
                {one === undefined ? "All" : `${kindLabels[one]} (${thread.counts[one]})`}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {thread.entries.length === 0 ? <p class="card">Nothing yet.</p> : null}
      <ol class="thread">
        {thread.entries.map((entry) => (
          <Entry entry={entry} names={thread.names} zone={zone} />
        ))}
      </ol>
      <Pages
        path={path}
        asked={asked(kind)}
        page={page}
        total={thread.total}
        of={thread.total === 1 ? "entry" : "entries"}
        anchor="thread"
      />
    </>
  );
}

function Entry({
  entry,
  names,
  zone,
}: {
  readonly entry: ShownEntry;
  readonly names: ReadonlyMap<string, string>;
  readonly zone: string;
}) {
  const { note, message, sent, answers = [] } = entry;
  return (
    <li>
      <p>
        <strong>{inWords(entry.what, zone)}</strong>
        {entry.times === 1 ? null : <span class="quiet"> × {entry.times}</span>}{" "}
        <span class="quiet">
          {entry.actor === undefined ? "" : `${actorWords(entry.actor, names)}, `}
          {note?.from === undefined ? null : (
            <>
              from <SentFrom from={note.from} />,{" "}
            </>
          )}
          {inZone(entry.at, zone)}
        </span>
        {message === undefined ? null : (
          <>
            {" "}
            <a href={`/staff/messages/${message.messageId}`}>
              Why?<span class="govuk-visually-hidden"> {entry.what}</span>
            </a>
          </>
        )}
      </p>
      <Quote>{note?.text}</Quote>
      <Quote>{entry.reason}</Quote>
      {sent?.subject === undefined ? null : <p class="quiet">{sent.subject}</p>}
      <Quote>{sent?.text}</Quote>
      {answers.length === 0 ? null : (
        <dl class="answers">
          {answers.map(([question, answer]) => (
            <div>
              <dt>{question}</dt>
              <dd>{answer}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
