import { offeredWays } from "../../../shared/care/approvals/approval-kinds.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Policy } from "../../../shared/care/program/policy.ts";
import {
  type GroupPlaces,
  refuseApart,
  refuseFull,
} from "../../../shared/care/sessions/full-groups.ts";
import type { AskedQuestion } from "../../../shared/staff/queue/asked-questions.ts";
import type { TaskDescription } from "../../../shared/staff/queue/describe-task.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { Checkbox, Radios } from "../../../shared/web/parts/choices.tsx";
import { SelectField, TextArea, TextField } from "../../../shared/web/parts/fields.tsx";
import { ConsentFields } from "./consent-fields.tsx";
import { OutsideLicence } from "./outside-licence.tsx";
import { SafetyQuestion } from "./safety-question.tsx";
import type { FormState, Forms } from "./sent-form.ts";
import { type Colleague, StaffField } from "./staff-field.tsx";
import { StaffForm } from "./staff-form.tsx";

type TaskForm = { readonly state: FormState; readonly task: TaskDescription };

/** The form that decides an approval; each button says what it does. */
export function DecisionForm({
  state,
  task,
  groups,
  licence,
}: TaskForm & {
  /** Those that the person would come to by it. */
  readonly groups: readonly GroupPlaces[];
  /** What the licence of a leader says against one of them. */
  readonly licence?: string | undefined;
}) {
  return (
    <StaffForm state={state} version={task.version}>
      <TextArea
        {...state.field("reason")}
        label="Reason"
        hint="Kept with the decision. In a few words."
        maxlength={1000}
        isHeading={false}
      />
      <GroupFields state={state} groups={groups} label="Admit although a group is full" />
      {licence === undefined ? null : (
        <>
          <p>{licence}</p>
          <OutsideLicence state={state} />
        </>
      )}
      <div class="buttons">
        {offeredWays(task).map(({ decision, choice, label }, index) => (
          <button
            type="submit"
            class={index === 0 ? undefined : "second"}
            name="decide"
            value={choice === undefined ? decision : `${decision}/${choice}`}
          >
            {label}
          </button>
        ))}
      </div>
      <p class="quiet">Nothing follows for 30 seconds; until then you can take it back.</p>
    </StaffForm>
  );
}

/** What stands in the way of a place in groups, before anything is saved: one that is full, or somebody in it. */
function GroupFields({
  state,
  groups,
  label,
}: {
  readonly state: FormState;
  readonly groups: readonly GroupPlaces[];
  /** What is ticked where a group is full. */
  readonly label: string;
}) {
  const apart = refuseApart(groups);
  const full = refuseFull(groups, false);
  return (
    <>
      {apart === undefined ? null : <p>{apart.sentence}</p>}
      {full === undefined ? null : (
        <>
          <p>{full.sentence}</p>
          <Checkbox {...state.field("overCapacity")} label={label} />
        </>
      )}
    </>
  );
}

/** Takes a decision back while it rests. */
export function UndoForm({ state }: { readonly state: FormState }) {
  return (
    <StaffForm state={state} isCard={false}>
      <div class="buttons">
        <button type="submit" class="second">
          Undo
        </button>
      </div>
    </StaffForm>
  );
}

/** The form that records what came of a task; with what the person agrees to, in a call in which that is asked. */
export function OutcomeForm({
  state,
  task,
  groups,
  staff,
  consent,
}: TaskForm & {
  /** Those that the person would come to by it. */
  readonly groups: readonly GroupPlaces[];
  /** Who may be introduced, where that is asked. */
  readonly staff: readonly Colleague[];
  readonly consent?: { readonly episode: Episode; readonly policy: Policy } | undefined;
}) {
  return (
    <StaffForm state={state} version={task.version}>
      <Radios
        {...state.field("outcome")}
        label="What happened?"
        isHeading={false}
        options={task.outcomes.map(({ value, words }) => ({ value, text: words }))}
      />
      {task.asksVisitDay === true ? (
        <TextField
          {...state.field("visitOn")}
          label="Day of the visit"
          hint="Somebody asks the day after whether it was kept"
          type="date"
        />
      ) : null}
      <GroupFields
        state={state}
        groups={groups}
        label="Take the person over although a group is full; the note says why"
      />
      {task.asksReceiver === true ? (
        <StaffField
          {...state.field("receiverId")}
          label="Who goes on"
          hint="They are asked to confirm it; until then nothing changes"
          staff={staff}
          none="Nobody yet"
        />
      ) : null}
      <Questions state={state} asked={task.questions} />
      {consent === undefined ? null : (
        <details open={state.isSent}>
          <summary>What they agree to be sent, when they were reached</summary>
          <ConsentFields state={state} {...consent} />
        </details>
      )}
      <TextArea
        {...state.field("reason")}
        label="Note"
        hint="Optional"
        maxlength={2000}
        isHeading={false}
      />
      {task.episodeId === undefined ? null : <SafetyQuestion state={state} />}
      <div class="buttons">
        <button type="submit">Save</button>
      </div>
    </StaffForm>
  );
}

