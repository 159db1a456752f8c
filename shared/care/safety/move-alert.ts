import { itemKeys } from "../../keys/keys.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask, OwedStep } from "../episode/care-task.ts";
import type { Escalation } from "../episode/escalation.ts";
import { stopClimbing } from "../tasks/owed-work.ts";
import { addHours } from "../time/instants.ts";

/** The outcome that says that the words or the answer meant something else. */
export const noDanger = "no-danger";

type Act = { readonly by: string; readonly at: string; readonly outcome: string };

/**
 * Contact was made: paging ends, and the follow-up stays open until a clinician closes the alert.
 * @param contact.outcome - `spoke-with-participant` or `help-sent`
 */
export function noteContact(draft: Draft, alert: Escalation, contact: Act): void {
  draft.replace(alert, { status: "contacted", contacts: [...alert.contacts, contact] });
  awaitClosure(draft, alert);
}

/** Hours in which a clinician closes an alert after contact; then the clinical lead hears of it. */
const closeWithinHours = 24;

/** The follow-up of an alert after contact: nobody is late with that any more, and a clinician has to close it. */
export function awaitClosure(draft: Draft, alert: Escalation): void {
  const dueAt = addHours(draft.now, closeWithinHours);
  stopClimbing(draft, (task) => isFollowUp(task, alert));
  for (const task of followUps(draft, alert)) {
    const { owed } = task;
    const step: OwedStep = { to: "clinical-lead", at: dueAt };
    const hasLead = task.assignedFunction === "clinical-lead";
    draft.replace(task, {
      words: "Contact is made. A clinician closes the alert with its outcome.",
      dueAt,
      ...(owed === undefined || hasLead ? {} : { owed: { ...owed, steps: [...owed.steps, step] } }),
    });
  }
}

/**
 * The follow-up of an alert that somebody has read becomes the call that is owed: a clinician's, to the
 * clinical lead where it was not made by then, and to the supervisor after that.
 * @param call.dueAt - when it is made
 * @param call.lateAt - when the clinical lead gets it
 * @param call.lastAt - when the supervisor gets it
 * @param call.assignedTo - whoever makes it themselves
 */
export function scheduleCall(
  draft: Draft,
  alert: Escalation,
  call: {
    readonly words: string;
    readonly dueAt: string;
    readonly lateAt: string;
    readonly lastAt: string;
    readonly assignedTo?: string;
  },
): void {
  for (const task of followUps(draft, alert)) {
    const { assignedTo: _whoever, ...rest } = task;
    const taken = task.owed?.steps.filter((step) => step.takenAt !== undefined) ?? [];
    draft.replace(rest, {
      words: call.words,
      dueAt: call.dueAt,
      assignedFunction: "clinician",
      ...(call.assignedTo === undefined ? {} : { assignedTo: call.assignedTo }),
      owed: {
        tier: "ROUTINE",
        occurrence: alert.escalationId,
        steps: [
          ...taken,
          { to: "clinical-lead", at: call.lateAt },
          { to: "supervisor", at: call.lastAt },
        ],
      },
    });
  }
}

/** Closes an alert that has come to its end, and with it its follow-up. */
export function endAlert(draft: Draft, alert: Escalation, closure: Act): void {
  draft.replace(alert, { status: "closed", closure });
  const { notAlone } = draft.episode;
  if (
    notAlone !== undefined &&
    alert.sk === itemKeys.escalation(notAlone.occasion, alert.trigger.rule)
  )
    draft.clear("notAlone");
  draft.set({
    openEscalations: draft.episode.openEscalations.filter(
      (one) => one.escalationId !== alert.escalationId,
    ),
    ...(isDanger(alert, closure) ? { lastDangerAt: alert.raisedAt } : {}),
  });
  const { by, at, outcome } = closure;
  for (const task of followUps(draft, alert)) {
    draft.replace(task, {
      status: "done",
      outcome: { code: outcome, recordedBy: by, recordedAt: at },
    });
  }
}

function isDanger({ tier }: Escalation, { outcome }: Act): boolean {
  return (tier === "RED" || tier === "ORANGE") && outcome !== noDanger;
}

function isFollowUp(task: CareTask, alert: Escalation): boolean {
  return task.taskKind === "safety-follow-up" && task.about?.id === alert.escalationId;
}

function followUps(draft: Draft, alert: Escalation): CareTask[] {
  return draft
    .items()
    .filter((item): item is CareTask => item.kind === "task" && item.status === "open")
    .filter((task) => isFollowUp(task, alert));
}
