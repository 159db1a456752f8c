import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { CheckIn } from "../../shared/care/episode/check-in.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { noteItemDone } from "../../shared/care/pathway/discharge-checklist.ts";
import { noteFirstVisit } from "../../shared/care/pathway/first-visit.ts";
import { recordNote } from "../../shared/care/safety/record-note.ts";
import type { Outcome } from "../../shared/care/tasks/outcome.ts";
import { actingStaff, findTaskBySk, refuseClosed } from "../../shared/care/tasks/refuse.ts";
import { taskKindRecords } from "../../shared/care/tasks/task-kinds.ts";
import {
  asksVisitDay,
  outcomesFor,
  type TaskOutcome,
} from "../../shared/care/tasks/task-outcomes.ts";
import { daysBetween, localDate } from "../../shared/care/time/zoned-time.ts";
import { itemKeys } from "../../shared/keys/keys.ts";
import { moveNextContact } from "../../shared/messages/plan-check-in.ts";
import { recordCheckInAnswers } from "../../shared/questions/answer-check-in.ts";
import { followOutcome } from "./follow-outcome.ts";
import { applyConsent, refuseConsent } from "./people/record-consent.ts";
import { refuseFunction, refuseOutcome } from "./refuse-outcome.ts";

/**
 * Records what came of a task, with everything that follows from it in the same change: answers of a
 * check-in, the next try of a call, the end of a ladder, an alert. Approvals are decided and alerts are
 * closed elsewhere.
 */
export function completeTask(
  state: OpenState,
  command: TaskOutcome,
  ctx: DecisionContext,
): Change | Refusal {
  const task = findTaskBySk(state, command.taskSk);
  if (isRefusal(task)) return task;
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const refusal = refuseKind(task) ?? refuseClosed(task);
  if (refusal !== undefined) return refusal;
  const offered = outcomesFor(task);
  const outcome = offered.find(({ value }) => value === command.outcome);
  if (outcome === undefined) return refuseCode(offered, command.outcome);
  const notYet =
    refuseFunction(task, staff.functions) ?? refuseOutcome(state, task, { outcome, command }, ctx);
  if (notYet !== undefined) return notYet;
  const noVisit = refuseVisitDay(task, command, ctx) ?? refuseReceiverHere(task, command);
  if (noVisit !== undefined) return noVisit;
  const noConsent = refuseConsents(state, task, { outcome, command });
  if (noConsent !== undefined) return noConsent;
  const draft = new Draft(state, ctx);
  const checkIn = answeredCheckIn(state, task, command);
  if (checkIn !== undefined && Object.keys(command.answers ?? {}).length === 0) {
    recordTalk(draft, checkIn);
  } else if (checkIn !== undefined) {
    const answered = recordCheckInAnswers(draft, ctx, {
      checkInSk: checkIn.sk,
      answers: command.answers ?? {},
      submissionKey: `task-${task.taskId}`,
    });
    if (isRefusal(answered)) return answered;
    // A late answer, told on the phone, moves what was planned meanwhile.
    moveNextContact(draft, ctx);
  }
  const noteId = recordNote(draft, ctx, command, task.taskId);
  draft.replace(task, {
    status: "done",
    outcome: {
      code: command.outcome,
      recordedBy: staff.staffId,
      recordedAt: ctx.now,
      ...(noteId === undefined ? {} : { noteId }),
    },
  });
  const { notAlone } = draft.episode;
  if (
    notAlone !== undefined &&
    ["words", "note"].some(
      (read) => task.sk === itemKeys.task("clinician-review", `${read}-${notAlone.occasion}`),
    )
  )
    draft.clear("notAlone");
  if (command.visitOn !== undefined && task.taskKind === "discharge-checklist")
    noteFirstVisit(draft, command.visitOn);
  // They were spoken with at this number, and want to be reached there.
  const isSpokenAt = command.consents?.given?.some((one) => one === "sms" || one === "voicemail");
  const { sms } = draft.episode.reach;
  if (isSpokenAt === true && sms !== undefined)
    draft.owe({
      kind: "contact-point",
      contactPointId: sms.contactPointId,
      channel: "sms",
      command: "verify",
      by: ctx.actor,
    });
  const agreed =
    command.consents === undefined ? {} : applyConsent(draft, ctx, command.consents, staff.staffId);
  noteItemDone(draft, task);
  followOutcome(draft, ctx, { task, outcome, command, staffId: staff.staffId });
  return draft.finish("task-done", {
    taskId: task.taskId,
    taskKind: task.taskKind,
    outcome: command.outcome,
    ...agreed,
    ...(noteId === undefined ? {} : { noteId }),
  });
}