function Questions({
  state,
  asked,
}: {
  readonly state: FormState;
  readonly asked: readonly AskedQuestion[];
}) {
  if (asked.length === 0) return null;
  return (
    <details open={state.isSent}>
      <summary>Check-in questions, when they were reached</summary>
      <p class="quiet">Leave open what was not asked.</p>
      {asked.map((question) => (
        <AnswerField state={state} question={question} />
      ))}
    </details>
  );
}

/** One question that staff ask, with the answers there are; open where it was not asked. */
export function AnswerField({
  state,
  question: { id, words, options },
  hint,
  value,
}: {
  readonly state: FormState;
  readonly question: AskedQuestion;
  /** The same words in the person's language. */
  readonly hint?: string | undefined;
  /** What is on file already. */
  readonly value?: string | undefined;
}) {
  return (
    <SelectField
      {...state.field(`answer.${id}`, value)}
      label={words}
      hint={hint}
      options={[
        { value: "", text: "Not asked" },
        ...options.map((option) => ({ value: option.value, text: option.words })),
      ]}
    />
  );
}

/** Answers as the command takes them: yes and no as they are, everything else a number. */
export function readAnswers(form: Form): {
  readonly answers?: Readonly<Record<string, number | boolean>>;
} {
  const answers = [...form].flatMap(([name, value]) =>
    name.startsWith("answer.") && value !== ""
      ? [
          [
            name.slice("answer.".length),
            value === "yes" ? true : value === "no" ? false : Number(value),
          ] as const,
        ]
      : [],
  );
  return answers.length === 0 ? {} : { answers: Object.fromEntries(answers) };
}

/** For how long a task can be put off, in hours. */
export const snoozes = [
  { hours: 4, words: "4 hours" },
  { hours: 24, words: "1 day" },
  { hours: 72, words: "3 days" },
] as const;

/** The forms beside the work itself: take it, or put it off. */
export function OtherForms({
  forms,
  task,
  staffId,
  staff,
}: {
  readonly forms: Forms;
  readonly task: TaskDescription;
  readonly staffId: string;
  readonly staff: readonly Colleague[];
}) {
  const snooze = forms("snooze");
  const give = forms("give");
  return (
    <div class="card">
      <h2>Take it, give it, or put it off</h2>
      {task.assignedTo === staffId ? (
        <p>This task is yours.</p>
      ) : (
        <StaffForm state={forms("assign")} version={task.version} isCard={false}>
          <div class="buttons">
            <button type="submit" class="second">
              Take it
            </button>
          </div>
        </StaffForm>
      )}
      <StaffForm state={give} version={task.version} isCard={false}>
        <StaffField
          {...give.field("staffId", task.assignedTo ?? staffId)}
          label="Give it to"
          staff={staff}
        />
        <div class="buttons">
          <button type="submit" class="second">
            Give it
          </button>
        </div>
      </StaffForm>
      {task.priority === "safety" || task.owed !== undefined ? null : (
        <StaffForm state={snooze} version={task.version} isCard={false}>
          <SelectField
            {...snooze.field("hours")}
            label="Put off for"
            options={snoozes.map(({ hours, words }) => ({ value: String(hours), text: words }))}
          />
          <div class="buttons">
            <button type="submit" class="second">
              Put off
            </button>
          </div>
        </StaffForm>
      )}
    </div>
  );
}
