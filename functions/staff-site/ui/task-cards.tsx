import type { Child } from "hono/jsx";
import { decisionLabel } from "../../../shared/care/approvals/approval-kinds.ts";
import type { TaskDescription } from "../../../shared/staff/queue/describe-task.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import {
  evidenceWords,
  outcomeWords,
  proposalWords,
} from "../../../shared/staff/words/work-words.ts";
import type { DecisionPreview } from "../../../workflows/run/preview-decision.ts";
import { AskThere } from "./ask-there.tsx";
import { Card, Facts, Quote, SentFrom } from "./parts.tsx";
import { inWords, inZone, timeOfDay } from "./times.ts";

type TaskView = {
  readonly task: TaskDescription;
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
};

/** Why the task is here, what is known, and by when. */
export function WhyCard({ task, zone, names }: TaskView) {
  const proposal = proposalWords(task);
  const nameOf = (staffId: string | undefined) =>
    staffId === undefined ? undefined : nameOrId(names, staffId);
  return (
    <Card tone={task.priority}>
      <p class="quiet">{task.label}</p>
      <p class="big">
        <strong>{inWords(task.words, zone)}</strong>
      </p>
      {proposal === undefined ? null : (
        <p>
          Proposed: <strong>{proposal}</strong>
        </p>
      )}
      <p class={task.isOverdue ? "late" : "quiet"}>
        {task.isOverdue ? "Overdue since" : "By"} {inZone(task.dueAt, zone)} · here since{" "}
        {inZone(task.openedAt, zone)}
      </p>
      <Facts
        pairs={[
          ...evidenceWords(task.evidence, names).map(
            ([name, value]) => [name, inWords(value, zone)] as const,
          ),
          [
            "For",
            task.handedUpFrom === undefined
              ? plain(task.assignedFunction)
              : `${plain(task.assignedFunction)}, because the ${plain(task.handedUpFrom)} did not do it in time`,
          ],
          ["Taken by", nameOf(task.assignedTo)],
          ["Asked for by", nameOf(task.requestedBy)],
          ["Put off until", inZone(task.snoozedUntil, zone)],
        ]}
      />
      <StepsUp task={task} zone={zone} />
      <AttendanceLink task={task} />
      <AskThere task={task} />
      <Checklist task={task} />
    </Card>
  );
}