/** What the person agreed to is written down with a call in which that is asked, and in which they were reached. */
function refuseConsents(
  state: OpenState,
  task: CareTask,
  { outcome, command }: { readonly outcome: Outcome; readonly command: TaskOutcome },
): Refusal | undefined {
  if (command.consents === undefined) return undefined;
  if (taskKindRecords[task.taskKind].asksConsent !== true)
    return { refused: "invalid", sentence: "This task asks nobody what they agree to." };
  if (outcome.contact !== "spoke" || outcome.value === "withdrew")
    return {
      refused: "invalid",
      sentence:
        "What the person agrees to was filled in, and the outcome says that nobody agreed to anything. Change one of them.",
    };
  return refuseConsent(state, command.consents);
}

/** Days from now on which a visit may be agreed; later ones are a mistake in the date. */
const maxVisitDays = 180;

function refuseVisitDay(
  task: CareTask,
  { visitOn }: TaskOutcome,
  ctx: DecisionContext,
): Refusal | undefined {
  if (visitOn === undefined) return undefined;
  const invalid = (sentence: string): Refusal => ({ refused: "invalid", sentence });
  if (!asksVisitDay(task)) return invalid("This task is about no visit.");
  const today = localDate(ctx.now, ctx.site.timeZone);
  if (visitOn < today)
    return invalid(`The day of the visit, ${visitOn}, is over. Give one to come.`);
  return daysBetween(today, visitOn) > maxVisitDays
    ? invalid(`The visit would be in more than ${maxVisitDays} days. Look at the date again.`)
    : undefined;
}

function refuseReceiverHere(task: CareTask, { receiverId }: TaskOutcome): Refusal | undefined {
  if (receiverId === undefined || taskKindRecords[task.taskKind].asksReceiver === true)
    return undefined;
  return { refused: "invalid", sentence: "This task hands nobody over." };
}

function refuseKind(task: CareTask): Refusal | undefined {
  if (task.isApproval) {
    return {
      refused: "invalid",
      sentence: "This is a decision. Approve or reject it, with a reason.",
    };
  }
  if (task.taskKind === "safety-follow-up") {
    return {
      refused: "not-now",
      sentence:
        "A safety alert does not end here. Record the contact with the person, then a clinician closes the alert.",
      ...(task.about === undefined ? {} : { details: { escalationId: task.about.id } }),
    };
  }
  return undefined;
}

function refuseCode(offered: readonly Outcome[], outcome: string): Refusal {
  const allowed = offered.map((option) => option.value);
  return {
    refused: "invalid",
    sentence: `${outcome} is no outcome of this task. Choose one of: ${allowed.join(", ")}.`,
    details: { allowed: allowed.join(" ") },
  };
}

/** The check-in that a call has just answered: the person was reached and the check-in is still open. */
function answeredCheckIn(
  state: OpenState,
  task: CareTask,
  command: TaskOutcome,
): CheckIn | undefined {
  if (taskKindRecords[task.taskKind].asksCheckIn !== true) return undefined;
  if (!["reached", "reached-closer"].includes(command.outcome)) return undefined;
  for (const item of state.items.values()) {
    if (item.kind !== "check-in" || item.status !== "open") continue;
    if (item.sk === task.about?.id || item.checkInId === task.about?.id) return item;
  }
  return undefined;
}

/** A talk without the questions is contact all the same: nobody asks for this check-in any more. */
function recordTalk(draft: Draft, checkIn: CheckIn): void {
  draft.replace(checkIn, { status: "answered", answeredAt: draft.now, action: "none" });
  const occurrence = `c${checkIn.number}`;
  draft.cancelMessages(
    (message) =>
      message.occurrence === occurrence || message.occurrence.startsWith(`${occurrence}-`),
    "answered",
  );
}
