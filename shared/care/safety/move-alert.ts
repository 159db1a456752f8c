import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { Escalation } from "../episode/escalation.ts";
import { stopClimbing } from "../tasks/owed-work.ts";

type Act = { readonly by: string; readonly at: string; readonly outcome: string };

/**
 * Contact was made: paging ends, and the follow-up stays open until a clinician closes the alert.
 * @param contact.outcome - `spoke-with-participant` or `help-sent`
 */
export function noteContact(draft: Draft, alert: Escalation, contact: Act): void {
  draft.replace(alert, { status: "contacted", contacts: [...alert.contacts, contact] });
  awaitClosure(draft, alert);
}

/** The follow-up of an alert after contact: a clinician has to close the alert, and nobody is late any more. */
export function awaitClosure(draft: Draft, alert: Escalation): void {
  for (const task of followUps(draft, alert)) {
    draft.replace(task, {
      words: "Contact is made. A clinician closes the alert with its outcome.",
    });
  }
  stopClimbing(draft, (task) => isFollowUp(task, alert));
}

/** Closes an alert that has come to its end, and with it its follow-up. */
export function endAlert(draft: Draft, alert: Escalation, closure: Act): void {
  draft.replace(alert, { status: "closed", closure });
  draft.set({
    openEscalations: draft.episode.openEscalations.filter(
      (one) => one.escalationId !== alert.escalationId,
    ),
  });
  const { by, at, outcome } = closure;
  for (const task of followUps(draft, alert)) {
    draft.replace(task, {
      status: "done",
      outcome: { code: outcome, recordedBy: by, recordedAt: at },
    });
  }
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