/** Who got work because it was not done, and who gets it next: a deadline that everybody can see. */
function StepsUp({ task, zone }: Pick<TaskView, "task" | "zone">) {
  const { owed } = task;
  const steps = owed?.steps ?? (task.status === "open" ? task.late : undefined) ?? [];
  if (steps.length === 0) return null;
  const last = steps.at(-1);
  return (
    <>
      <h2>When it is not done</h2>
      <ul>
        {steps.map((step) => {
          const isPaged =
            owed !== undefined &&
            step === last &&
            owed.tier !== "ROUTINE" &&
            task.taskKind !== "safety-follow-up";
          return step.takenAt === undefined ? (
            <li>
              {inZone(step.at, zone)}: to the {plain(step.to)}
              {isPaged ? ", and the on-call is paged" : ""}
            </li>
          ) : (
            <li class="late">
              Went to the {plain(step.to)}
              {isPaged ? ", and the on-call was paged" : ""}: {inZone(step.takenAt, zone)}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Who may do this, in place of a form that would be refused: said before anybody types. */
export function NotTheirsCard({ task }: Pick<TaskView, "task">) {
  const by = (task.recordedBy ?? []).map(plain).join(", ");
  return (
    <p class="card">
      This is {task.isApproval ? "decided" : "recorded"} by: {by}.
    </p>
  );
}

/** What else is asked for before the discharge, with who may tick what not everybody may. */
function Checklist({ task: { checklist = [] } }: Pick<TaskView, "task">) {
  if (checklist.length === 0) return null;
  return (
    <>
      <h2>Also before the discharge</h2>
      <ul>
        {checklist.map(({ taskId, words, recordedBy }) => (
          <li>
            <a href={`/staff/tasks/${taskId}`}>{words}</a>
            {recordedBy === undefined ? null : (
              <span class="quiet"> Ticked by: {recordedBy.map(plain).join(", ")}.</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Attendance is entered for the session, and the task then closes itself. */
function AttendanceLink({ task }: Pick<TaskView, "task">) {
  const { on } = task.evidence;
  if (task.taskKind !== "mark-attendance" || typeof on !== "string") return null;
  return (
    <p>
      <a class="button" href={`/staff/attendance?on=${on}`}>
        Enter the attendance
      </a>
    </p>
  );
}

/** What somebody wrote, where the task is about that. */
export function NoteCard({ task: { note, phone }, zone }: Pick<TaskView, "task" | "zone">) {
  if (note === undefined && phone === undefined) return null;
  return (
    <Card>
      {note === undefined ? null : (
        <>
          <p class="quiet">Written {inZone(note.at, zone)}</p>
          <Quote>{note.text}</Quote>
        </>
      )}
      {phone === undefined ? null : (
        <p>
          From <SentFrom from={phone} />
        </p>
      )}
    </Card>
  );
}

/** A task that is done, or that the pathway left behind. */
export function DoneCard({ task, zone, names }: TaskView) {
  const { outcome, outcomeNote } = task;
  if (outcome === undefined)
    return <p class="card">This task is not needed any more: the pathway moved on.</p>;
  return (
    <Card>
      <p>
        Done: <strong>{outcomeWords(outcome.code, task.outcomes)}</strong>, by{" "}
        {nameOrId(names, outcome.recordedBy)}, {inZone(outcome.recordedAt, zone)}.
      </p>
      <Quote>{outcomeNote}</Quote>
    </Card>
  );
}

/** What each way to decide would send, word for word. */
export function PreviewCard({
  previews,
  zone,
}: {
  readonly previews: readonly DecisionPreview[];
  readonly zone: string;
}) {
  if (previews.length === 0) return null;
  return (
    <Card>
      <h2>What will be sent</h2>
      {previews.map((preview) => (
        <>
          <h3>{preview.label}</h3>
          {preview.messages.length === 0 ? <p class="quiet">No message by itself.</p> : null}
          {preview.calls.map((words) => (
            <p>
              <span class="tag">A call</span> {inWords(words, zone)}
            </p>
          ))}
          {preview.messages.map((message) => (
            <>
              <p class="quiet">
                {message.channel === "sms" ? "Text" : "Email"}, {inZone(message.sendAt, zone)}
                {message.subject === undefined ? null : (
                  <>
                    {" "}
                    · <span>{message.subject}</span>
                  </>
                )}
              </p>
              <Quote>{message.text}</Quote>
            </>
          ))}
        </>
      ))}
    </Card>
  );
}

/**
 * A decision that was made.
 * @param props.undo - what takes it back while it rests, for who may
 */
export function DecidedCard({
  task,
  zone,
  names,
  now,
  undo,
}: TaskView & { readonly now: string; readonly undo: Child }) {
  const { decision } = task;
  if (decision === undefined) return null;
  const isResting = task.status === "open" && now < decision.effectiveAt;
  const back = <a href="/staff?tab=approvals">Back to the queue</a>;
  return (
    <Card>
      <p>
        <span class="tag good">Decided</span> <strong>{decisionLabel(task, decision)}</strong>, by{" "}
        {nameOrId(names, decision.decidedBy)}, {inZone(decision.decidedAt, zone)}
      </p>
      <Quote>{task.decisionReason}</Quote>
      {isResting ? (
        <>
          <p>
            It takes effect at {timeOfDay(decision.effectiveAt, zone, true)}. Nothing is sent
            before.
          </p>
          {undo}
        </>
      ) : null}
      <p>{back}</p>
    </Card>
  );
}
