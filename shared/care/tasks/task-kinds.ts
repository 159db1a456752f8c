// Long because it is one table: all there is to say about every kind of task.
import type { TaskKind } from "../episode/task-kinds.ts";
import type { Program } from "../program/program.ts";
import {
  callOutcomes,
  doneOnCall,
  ladderCallOutcomes,
  notReached,
  type Outcome,
  outreachDecisionOutcomes,
  reached,
  withdrew,
} from "./outcome.ts";
import type { TaskKindRecord } from "./task-kind-record.ts";

const toSupervisor = { next: "supervisor", last: "clinical-lead" } as const;
const toClinician = { next: "clinician", last: "clinical-lead" } as const;

function approval(label: string, hours: (program: Program) => number): TaskKindRecord {
  return {
    label,
    owners: ["case-manager", "clinician", "clinical-lead", "supervisor", "site-lead"],
    due: { hours },
    priority: "normal",
    endedBy: "plan",
    outcomes: [],
    isApproval: true,
  };
}

/** Agreed and booked: whoever is only told of a place is expected by nobody there, and not reminded. */
const bookedMakeUp: Outcome = {
  value: "make-up-planned",
  words: "Make-up places agreed and booked",
  asksFor: ["make-up-booked"],
};

/**
 * Every kind of task. A new one is a name in `taskKinds`, a row here, and whoever opens it; a kind without a
 * row does not compile.
 */
