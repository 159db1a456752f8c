import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import { noteLastContact } from "../../shared/care/change/last-contact.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { Outreach } from "../../shared/care/episode/outreach.ts";
import {
  climbAgain,
  endLadder,
  ladderOf,
  reportUnreached,
} from "../../shared/care/ladders/move-ladder.ts";
import {
  askReceiver,
  handOffDeclined,
  handOffLater,
  keepAftercare,
  keeperCannot,
} from "../../shared/care/pathway/aftercare-hand-off.ts";
import { noteItemDone } from "../../shared/care/pathway/discharge-checklist.ts";
import { expectReturn } from "../../shared/care/pathway/expect-return.ts";
import { callAboutMissedVisit, lookForVisitAgain } from "../../shared/care/pathway/first-visit.ts";
import { askAboutHandOffAgain, reachWhoDidNotArrive } from "../../shared/care/pathway/hand-off.ts";
import { startDischarge } from "../../shared/care/pathway/start-discharge.ts";
import { withdrawFromPathway } from "../../shared/care/pathway/withdraw.ts";
import type { Channel } from "../../shared/care/program/program.ts";
import { endOfNextStaffedDay } from "../../shared/care/program/staffed-time.ts";
import { stalledAfterMinutes } from "../../shared/care/runs/workflow-runs.ts";
import { openOwedAlert } from "../../shared/care/safety/climb-owed-work.ts";
import { isClinician } from "../../shared/care/safety/clinicians.ts";
import { endAlert, noteContact } from "../../shared/care/safety/move-alert.ts";
import { withoutSession } from "../../shared/care/sessions/without-session.ts";
import {
  callAgain,
  callOnceMore,
  decideAfterDecline,
  decideAfterWrongNumber,
} from "../../shared/care/tasks/call-again.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import type { Consequence, Outcome } from "../../shared/care/tasks/outcome.ts";
import { owe } from "../../shared/care/tasks/owed-work.ts";
import type { TaskOutcome } from "../../shared/care/tasks/task-outcomes.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { bringContactsCloser } from "../../shared/messages/plan-check-in.ts";
import { openIntakeForm } from "../../shared/questions/forms-request.ts";
import { putOnTrack } from "../aftercare/set-track.ts";
import { loseReach } from "./people/lose-reach.ts";
import { proposeLevel } from "./propose-level.ts";
import { tickedWith } from "./refuse-outcome.ts";

type Recorded = {
  readonly task: CareTask;
  readonly outcome: Outcome;
  readonly command: TaskOutcome;
  readonly staffId: string;
};

type Follow = (draft: Draft, ctx: DecisionContext, recorded: Recorded) => void;

/** What each consequence does. One that a task's record names and this table does not have does not compile. */
const consequences: Readonly<Record<Consequence, Follow>> = {
  withdraw: (draft, ctx) => withdrawFromPathway(draft, ctx),
  "lose-number": (draft, ctx) => loseReach(draft, ctx, "sms"),
  "stop-texts": (draft, ctx) => stopChannel(draft, ctx, "sms"),
  "stop-emails": (draft, ctx) => stopChannel(draft, ctx, "email"),
  "call-again": (draft, ctx, { task }) => callAgain(draft, ctx, task),
  "decide-after-decline": (draft, ctx, { task }) => decideAfterDecline(draft, ctx, task),
  "decide-after-wrong-number": (draft, ctx, { task }) => decideAfterWrongNumber(draft, ctx, task),
  "end-ladder": (draft, _ctx, { task, outcome }) =>
    withLadder(draft, task, (ladder) => endLadder(draft, ladder, outcome.value)),
  "next-rung": (draft, ctx, { task }) =>
    withLadder(draft, task, (ladder) => reportUnreached(draft, ctx, ladder)),
  "climb-again": (draft, ctx, { task }) => {
    const ladder = ladderOf(draft, task.about?.id);
    if (ladder !== undefined) climbAgain(draft, ctx, ladder);
    else callOnceMore(draft, ctx, task);
  },
  "climb-ladder-again": (draft, ctx, { task }) =>
    withLadder(draft, task, (ladder) => climbAgain(draft, ctx, ladder)),
  "clinician-speaks-about-decline": (draft, ctx, { task }) =>
    withLadder(draft, task, () => askAfterDecline(draft, ctx, task)),
  "find-out-after-welfare-check": (draft, ctx, { task }) => openWelfareFollowUp(draft, ctx, task),
  "propose-lost-contact": (draft, _ctx, { task, staffId }) => {
    withLadder(draft, task, (ladder) => endLadder(draft, ladder, "discharge-proposed"));
    startDischarge(draft, { disposition: "lost-contact", requestedBy: staffId });
  },
  "propose-step-up": (draft, ctx) => proposeLevel(draft, ctx, "step-up"),
  "propose-step-down": (draft, ctx) => proposeLevel(draft, ctx, "step-down"),
  "go-on-without-forms": endIntakeForm,
  "decline-follow-up": declineFollowUp,
  "tick-others": tickOthers,
  "leave-out-session": (draft, _ctx, { task }) => leaveOutSession(draft, task),
  "look-for-return-again": (draft, ctx) => expectReturn(draft, ctx),
  "call-about-missed-visit": (draft, ctx) => {
    callAboutMissedVisit(draft, ctx);
    bringContactsCloser(draft, ctx);
  },
  "reach-who-did-not-arrive": (draft, ctx, { task }) => reachWhoDidNotArrive(draft, ctx, task),
  "ask-again": (draft, ctx, { task }) => askAboutHandOffAgain(draft, ctx, task),
  "thin-contacts-out": (draft, ctx) => putOnTrack(draft, ctx, "stretched"),
  "closer-contacts": (draft, ctx) => bringContactsCloser(draft, ctx),
  "look-for-visit-again": (draft, ctx, { command }) =>
    lookForVisitAgain(draft, ctx, command.visitOn),
  "take-workflow-on": (draft, ctx, { task }) => takeOver(draft, ctx, task),
  "join-records": (draft, _ctx, { task }) => joinRecords(draft, task),
  "ask-receiver": (draft, ctx, { task, command }) =>
    askReceiver(draft, ctx, task, command.receiverId),
  "hand-off-later": (draft, ctx, { task }) => handOffLater(draft, ctx, task),
  "keep-aftercare": (draft, ctx, { staffId }) => keepAftercare(draft, ctx, staffId),
  "hand-off-declined": (draft, ctx, { task }) => handOffDeclined(draft, ctx, task),
  "keeper-cannot": (draft, ctx, { task }) => keeperCannot(draft, ctx, task),
};

