import { type Change, isRefusal, type Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import { noteLastContact } from "../care/change/last-contact.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import { findCrisisPhrase } from "../care/safety/find-crisis-phrase.ts";
import { keepWords } from "./keep-words.ts";
import { openCallForAnswers, openNextStep } from "./open-call.ts";
import { type Answers, checkInQuestions, numbersOf, problemWithAnswers } from "./question.ts";
import { alertKey, raiseForAnswers } from "./raise-for-answers.ts";
import { addScore } from "./record-answers.ts";
import { takeInAnswer } from "./take-in-answer.ts";
import { askedInstruments, type WeighedAnswers, weighAnswers } from "./weigh-answers.ts";

export type CheckInToAnswer = {
  readonly checkInSk: string;
  readonly answers: Answers;
  /** What the person wrote in their own words. Kept in `identity`, after the crisis screen has read it. */
  readonly words?: string;
  /** One submission counts once. */
  readonly submissionKey: string;
};

/**
 * Records the answers to a check-in, from the participant's page or by staff on the phone, as a change of
 * its own. A repeated submission and a second set of answers are refused as `already-decided`, late ones
 * as `not-now`; nothing is written then.
 */
export function answerCheckIn(
  state: OpenState,
  ctx: DecisionContext,
  input: CheckInToAnswer,
): Change | Refusal {
  const draft = new Draft(state, ctx);
  const weighed = recordCheckInAnswers(draft, ctx, input);
  if (isRefusal(weighed)) return weighed;
  const checkIn = draft.item(input.checkInSk);
  noteLastContact(draft, "answered");
  return draft.finish("check-in-answered", {
    number: checkIn?.kind === "check-in" ? checkIn.number : 0,
    action: weighed.action,
    isSafetyPositive: weighed.isSafetyPositive,
    byPhone: ctx.actor.kind === "staff",
  });
}

/**
 * Records a check-in's answers in the change at hand: the answers, what they ask for, the call that
 * follows, and any safety alert. The aftercare workflow sees them at its next look.
 */
export function recordCheckInAnswers(
  draft: Draft,
  ctx: DecisionContext,
  input: CheckInToAnswer,
): WeighedAnswers | Refusal {
  const checkIn = openCheckIn(draft, ctx, input);
  if (isRefusal(checkIn)) return checkIn;
  const problem = problemWithAnswers(
    checkInQuestions(ctx, checkIn),
    input.answers,
    ctx.actor.kind === "staff",
  );
  if (problem !== undefined) {
    return {
      refused: "invalid",
      sentence: problem.sentence,
      details: { question: problem.question },
    };
  }
  const weighed = weighAnswers(ctx, input.answers);
  const crisisRule =
    input.words === undefined ? undefined : findCrisisPhrase(ctx.policy, input.words);
  const answered = draft.replace(checkIn, {
    status: "answered",
    answeredAt: ctx.now,
    answers: input.answers,
    action: weighed.action,
    reasons: weighed.reasons,
    submissions: [...checkIn.submissions, input.submissionKey],
  });
  for (const { instrumentId, ...score } of weighed.scores)
    addScore(draft, ctx, instrumentId, score, occasionOf(answered));
  raiseForSafety(draft, ctx, answered, input.answers);
  if (weighed.reasons.length > 0) openCallForAnswers(draft, ctx, answered);
  openNextStep(draft, ctx, answered, weighed.nextSteps);
  if (input.words !== undefined && input.words.trim() !== "")
    keepWords(draft, ctx, answered, { words: input.words, crisisRule });
  endAsking(draft, ctx, answered);
  // The workflow has gone on without a missed one: nobody else takes its answer in.
  if (checkIn.status === "missed") takeInAnswer(draft, ctx, answered);
  return { ...weighed, isSafetyPositive: weighed.isSafetyPositive || crisisRule !== undefined };
}

function openCheckIn(
  draft: Draft,
  ctx: DecisionContext,
  input: CheckInToAnswer,
): CheckIn | Refusal {
  const checkIn = draft.item(input.checkInSk);
  if (checkIn?.kind !== "check-in")
    return { refused: "not-found", sentence: "There is no such check-in." };
  if (checkIn.status === "answered") {
    return {
      refused: "already-decided",
      sentence: "This check-in has been answered already. Nothing else to do.",
      details: { isRepeat: checkIn.submissions.includes(input.submissionKey) },
    };
  }
  if (checkIn.status === "planned" || checkIn.status === "cancelled") {
    return {
      refused: "not-now",
      sentence:
        checkIn.status === "planned"
          ? "This check-in is not open yet."
          : "This check-in is not asked any more.",
    };
  }
  const isOver =
    checkIn.status === "missed" || (checkIn.endsAt !== undefined && ctx.now >= checkIn.endsAt);
  // Somebody reached by a call of the ladder can still do it on the phone; a link cannot be late.
  if (isOver && ctx.actor.kind !== "staff") {
    return {
      refused: "not-now",
      sentence:
        "The time for this check-in is over. Please call us; we would like to hear from you.",
    };
  }
  return checkIn;
}

function occasionOf(checkIn: CheckIn): string {
  return `check-in-${checkIn.number}`;
}

/** A suicide answer pages in this very change. */
function raiseForSafety(
  draft: Draft,
  ctx: DecisionContext,
  checkIn: CheckIn,
  answers: Answers,
): void {
  for (const { instrumentId } of askedInstruments(ctx)) {
    raiseForAnswers(draft, ctx, {
      instrumentId,
      answers: numbersOf(answers),
      occasion: occasionOf(checkIn),
      submissionKey: alertKey(checkIn, instrumentId),
    });
  }
}

/** Nobody asks any more for what has been answered: no reminder, and no call to ask. */
function endAsking(draft: Draft, ctx: DecisionContext, checkIn: CheckIn): void {
  const occurrence = `c${checkIn.number}`;
  draft.cancelMessages(
    (message) =>
      (message.occurrence === occurrence || message.occurrence.startsWith(`${occurrence}-`)) &&
      isCheckInMessage(ctx, message.step),
    "answered",
  );
  const recordedBy = ctx.actor.kind === "staff" ? ctx.actor.staffId : "participant";
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.taskKind !== "aftercare-call") continue;
    if (item.status !== "open" || item.about?.id !== checkIn.checkInId) continue;
    draft.replace(item, {
      status: "done",
      outcome: { code: "answered", recordedBy, recordedAt: ctx.now },
    });
  }
}

function isCheckInMessage(ctx: DecisionContext, step: string): boolean {
  return ctx.program.messages.some((row) => row.step === step && row.anchor === "check-in-opened");
}
