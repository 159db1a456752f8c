import type { Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { canMove } from "../../shared/care/episode/status.ts";
import {
  climbAgain,
  endLadder,
  ladderOf,
  reportUnreached,
} from "../../shared/care/ladders/move-ladder.ts";
import { startDischarge } from "../../shared/care/pathway/start-discharge.ts";
import { withdrawFromPathway } from "../../shared/care/pathway/withdraw.ts";
import { endOfNextStaffedDay } from "../../shared/care/program/staffed-time.ts";
import { stalledAfterMinutes } from "../../shared/care/runs/drivers.ts";
import { openOwedAlert } from "../../shared/care/safety/climb-owed-work.ts";
import { isClinician } from "../../shared/care/safety/clinicians.ts";
import { endAlert, noteContact } from "../../shared/care/safety/move-alert.ts";
import { withoutSession } from "../../shared/care/sessions/without-session.ts";
import { callOnceMore, tryAgain } from "../../shared/care/tasks/call-again.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { owe } from "../../shared/care/tasks/owed-work.ts";
import type { TaskOutcome } from "../../shared/care/tasks/task-outcomes.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { closeChannel } from "../../shared/messages/close-channel.ts";
import { openIntakeForm } from "../../shared/questions/forms-request.ts";

type Recorded = {
  readonly task: CareTask;
  readonly command: TaskOutcome;
  readonly staffId: string;
};

const reachedOutcomes = ["reached", "declined", "done", "told", "way-agreed", "answered"];
const unreachedOutcomes = ["not-reached", "left-voicemail", "no-release"];

/** What this outcome cannot be recorded for, beside its code. */
export function refuseOutcome(
  state: OpenState,
  task: CareTask,
  command: TaskOutcome,
  ctx: DecisionContext,
): Refusal | undefined {
  const { outcome } = command;
  if (task.taskKind === "discharge-checklist") return refuseChecklist(ctx, task, command);
  if (task.taskKind === "mark-attendance" && outcome === "marked" && !isMarked(state, task)) {
    return {
      refused: "not-now",
      sentence:
        "Attendance is not marked yet. Mark it for the session; this task then closes itself.",
    };
  }
  if (task.taskKind === "forms-call" && outcome === "done" && openIntakeForm(state) !== undefined) {
    return {
      refused: "not-now",
      sentence:
        "The forms still have open questions. Answer them with the person, or choose go-on-without.",
    };
  }
  if (outcome === "withdrew" && !canMove(state.episode.status, "withdrawn")) {
    return {
      refused: "not-now",
      sentence: "There is nothing to withdraw from any more.",
      details: { status: state.episode.status },
    };
  }
  return outcome === "propose-discharge" ? refuseLostContact(state) : undefined;
}

function refuseChecklist(
  ctx: DecisionContext,
  task: CareTask,
  command: TaskOutcome,
): Refusal | undefined {
  const items = ctx.program.discharge.checklist.map((entry) => entry.item);
  const unknown = Object.keys(command.answers ?? {}).find((item) => !items.includes(item));
  if (unknown !== undefined) {
    return {
      refused: "invalid",
      sentence: `${unknown} is not on the checklist. It holds: ${items.join(", ")}.`,
    };
  }
  if (ownValue(command.answers, task.about?.id ?? "") === false) {
    return {
      refused: "invalid",
      sentence: "This item is not ticked. Do it first, then record it.",
    };
  }
  if (command.outcome === "not-needed" && (command.note ?? "").trim() === "") {
    return { refused: "invalid", sentence: "Write down why this item is not needed." };
  }
  return undefined;
}

function refuseLostContact({ episode }: OpenState): Refusal | undefined {
  if (episode.reach.sms === undefined) {
    return {
      refused: "not-now",
      sentence:
        "This person has no phone and is reached as they said; that is not lost contact. Choose another outcome.",
    };
  }
  if (episode.status === "active" || episode.status === "onhold") return undefined;
  return {
    refused: "not-now",
    sentence: "A discharge is proposed from the program only. Choose another outcome.",
    details: { status: episode.status },
  };
}

function isMarked(state: OpenState, task: CareTask): boolean {
  // A session that is no longer among the open ones has its attendance.
  for (const item of state.items.values()) {
    if (item.kind === "session" && item.sessionId === task.about?.id)
      return item.attendance !== undefined;
  }
  return true;
}

/** Everything that follows from an outcome, into the change that records it. */
export function followOutcome(draft: Draft, ctx: DecisionContext, recorded: Recorded): void {
  const { task, command } = recorded;
  const { outcome } = command;
  countContact(draft, outcome);
  settleOwedAlert(draft, recorded, ctx.actor);
  if (outcome === "withdrew") {
    withdrawFromPathway(draft, ctx);
    return;
  }
  if (outcome === "wrong-number") loseNumber(draft, ctx);
  switch (task.taskKind) {
    case "outreach-call":
      followLadderCall(draft, ctx, recorded);
      return;
    case "outreach-decision":
      followDecision(draft, ctx, recorded);
      return;
    case "forms-call":
      if (outcome === "go-on-without") endIntakeForm(draft);
      else tryAgain(draft, ctx, task, outcome);
      return;
    case "discharge-checklist":
      if (outcome === "declined") declineFollowUp(draft, ctx);
      tickOthers(draft, ctx, recorded);
      return;
    case "mark-attendance":
      if (outcome === "not-held") leaveOutSession(draft, task);
      return;
    case "workflow-problem":
      if (outcome === "try-again") takeOver(draft, ctx, task);
      return;
    default:
      tryAgain(draft, ctx, task, outcome);
  }
}

/** Outcomes of a clinician's own judgement, after which nothing is owed about this any more. */
const judgedOutcomes = ["no-check-needed", "reviewed", "plan-changed", "screened", "close-ladder"];

/**
 * Whoever does owed work has done what its alert asks for: contact stands on the alert, too, and paging
 * ends. What a clinician decided without contact closes it.
 */
function settleOwedAlert(draft: Draft, { task, command }: Recorded, actor: Actor): void {
  const alert = openOwedAlert(draft, task);
  if (alert === undefined || actor.kind !== "staff") return;
  const { outcome } = command;
  const by = { by: actor.staffId, at: draft.now };
  if ([...reachedOutcomes, "withdrew"].includes(outcome))
    noteContact(draft, alert, { ...by, outcome: "spoke-with-participant" });
  else if (outcome === "mobile-crisis-sent" || outcome === "welfare-check-sent")
    noteContact(draft, alert, { ...by, outcome: "help-sent" });
  else if (judgedOutcomes.includes(outcome) && isClinician(actor))
    endAlert(draft, alert, { ...by, outcome });
}

function countContact(draft: Draft, outcome: string): void {
  const { unreachedContacts } = draft.episode;
  if (reachedOutcomes.includes(outcome) && unreachedContacts > 0)
    draft.set({ unreachedContacts: 0 });
  if (unreachedOutcomes.includes(outcome)) draft.set({ unreachedContacts: unreachedContacts + 1 });
}

/** A number that belongs to somebody else is neither texted nor called again, whoever gave it. */
function loseNumber(draft: Draft, ctx: DecisionContext): void {
  const { sms, ...reach } = draft.episode.reach;
  if (sms === undefined) return;
  draft.set({ reach });
  closeChannel(draft, ctx, {
    channel: "sms",
    contactPointId: sms.contactPointId,
    why: "wrong-number",
  });
  draft.effect({
    kind: "contact-point",
    contactPointId: sms.contactPointId,
    channel: "sms",
    command: "wrong-number",
    by: ctx.actor,
  });
}

function followLadderCall(draft: Draft, ctx: DecisionContext, { task, command }: Recorded): void {
  const ladder = ladderOf(draft, task.about?.id);
  if (ladder === undefined) return;
  if (command.outcome === "reached") endLadder(draft, ladder, "reached");
  else if (command.outcome === "declined") askAfterDecline(draft, ctx, task);
  else if (unreachedOutcomes.includes(command.outcome)) reportUnreached(draft, ctx, ladder);
  else if (command.outcome.endsWith("-sent") && command.outcome !== "sent")
    openWelfareFollowUp(draft, ctx, task);
  if (command.outcome === "declined") endLadder(draft, ladder, "declined");
}

/** Somebody who does not want to come any more is not lost: a person agrees with them on an ending. */
function askAfterDecline(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: `declined-${task.taskId}`,
    words:
      "Reached, and declined to go on. A clinician speaks with the person about what they want instead.",
    assignedFunction: "clinician",
    dueAt: endOfNextStaffedDay(ctx.site, ctx.now),
    priority: "urgent",
    evidence: { task: task.taskId },
  });
}