export const taskKindRecords: Readonly<Record<TaskKind, TaskKindRecord>> = {
  "admission-approval": approval(
    "Decide about the admission",
    (program) => program.approvals.admission.dueHours,
  ),
  "week-review-approval": approval(
    "Decide about the next week",
    (program) => program.approvals.weekReview.dueHours,
  ),
  "discharge-approval": approval(
    "Decide about the discharge",
    (program) => program.approvals.discharge.dueHours,
  ),
  "closing-approval": approval(
    "Decide about closing",
    (program) => program.approvals.closing.dueHours,
  ),
  "first-contact-call": {
    label: "First call",
    owners: ["case-manager"],
    due: { staffedMinutes: 240 },
    priority: "urgent",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      { ...doneOnCall, words: "Spoke with the person: nothing is left to ask" },
      ...callOutcomes,
      withdrew,
    ],
    asksConsent: true,
  },
  "forms-call": {
    label: "Call about the forms",
    owners: ["case-manager"],
    due: { staffedMinutes: 480 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      {
        ...doneOnCall,
        words: "Spoke with the person: the forms are answered",
        asksFor: ["forms-answered"],
      },
      {
        value: "go-on-without",
        words: "Go on without the forms",
        follows: ["go-on-without-forms"],
      },
      ...callOutcomes,
      withdrew,
    ],
  },
  "outreach-call": {
    label: "Reach out",
    // The program's ladder names who climbs each rung.
    owners: ["case-manager", "clinician", "clinical-lead", "peer", "supervisor"],
    due: { staffedMinutes: 120 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: ladderCallOutcomes,
  },
  "outreach-decision": {
    label: "Decide how to reach the person",
    owners: ["case-manager", "clinician", "clinical-lead"],
    due: { staffedMinutes: 480 },
    priority: "urgent",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: outreachDecisionOutcomes,
  },
  "aftercare-call": {
    label: "Aftercare call",
    owners: ["case-manager"],
    due: { staffedMinutes: 480 },
    priority: "normal",
    late: toSupervisor,
    // Nobody called: that the aftercare is over does not make it good.
    endedBy: "plan-until-late",
    outcomes: callOutcomes,
    asksCheckIn: true,
  },
  "check-in-call": {
    label: "Call about a check-in",
    owners: ["case-manager", "clinician"],
    due: { hours: 48 },
    priority: "normal",
    late: toClinician,
    // Somebody was to ring about what the person answered.
    endedBy: "death",
    outcomes: [
      reached,
      {
        ...reached,
        value: "reached-closer",
        words: "Spoke with the person: contacts closer together for some weeks",
        asksFor: ["may-come-closer"],
        follows: ["closer-contacts"],
      },
      ...callOutcomes.filter(({ value }) => value !== "reached"),
    ],
    asksCheckIn: true,
  },
  "safety-follow-up": {
    label: "Safety alert",
    owners: ["clinician"],
    due: { hours: 1 },
    priority: "safety",
    endedBy: "nothing",
    outcomes: [],
  },
  "mark-attendance": {
    label: "Mark the attendance",
    owners: ["group-leader"],
    due: { hours: 25 / 60 },
    priority: "normal",
    late: { next: "site-lead", last: "supervisor" },
    // Somebody was there, or was not: also where the person has left since. After a death nobody is asked; it can be entered.
    endedBy: "death",
    outcomes: [
      { value: "marked", words: "Attendance is marked", asksFor: ["attendance-marked"] },
      { value: "not-held", words: "The session was not held", follows: ["leave-out-session"] },
    ],
  },
  "hours-review": {
    label: "Review the hours",
    owners: ["case-manager"],
    due: { staffedMinutes: 960 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      { value: "reviewed", words: "Reviewed, the plan stays" },
      bookedMakeUp,
      { value: "plan-changed", words: "Plan changed" },
    ],
  },
  "hours-forecast": {
    label: "Make up hours this week",
    owners: ["case-manager"],
    due: { staffedMinutes: 240 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      bookedMakeUp,
      { value: "not-this-week", words: "Not possible this week" },
      { value: "plan-changed", words: "Plan changed" },
    ],
  },
  "level-of-care-review": {
    label: "Review the level of care",
    owners: ["clinician", "clinical-lead"],
    due: { staffedMinutes: 960 },
    priority: "normal",
    late: toClinician,
    endedBy: "plan",
    outcomes: [
      { value: "reviewed", words: "Reviewed with the person, the level of care stays" },
      {
        value: "step-down",
        words: "A step down is put before the team",
        asksFor: ["week-to-decide"],
        follows: ["propose-step-down"],
      },
      {
        value: "step-up",
        words: "A step up is put before the team",
        asksFor: ["week-to-decide"],
        follows: ["propose-step-up"],
      },
      { value: "plan-changed", words: "Plan changed" },
    ],
  },
  "progress-review": {
    label: "Review the progress",
    owners: ["case-manager"],
    due: { staffedMinutes: 960 },
    priority: "normal",
    late: toClinician,
    endedBy: "plan",
    outcomes: [
      { value: "reviewed", words: "Reviewed with the team, the plan stays" },
      { value: "plan-changed", words: "Plan changed" },
      { value: "measured-again", words: "Measured again" },
    ],
  },
  "plan-due": {
    label: "Write or go through a plan",
    owners: ["case-manager", "clinician"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    // Saving the plan ends it: nobody ticks what is not written.
    outcomes: [
      {
        value: "not-wanted",
        words: "The person does not want one now",
        contact: "spoke",
        asksFor: ["note"],
      },
      { value: "kept-elsewhere", words: "Kept in the record system", asksFor: ["note"] },
    ],
  },
  "next-step": {
    label: "Help with a next step",
    owners: ["case-manager", "peer"],
    due: { staffedMinutes: 2400 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      { value: "linked", words: "Introduced to somebody, first meeting booked", contact: "spoke" },
      { value: "told", words: "Told where to turn, nothing booked yet", contact: "spoke" },
      { value: "not-wanted", words: "Offered, and not wanted now", contact: "spoke" },
      notReached,
    ],
  },
  "fewer-contacts": {
    label: "Fewer contacts?",
    owners: ["case-manager", "clinician"],
    due: { staffedMinutes: 2400 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      {
        value: "fewer",
        words: "Fewer contacts, agreed in the team",
        follows: ["thin-contacts-out"],
      },
      { value: "as-before", words: "Contacts stay on the program's days" },
    ],
  },
  "first-visit": {
    label: "First visit after the discharge",
    owners: ["case-manager", "nurse"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    endedBy: "death",
    outcomes: [
      { value: "kept", words: "The visit was kept" },
      { value: "missed", words: "The visit was missed", follows: ["call-about-missed-visit"] },
      {
        value: "moved",
        words: "The visit was moved to another day",
        asksFor: ["visit-date"],
        follows: ["look-for-visit-again"],
      },
      { value: "not-known", words: "Not known yet", follows: ["look-for-visit-again"] },
    ],
    asksVisitDay: true,
  },
  "hand-off": {
    label: "Hand-off to who goes on with the care",
    owners: ["case-manager", "clinician"],
    due: "end-of-next-staffed-day",
    priority: "urgent",
    late: toClinician,
    // Until somebody has them, they are ours.
    endedBy: "death",
    outcomes: [
      { value: "arrived", words: "They have arrived and are taken on" },
      {
        value: "not-arrived",
        words: "They have not arrived",
        follows: ["reach-who-did-not-arrive"],
      },
      { value: "not-known", words: "Nobody could say: ask again tomorrow", follows: ["ask-again"] },
    ],
  },
  "screen-due": {
    label: "Ask a screen in the room",
    owners: ["clinician", "nurse", "case-manager", "peer", "prescriber", "group-leader"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    // Recording the answers ends it; who will not answer is recorded there, too.
    outcomes: [
      { value: "kept-elsewhere", words: "Asked, and kept in the record system", asksFor: ["note"] },
    ],
  },
  "measure-due": {
    label: "Ask measures that were not answered",
    owners: ["case-manager", "clinician", "nurse"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    // Entering the answers ends it, and so do answers that come by themselves.
    outcomes: [
      {
        value: "not-wanted",
        words: "The person does not want to answer",
        contact: "spoke",
        asksFor: ["note"],
      },
      { value: "kept-elsewhere", words: "Asked, and kept in the record system", asksFor: ["note"] },
    ],
  },
  "service-due": {
    label: "A service is due",
    owners: ["case-manager", "clinician", "nurse", "peer", "group-leader", "prescriber"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    // Recording the service ends it, and so does coming to it.
    outcomes: [
      {
        value: "not-wanted",
        words: "The person does not want it now",
        contact: "spoke",
        asksFor: ["note"],
      },
      { value: "not-possible", words: "Not possible now", asksFor: ["note"] },
      { value: "kept-elsewhere", words: "Kept in the record system", asksFor: ["note"] },
    ],
  },
  housing: {
    label: "Find a safe place to live",
    owners: ["case-manager"],
    due: "end-of-next-staffed-day",
    priority: "urgent",
    late: toSupervisor,
    // Whoever leaves the program has nowhere to sleep all the same.
    endedBy: "death",
    outcomes: [
      { value: "safe-place", words: "Has a safe place", contact: "spoke" },
      {
        value: "referred",
        words: "Handed over to somebody who looks for one",
        contact: "spoke",
        asksFor: ["note"],
      },
      { value: "not-wanted", words: "Wants no help with it", contact: "spoke", asksFor: ["note"] },
    ],
  },
  "medication-supply": {
    label: "Renew a medicine",
    owners: ["nurse", "case-manager", "clinician", "prescriber"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toClinician,
    // Whoever leaves the program still runs out of it.
    endedBy: "death",
    // Recording the new supply ends it: nobody ticks what is not there.
    outcomes: [
      {
        value: "followed-elsewhere",
        words: "Agreed with the person: somebody else follows it from now on",
        contact: "spoke",
        asksFor: ["note"],
      },
      {
        value: "in-other-record",
        words: "It is recorded and followed in this person's other record",
        asksFor: ["other-record", "note"],
      },
    ],
  },
  "message-gap": {
    label: "Make sure that the person knows",
    owners: ["case-manager", "front-desk", "supervisor"],
    due: { hours: 4 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    // What is a supervisor's, such as the provider's own list, is put right by one.
    recordedBy: "its-function",
    outcomes: [
      { value: "told", words: "Told the person", contact: "spoke" },
      notReached,
      { value: "arrived", words: "The message had arrived" },
      { value: "not-needed", words: "Not needed any more" },
    ],
  },
  "workflow-problem": {
    label: "Step that could not be carried out",
    owners: ["supervisor"],
    due: { hours: 4 },
    priority: "urgent",
    late: { next: "site-lead", last: "clinical-lead" },
    endedBy: "plan",
    outcomes: [
      { value: "try-again", words: "Try again", follows: ["take-workflow-on"] },
      { value: "done-by-hand", words: "Done by hand" },
    ],
  },
  "discharge-checklist": {
    label: "Before the discharge",
    owners: ["case-manager", "clinician", "nurse", "supervisor"],
    due: { hours: (program) => program.discharge.remindAfterHours },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    // What is a nurse's or a clinician's to do is ticked by one.
    recordedBy: "its-function",
    outcomes: [
      { value: "done", words: "Done", asksFor: ["ticked-items"], follows: ["tick-others"] },
      {
        value: "not-needed",
        words: "Not needed, with a note",
        asksFor: ["ticked-items", "note"],
        follows: ["tick-others"],
      },
    ],
  },
  "interpreted-call": {
    label: "Call with an interpreter",
    owners: ["case-manager"],
    due: { staffedMinutes: 240 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: callOutcomes,
  },
  "channel-needed": {
    label: "Agree on a way to be reached",
    owners: ["case-manager", "group-leader"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    // Whoever stays in touch after the program needs a way that works.
    endedBy: "death",
    outcomes: [
      // Whoever rings or writes next looks for it there.
      {
        value: "way-agreed",
        words: "Agreed on another way, which the note says",
        contact: "spoke",
        asksFor: ["note"],
      },
      { ...doneOnCall, words: "Told the person on a call what there was to tell" },
      ...callOutcomes,
    ],
  },
  "inbound-reply": {
    label: "Read and answer",
    owners: ["case-manager", "nurse", "front-desk", "clinician"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    endedBy: "nothing",
    outcomes: [
      { value: "answered", words: "Answered", contact: "spoke" },
      { value: "passed-on", words: "Passed on, to whom the note says", asksFor: ["note"] },
      { value: "no-answer-needed", words: "No answer needed" },
      {
        value: "opted-out",
        words: "Wants no more texts",
        asksFor: ["note"],
        follows: ["stop-texts"],
      },
    ],
  },
  "staff-opt-out": {
    label: "Phone that asked for no more pages",
    owners: ["site-lead"],
    due: { hours: 4 },
    priority: "urgent",
    late: toSupervisor,
    endedBy: "nothing",
    outcomes: [
      { value: "checked", words: "Pages reach the phone" },
      { value: "phone-changed", words: "Another phone is paged now" },
    ],
  },
  "clinician-review": {
    label: "Review",
    owners: ["clinician", "nurse", "supervisor"],
    due: { hours: 24 },
    priority: "normal",
    late: { next: "clinical-lead", last: "supervisor" },
    // Somebody was to look at how the person is, whatever becomes of the plan.
    endedBy: "death",
    recordedBy: "clinicians",
    outcomes: [
      { value: "reviewed", words: "Reviewed, nothing changes", isJudgement: true },
      { value: "plan-changed", words: "Plan changed", isJudgement: true },
      { value: "screened", words: "Screens asked again", isJudgement: true },
    ],
  },
  "waiting-call": {
    label: "Weekly call while waiting",
    owners: ["case-manager"],
    due: { staffedMinutes: 480 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [...callOutcomes, withdrew],
  },
  "group-conflict": {
    label: "Sort out who is in a group",
    owners: ["case-manager"],
    due: { staffedMinutes: 240 },
    priority: "urgent",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      { value: "sorted-out", words: "Sorted out: somebody was moved, or everybody may stay" },
    ],
  },
  "online-licence": {
    label: "Sort out a session online in another state",
    owners: ["case-manager", "clinician", "supervisor"],
    due: { staffedMinutes: 240 },
    priority: "urgent",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      { value: "put-right", words: "Somebody licensed there leads it, or they come to the site" },
      { value: "all-the-same", words: "They come online all the same", asksFor: ["note"] },
    ],
  },
  "group-place": {
    label: "Offer a place in a group",
    owners: ["case-manager"],
    due: { staffedMinutes: 480 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    // Giving the place ends it: nobody ticks what is not given.
    outcomes: [
      {
        value: "taken",
        words: "They take it, and the place is given",
        contact: "spoke",
        asksFor: ["place-given"],
      },
      {
        value: "declined",
        words: "They do not want it: off the list, the next one is asked",
        contact: "spoke",
      },
      {
        value: "not-reached",
        words: "Not reached: the next one is asked, and they stay on the list",
        contact: "tried",
      },
    ],
  },
  "leave-return": {
    label: "Return from leave",
    owners: ["case-manager"],
    due: "end-of-next-staffed-day",
    priority: "urgent",
    late: toSupervisor,
    // Recording the return ends it too: what it asks for has come.
    endedBy: "plan",
    outcomes: [
      {
        value: "still-away",
        words: "Spoke with the person, still away: look again in a week",
        contact: "spoke",
        follows: ["look-for-return-again"],
      },
      ...callOutcomes.filter(({ value }) => value !== "reached"),
      withdrew,
    ],
  },
  "same-person": {
    label: "Same person?",
    owners: ["case-manager"],
    due: { staffedMinutes: 240 },
    priority: "urgent",
    late: toSupervisor,
    // Two pathways of one person run until somebody has looked.
    endedBy: "plan",
    outcomes: [
      { value: "same-person", words: "The same person", follows: ["join-records"] },
      { value: "not-the-same", words: "Not the same person" },
    ],
  },
  "site-transfer": {
    label: "Take somebody over?",
    owners: ["case-manager"],
    due: "end-of-next-staffed-day",
    priority: "urgent",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      { value: "accepted", words: "Accepted: this person is ours from now on" },
      { value: "declined", words: "Declined, for the reason in the note", asksFor: ["note"] },
    ],
  },
  "transfer-declined": {
    label: "Transfer declined",
    owners: ["case-manager"],
    due: "end-of-next-staffed-day",
    priority: "urgent",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      { value: "stays", words: "Agreed with the person: stays here", contact: "spoke" },
      {
        value: "passed-on",
        words: "Another way was agreed, which the note says",
        contact: "spoke",
        asksFor: ["note"],
      },
    ],
  },
  "aftercare-hand-off": {
    label: "Introduce who goes on with the aftercare",
    owners: ["case-manager"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    // Until somebody has confirmed it, nothing has changed: an ending of the aftercare ends the question.
    endedBy: "plan",
    outcomes: [
      {
        value: "introduced",
        words: "Introduced them to each other: the one who goes on is asked to confirm it",
        contact: "spoke",
        asksFor: ["receiver"],
        follows: ["ask-receiver"],
      },
      {
        value: "not-yet",
        words: "Not yet: look again in a week",
        follows: ["hand-off-later"],
      },
      { value: "stays", words: "Stays with whoever has kept contact", asksFor: ["note"] },
    ],
    asksReceiver: true,
  },
  "aftercare-take-over": {
    label: "Go on with somebody's aftercare?",
    owners: ["case-manager", "clinician", "nurse", "peer"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      {
        value: "confirmed",
        words: "Confirmed: I have met them, and go on with the aftercare",
        asksFor: ["is-receiver"],
        follows: ["keep-aftercare"],
      },
      {
        value: "declined",
        words: "Declined, for the reason in the note",
        asksFor: ["note"],
        follows: ["hand-off-declined"],
      },
    ],
  },
  "aftercare-keeper": {
    label: "You keep contact after the program",
    owners: ["case-manager", "clinician", "nurse", "peer"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      {
        value: "read",
        words: "Read: I keep contact from now on",
        asksFor: ["is-receiver"],
      },
      {
        value: "cannot",
        words: "I cannot, for the reason in the note",
        asksFor: ["note"],
        follows: ["keeper-cannot"],
      },
    ],
  },
  "aftercare-passed-on": {
    label: "Somebody else keeps contact now",
    owners: ["case-manager", "clinician", "nurse", "peer"],
    due: "end-of-next-staffed-day",
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [{ value: "read", words: "Read: whoever keeps contact now knows what I know" }],
  },
  "known-facts": {
    label: "Confirm what is known",
    owners: ["case-manager"],
    due: { staffedMinutes: 960 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      { value: "still-right", words: "Asked the person: still right", contact: "spoke" },
      {
        value: "put-right",
        words: "Asked the person, and put right what has changed",
        contact: "spoke",
      },
    ],
  },
  "consents-said": {
    label: "Ask what they agreed to with a new referral",
    owners: ["case-manager"],
    due: { staffedMinutes: 480 },
    priority: "normal",
    late: toSupervisor,
    endedBy: "plan",
    outcomes: [
      {
        value: "taken-over",
        words: "Asked the person: what they agree to is filled in here",
        contact: "spoke",
        asksFor: ["consents"],
      },
      { value: "left-as-it-is", words: "Nothing is taken over: this record stays as it is" },
    ],
    asksConsent: true,
  },
};

/** Outcomes of the checklist item on which the person says whether follow-up is wanted. */
export const aftercareConsentOutcomes: readonly Outcome[] = [
  { value: "done", words: "Done", asksFor: ["ticked-items"], follows: ["tick-others"] },
  {
    value: "declined",
    words: "The person wants no follow-up",
    contact: "spoke",
    asksFor: ["ticked-items"],
    follows: ["decline-follow-up", "tick-others"],
  },
];

/** What may come of an email that somebody wrote: who wants no more of them says nothing about texts. */
export const emailReplyOutcomes: readonly Outcome[] = taskKindRecords["inbound-reply"].outcomes.map(
  (outcome) =>
    outcome.value === "opted-out"
      ? {
          ...outcome,
          value: "opted-out-of-emails",
          words: "Wants no more emails",
          follows: ["stop-emails"],
        }
      : outcome,
);

/** True for a kind whose decision moves the pathway. */
export function isApprovalKind(taskKind: TaskKind): boolean {
  return taskKindRecords[taskKind].isApproval === true;
}

/** The kinds that are calls to the person, made again until somebody was reached. */
export const repeatedCallKinds: readonly TaskKind[] = Object.entries(taskKindRecords)
  .filter(([, { outcomes }]) => outcomes.some(({ follows }) => follows?.includes("call-again")))
  .map(([kind]) => kind as TaskKind);
