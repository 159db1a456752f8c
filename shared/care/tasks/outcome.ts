import type { TaskOption } from "../episode/care-task.ts";

/** What has to be true, or written down, before an outcome can be recorded. */
export type OutcomeCondition =
  | "ticked-items"
  | "consents"
  | "note"
  | "attendance-marked"
  | "place-given"
  | "make-up-booked"
  | "forms-answered"
  | "may-withdraw"
  | "visit-date"
  | "week-to-decide"
  | "may-come-closer"
  | "may-be-lost-contact"
  | "other-record"
  | "receiver"
  | "is-receiver";

/** What follows from an outcome, in the change that records it. */
export type Consequence =
  | "withdraw"
  | "lose-number"
  | "stop-texts"
  | "stop-emails"
  | "call-again"
  | "decide-after-decline"
  | "decide-after-wrong-number"
  | "end-ladder"
  | "next-rung"
  | "climb-again"
  | "climb-ladder-again"
  | "clinician-speaks-about-decline"
  | "find-out-after-welfare-check"
  | "propose-lost-contact"
  | "propose-step-up"
  | "propose-step-down"
  | "go-on-without-forms"
  | "decline-follow-up"
  | "tick-others"
  | "leave-out-session"
  | "look-for-return-again"
  | "call-about-missed-visit"
  | "closer-contacts"
  | "thin-contacts-out"
  | "reach-who-did-not-arrive"
  | "ask-again"
  | "look-for-visit-again"
  | "take-workflow-on"
  | "join-records"
  | "ask-receiver"
  | "hand-off-later"
  | "keep-aftercare"
  | "hand-off-declined"
  | "keeper-cannot";

/** One outcome of a kind of task: its words, what it asks for, and what follows. */
export type Outcome = TaskOption & {
  /**
   * Whether somebody spoke with the person, tried to, or sent help. Without it the outcome says nothing
   * about contact: no contact is counted, as reached or as missed.
   */
  readonly contact?: "spoke" | "tried" | "help-sent";
  /** A clinician's own judgement, after which nothing is owed about this any more. */
  readonly isJudgement?: true;
  readonly asksFor?: readonly OutcomeCondition[];
  /** In the order in which it happens. */
  readonly follows?: readonly Consequence[];
};

export const withdrew: Outcome = {
  value: "withdrew",
  words: "The person withdrew",
  contact: "spoke",
  asksFor: ["may-withdraw"],
  follows: ["withdraw"],
};

export const reached: Outcome = {
  value: "reached",
  words: "Spoke with the person",
  contact: "spoke",
};

export const notReached: Outcome = {
  value: "not-reached",
  words: "Not reached",
  contact: "tried",
  follows: ["call-again"],
};

/** Done on a call: somebody spoke with the person. What was done there each kind of call says itself. */
export const doneOnCall = { value: "done", contact: "spoke" } as const;

/** A call that is made again until somebody was reached; after three tries a person decides. */
export const callOutcomes: readonly Outcome[] = [
  reached,
  notReached,
  { ...notReached, value: "left-voicemail", words: "Left a voicemail" },
  {
    value: "declined",
    words: "Reached, and declined",
    contact: "spoke",
    follows: ["decide-after-decline"],
  },
  {
    value: "wrong-number",
    words: "Wrong number",
    follows: ["lose-number", "decide-after-wrong-number"],
  },
];

const reachedOnLadder: Outcome = { ...reached, follows: ["end-ladder"] };
const notReachedOnLadder: Outcome = { ...notReached, follows: ["next-rung"] };

/** A call of a ladder: the next rung comes in its time, and after the last one a person decides. */
export const ladderCallOutcomes: readonly Outcome[] = [
  reachedOnLadder,
  notReachedOnLadder,
  { ...notReachedOnLadder, value: "left-voicemail", words: "Left a voicemail" },
  {
    value: "declined",
    words: "Reached, and declined",
    contact: "spoke",
    follows: ["clinician-speaks-about-decline", "end-ladder"],
  },
  { value: "wrong-number", words: "Wrong number", follows: ["lose-number", "next-rung"] },
];

const welfareCheckSent: Outcome = {
  value: "welfare-check-sent",
  words: "Welfare check asked for",
  contact: "help-sent",
  follows: ["find-out-after-welfare-check"],
};

/** Rungs that are no plain call, by the action of the program's ladder. */
export const rungOutcomes: Readonly<Record<string, readonly Outcome[]>> = {
  "contact-person": [
    reachedOnLadder,
    {
      value: "spoke-with-contact",
      words: "Spoke with the contact person",
      follows: ["next-rung"],
    },
    notReachedOnLadder,
    // Nobody was rung, so no contact was missed.
    { value: "no-release", words: "No live release names anybody", follows: ["next-rung"] },
  ],
  "welfare-decision": [
    reachedOnLadder,
    {
      value: "no-check-needed",
      words: "No welfare check needed",
      isJudgement: true,
      follows: ["next-rung"],
    },
    { ...welfareCheckSent, value: "mobile-crisis-sent", words: "Mobile crisis sent" },
    welfareCheckSent,
  ],
  letter: [{ value: "sent", words: "Letter sent", follows: ["next-rung"] }, reachedOnLadder],
};

/** What may be decided where nobody was reached. */
export const outreachDecisionOutcomes: readonly Outcome[] = [
  { value: "continue", words: "Climb the ladder again", follows: ["climb-again"] },
  {
    value: "close-ladder",
    words: "Stop reaching out about this",
    isJudgement: true,
    follows: ["end-ladder"],
  },
  { ...welfareCheckSent, follows: ["find-out-after-welfare-check", "climb-ladder-again"] },
  {
    value: "propose-discharge",
    words: "Propose discharge: lost contact",
    asksFor: ["may-be-lost-contact"],
    follows: ["propose-lost-contact"],
  },
  reachedOnLadder,
  withdrew,
];