function openWelfareFollowUp(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  const occurrence = `welfare-${task.taskId}`;
  const dueAt = addMinutes(ctx.now, 240);
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence,
    words: "Somebody was sent to see the person. Find out how they are and record it.",
    assignedFunction: "clinician",
    dueAt,
    // About a person and not about a plan: no discharge and no withdrawal takes it off the list.
    priority: "safety",
    ...(task.about === undefined ? {} : { about: task.about }),
    evidence: { task: task.taskId },
    owed: owe(ctx.program, { kind: "welfare", occurrence, assignedFunction: "clinician", dueAt }),
  });
}

function followDecision(
  draft: Draft,
  ctx: DecisionContext,
  { task, command, staffId }: Recorded,
): void {
  const ladder = ladderOf(draft, task.about?.id);
  switch (command.outcome) {
    case "continue":
      if (ladder !== undefined) climbAgain(draft, ctx, ladder);
      else callOnceMore(draft, ctx, task);
      return;
    case "welfare-check-sent":
      openWelfareFollowUp(draft, ctx, task);
      if (ladder !== undefined) climbAgain(draft, ctx, ladder);
      return;
    case "propose-discharge":
      if (ladder !== undefined) endLadder(draft, ladder, "discharge-proposed");
      startDischarge(draft, { disposition: "lost-contact", requestedBy: staffId });
      return;
    default:
      if (ladder !== undefined) endLadder(draft, ladder, command.outcome);
  }
}

