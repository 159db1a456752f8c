import type { CareTask } from "../episode/care-task.ts";
import type { ConsentRecord } from "../people/consent-record.ts";
import type { StaffFunction } from "../program/staff-functions.ts";
import { ownValue } from "../text/own-value.ts";
import { ownerOf } from "./late-work.ts";
import { type Outcome, rungOutcomes } from "./outcome.ts";
import { aftercareConsentOutcomes, emailReplyOutcomes, taskKindRecords } from "./task-kinds.ts";

export type TaskOutcome = {
  readonly taskSk: string;
  /** One of {@link outcomesFor}. */
  readonly outcome: string;
  /** What staff wrote; kept in `identity`. */
  readonly note?: string;
  readonly safetyConcern?: boolean;
  /** The local day of a visit that the outcome is about. */
  readonly visitOn?: string;
  /** The member of staff who is to go on with the aftercare. */
  readonly receiverId?: string;
  /** Check-in answers by question, or checklist items by name. */
  readonly answers?: Readonly<Record<string, number | boolean>>;
  /** What the person agreed to in this call, where that is asked in it. */
  readonly consents?: ConsentRecord;
};

/** The checklist item on which the person says whether follow-up is wanted. */
export const aftercareConsentItem = "aftercare-consent";

/** The checklist item that names the first visit after the discharge. */
export const followUpVisitItem = "follow-up-visit";

/** True where the outcome of a task may say on which day a visit is. */
export function asksVisitDay(task: Pick<CareTask, "taskKind" | "about">): boolean {
  if (taskKindRecords[task.taskKind].asksVisitDay === true) return true;
  return task.taskKind === "discharge-checklist" && task.about?.id === followUpVisitItem;
}

/** The outcomes that staff may record for a task, in the order in which they are offered. */
export function outcomesFor(
  task: Pick<CareTask, "taskKind" | "about" | "evidence">,
): readonly Outcome[] {
  if (task.taskKind === "discharge-checklist" && task.about?.id === aftercareConsentItem)
    return aftercareConsentOutcomes;
  if (task.taskKind === "inbound-reply" && task.evidence.source === "email")
    return emailReplyOutcomes;
  const ofRung =
    task.taskKind === "outreach-call"
      ? ownValue(rungOutcomes, String(task.evidence.action))
      : undefined;
  return ofRung ?? taskKindRecords[task.taskKind].outcomes;
}

const clinical: readonly StaffFunction[] = ["clinician", "clinical-lead", "prescriber", "nurse"];
const supervising: readonly StaffFunction[] = ["supervisor", "clinical-lead", "site-lead"];

/** Who may record what is one function's to judge; no entry for work that the whole team does. */
const onBehalfOf: Readonly<Partial<Record<StaffFunction, readonly StaffFunction[]>>> = {
  clinician: ["clinician", "clinical-lead", "prescriber"],
  "clinical-lead": ["clinician", "clinical-lead", "prescriber"],
  prescriber: ["prescriber", "clinical-lead"],
  // What is a nurse's may be done by whoever is licensed for more.
  nurse: clinical,
  supervisor: supervising,
};

/** Who may record the outcome, where not everybody may: clinical judgement and reviews of the record. */
export function recordedBy(
  task: Pick<CareTask, "taskKind" | "assignedFunction" | "handedUp" | "evidence" | "owed">,
): readonly StaffFunction[] | undefined {
  const { recordedBy: who } = taskKindRecords[task.taskKind];
  if (who === "its-function") return onBehalfOf[ownerOf(task)];
  if (who === "clinicians") return ownerOf(task) === "supervisor" ? supervising : clinical;
  if (task.evidence.action === "welfare-decision") return clinical;
  if (task.taskKind !== "outreach-decision") return undefined;
  // Nobody was reached in a call that a clinician has to know of the same day; and what is a clinician's to
  // decide, however it came to be one's, nobody else decides.
  const isSameDay = task.owed !== undefined && task.owed.tier !== "ROUTINE";
  const owner = ownerOf(task);
  return isSameDay || owner === "clinician" || owner === "clinical-lead" ? clinical : undefined;
}
