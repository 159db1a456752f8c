import type { CareTask, TaskOption } from "../episode/care-task.ts";
import type { TaskKind } from "../episode/task-kinds.ts";
import type { StaffFunction } from "../program/program.ts";
import { ownValue } from "../text/own-value.ts";

export type TaskOutcome = {
  readonly taskSk: string;
  /** One of {@link outcomesFor}. */
  readonly outcome: string;
  /** What staff wrote; kept in `identity`. */
  readonly note?: string;
  readonly safetyConcern?: boolean;
  /** Check-in answers by question, or checklist items by name. */
  readonly answers?: Readonly<Record<string, number | boolean>>;
};

const reached: TaskOption = { value: "reached", words: "Spoke with the person" };
const notReached: TaskOption = { value: "not-reached", words: "Not reached" };
const voicemail: TaskOption = { value: "left-voicemail", words: "Left a voicemail" };
const declined: TaskOption = { value: "declined", words: "Reached, and declined" };
const wrongNumber: TaskOption = { value: "wrong-number", words: "Wrong number" };
const done: TaskOption = { value: "done", words: "Done" };
const withdrawn: TaskOption = { value: "withdrew", words: "The person withdrew" };

const callOptions = [reached, notReached, voicemail, declined, wrongNumber] as const;

const rungOptions: Readonly<Record<string, readonly TaskOption[]>> = {
  "contact-person": [
    reached,
    { value: "spoke-with-contact", words: "Spoke with the contact person" },
    notReached,
    { value: "no-release", words: "No live release names anybody" },
  ],
  "welfare-decision": [
    reached,
    { value: "no-check-needed", words: "No welfare check needed" },
    { value: "mobile-crisis-sent", words: "Mobile crisis sent" },
    { value: "welfare-check-sent", words: "Welfare check asked for" },
  ],
  letter: [{ value: "sent", words: "Letter sent" }, reached],
};

/** What may come of each kind of task. Approvals are decided, and alerts closed, elsewhere. */
const options: Readonly<Partial<Record<TaskKind, readonly TaskOption[]>>> = {
  "first-contact-call": [done, ...callOptions, withdrawn],
  "forms-call": [
    done,
    { value: "go-on-without", words: "Go on without the forms" },
    ...callOptions,
    withdrawn,
  ],
  "outreach-call": callOptions,
  "outreach-decision": [
    { value: "continue", words: "Climb the ladder again" },
    { value: "close-ladder", words: "Stop reaching out about this" },
    { value: "welfare-check-sent", words: "Welfare check asked for" },
    { value: "propose-discharge", words: "Propose discharge: lost contact" },
    reached,
    withdrawn,
  ],
  "aftercare-call": callOptions,
  "check-in-call": callOptions,
  "mark-attendance": [
    { value: "marked", words: "Attendance is marked" },
    { value: "not-held", words: "The session was not held" },
  ],
  "hours-review": [
    { value: "reviewed", words: "Reviewed, the plan stays" },
    { value: "make-up-planned", words: "Make-up places agreed" },
    { value: "plan-changed", words: "Plan changed" },
  ],
  "message-gap": [
    { value: "told", words: "Told the person" },
    notReached,
    { value: "arrived", words: "The message had arrived" },
    { value: "not-needed", words: "Not needed any more" },
  ],
  "workflow-problem": [
    { value: "try-again", words: "Try again" },
    { value: "done-by-hand", words: "Done by hand" },
  ],
  "discharge-checklist": [done, { value: "not-needed", words: "Not needed, with a note" }],
  "interpreted-call": callOptions,
  "channel-needed": [{ value: "way-agreed", words: "Agreed on another way" }, done, ...callOptions],
  "inbound-reply": [
    { value: "answered", words: "Answered" },
    { value: "passed-on", words: "Passed on" },
    { value: "no-answer-needed", words: "No answer needed" },
  ],
  "staff-opt-out": [
    { value: "checked", words: "Pages reach the phone" },
    { value: "phone-changed", words: "Another phone is paged now" },
  ],
  "clinician-review": [
    { value: "reviewed", words: "Reviewed, nothing changes" },
    { value: "plan-changed", words: "Plan changed" },
    { value: "screened", words: "Screens asked again" },
  ],
  "waiting-call": [...callOptions, withdrawn],
};

/** The checklist item on which the person says whether follow-up is wanted. */
export const aftercareConsentItem = "aftercare-consent";

/** The outcomes that staff may record for a task, in the order in which they are offered. */
export function outcomesFor(task: CareTask): readonly TaskOption[] {
  if (task.isApproval) return [];
  if (task.taskKind === "discharge-checklist" && task.about?.id === aftercareConsentItem)
    return [done, { value: "declined", words: "The person wants no follow-up" }];
  const ofRung =
    task.taskKind === "outreach-call"
      ? ownValue(rungOptions, String(task.evidence.action))
      : undefined;
  return ofRung ?? options[task.taskKind] ?? [];
}

const clinical: readonly StaffFunction[] = ["clinician", "clinical-lead", "prescriber", "nurse"];
const supervising: readonly StaffFunction[] = ["supervisor", "clinical-lead", "site-lead"];

/** Who may record the outcome, where not everybody may: clinical judgement and reviews of the record. */
export function recordedBy(task: CareTask): readonly StaffFunction[] | undefined {
  if (task.assignedFunction === "supervisor" && task.taskKind !== "workflow-problem")
    return supervising;
  if (task.taskKind === "clinician-review") return clinical;
  // Nobody was reached in a call that a clinician has to know of the same day.
  if (
    task.taskKind === "outreach-decision" &&
    task.owed !== undefined &&
    task.owed.tier !== "ROUTINE"
  )
    return clinical;
  return task.evidence.action === "welfare-decision" ? clinical : undefined;
}