/** Everything that follows from an outcome, into the change that records it. */
export function followOutcome(draft: Draft, ctx: DecisionContext, recorded: Recorded): void {
  const { outcome } = recorded;
  countContact(draft, recorded);
  settleOwedAlert(draft, recorded, ctx.actor);
  for (const consequence of outcome.follows ?? []) consequences[consequence](draft, ctx, recorded);
}

function withLadder(draft: Draft, task: CareTask, then: (ladder: Outreach) => void): void {
  const ladder = ladderOf(draft, task.about?.id);
  if (ladder !== undefined) then(ladder);
}

/**
 * Whoever does owed work has done what its alert asks for: contact stands on the alert, too, and paging
 * ends. What a clinician decided without contact closes it.
 */
function settleOwedAlert(draft: Draft, { task, outcome }: Recorded, actor: Actor): void {
  const alert = openOwedAlert(draft, task);
  if (alert === undefined || actor.kind !== "staff") return;
  const by = { by: actor.staffId, at: draft.now };
  if (outcome.contact === "spoke")
    noteContact(draft, alert, { ...by, outcome: "spoke-with-participant" });
  else if (outcome.contact === "help-sent")
    noteContact(draft, alert, { ...by, outcome: "help-sent" });
  else if (outcome.isJudgement === true && isClinician(actor))
    endAlert(draft, alert, { ...by, outcome: outcome.value });
}

function countContact(draft: Draft, { outcome: { contact }, staffId }: Recorded): void {
  const { unreachedContacts } = draft.episode;
  if (contact === "spoke") noteLastContact(draft, "spoke", { by: staffId });
  if (contact === "spoke" && unreachedContacts > 0) draft.set({ unreachedContacts: 0 });
  if (contact === "tried") draft.set({ unreachedContacts: unreachedContacts + 1 });
}

/** Staff read the wish in the person's own words, and it counts as if it had been said where it is heard at once. */
function stopChannel(draft: Draft, ctx: DecisionContext, channel: Channel): void {
  const reach = draft.episode.reach[channel];
  if (reach === undefined) return;
  draft.owe({
    kind: "contact-point",
    contactPointId: reach.contactPointId,
    channel,
    command: "stop",
    by: ctx.actor,
  });
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
  for (const other of tickedWith(draft.items(), task, command)) {
    draft.replace(other, {
      status: "done",
      outcome: { code: "done", recordedBy: staffId, recordedAt: ctx.now },
    });
    noteItemDone(draft, other);
  }
}

/** The other record, with whom the person is in care or was, takes in what the referral says. */
function joinRecords(draft: Draft, task: CareTask): void {
  if (task.about?.type !== "episode") return;
  const { episodeId } = draft.episode;
  draft.owe({
    kind: "apply",
    episodeId: task.about.id,
    command: { type: "same-person", episodeId },
  });
}

function leaveOutSession(draft: Draft, task: CareTask): void {
  for (const item of draft.items()) {
    if (item.kind !== "session" || item.sessionId !== task.about?.id || item.status !== "planned")
      continue;
    draft.replace(item, { status: "cancelled" });
    draft.set({ weeks: withoutSession(draft.episode.weeks, item) });
  }
}

/** A new execution takes the run on, from the step that could not be carried out. */
function takeOver(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  for (const item of draft.items()) {
    if (item.kind !== "driver" || item.driverId !== task.driverId || item.status === "done")
      continue;
    const { startAt: _startAt, ...run } = item;
    draft.replace(run, {
      status: "running",
      generation: item.generation + 1,
      expectedBy: addMinutes(ctx.now, stalledAfterMinutes),
    });
    draft.owe({
      kind: "start-driver",
      episodeId: draft.episode.episodeId,
      driverSk: item.sk,
    });
  }
}