/** A person goes on without what is missing; the admission decision shows that it is. */
function endIntakeForm(draft: Draft): void {
  const form = openIntakeForm(draft.state);
  if (form !== undefined) draft.replace(form, { status: "ended" });
}

/** Staff cannot give a consent; that the person takes it back, they can write down. */
function declineFollowUp(draft: Draft, ctx: DecisionContext): void {
  const { consents } = draft.episode;
  draft.set({
    consents: { ...consents, aftercare: { ...consents.aftercare, withdrawnAt: ctx.now } },
  });
}

/** Items of the same checklist that were ticked on the same page. */
function tickOthers(
  draft: Draft,
  ctx: DecisionContext,
  { task, command, staffId }: Recorded,
): void {
  for (const [item, isTicked] of Object.entries(command.answers ?? {})) {
    if (isTicked !== true) continue;
    for (const other of draft.items()) {
      if (other.kind !== "task" || other.status !== "open") continue;
      if (other.taskKind !== "discharge-checklist" || other.driverId !== task.driverId) continue;
      if (other.about?.id !== item) continue;
      draft.replace(other, {
        status: "done",
        outcome: { code: "done", recordedBy: staffId, recordedAt: ctx.now },
      });
    }
  }
}

function leaveOutSession(draft: Draft, task: CareTask): void {
  for (const item of draft.items()) {
    if (item.kind !== "session" || item.sessionId !== task.about?.id || item.status !== "planned")
      continue;
    draft.replace(item, { status: "cancelled" });
    draft.set({ weeks: withoutSession(draft.episode.weeks, item) });
  }
}

/** A new execution takes the driver on, from the step that could not be carried out. */
function takeOver(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  for (const item of draft.items()) {
    if (item.kind !== "driver" || item.driverId !== task.driverId || item.status === "done")
      continue;
    const { startAt: _startAt, ...driver } = item;
    draft.replace(driver, {
      status: "running",
      generation: item.generation + 1,
      expectedBy: addMinutes(ctx.now, stalledAfterMinutes),
    });
    draft.effect({
      kind: "start-driver",
      episodeId: draft.episode.episodeId,
      driverSk: item.sk,
    });
  }
}
