import type { Change, Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import { ownValue } from "../care/text/own-value.ts";
import { openCallForAnswers } from "./open-call.ts";
import { raiseForAnswers, reachedRules } from "./raise-for-answers.ts";
import { askedInstruments, problemWithAnswers, weighAnswers } from "./weigh-answers.ts";

export type CheckInAnswerToSave = {
  readonly checkInSk: string;
  /** The question, or the item where an instrument is asked. */
  readonly id: string;
  readonly value: number | boolean;
  /** One submission counts once. */
  readonly submissionKey: string;
};

export type SavedCheckInAnswer = {
  /** Nothing to write where the answer is on file already. */
  readonly change?: Change;
  /** True when the answer asks for the crisis page now. */
  readonly isSafetyPositive: boolean;
};

/**
 * Saves one answer of a check-in as soon as it is given, so that nobody has to start again. An answer that
 * reaches a safety rule raises its alert in this very change, and one that asks for a call on the same day
 * opens it, sent or not: many a check-in is left half done. Calls of the next days follow when all of it is sent.
 */
export function saveCheckInAnswer(
  state: OpenState,
  ctx: DecisionContext,
  { checkInSk, id, value, submissionKey }: CheckInAnswerToSave,
): SavedCheckInAnswer | Refusal {
  const checkIn = state.items.get(checkInSk);
  if (checkIn?.kind !== "check-in")
    return { refused: "not-found", sentence: "There is no such check-in." };
  if (checkIn.status === "answered") {
    return { refused: "already-decided", sentence: "This check-in has been answered already." };
  }
  const isOver = checkIn.endsAt !== undefined && ctx.now >= checkIn.endsAt;
  if (checkIn.status !== "open" || isOver)
    return { refused: "not-now", sentence: "This check-in is not open now. Please call us." };
  const problem = problemWithAnswers(ctx, { [id]: value }, true);
  if (problem !== undefined)
    return { refused: "invalid", sentence: problem.sentence, details: { question: id } };
  const instrument = askedInstruments(ctx).find((one) =>
    one.items.some((item) => item.itemId === id),
  );
  const numbers = typeof value === "number" ? { [id]: value } : {};
  const isSafetyPositive =
    instrument !== undefined && reachedRules(ctx, instrument.instrumentId, numbers).length > 0;
  const submission = `${submissionKey}:${id}:${value}`;
  if (checkIn.submissions.includes(submission) || ownValue(checkIn.answers, id) === value)
    return { isSafetyPositive };
  const draft = new Draft(state, ctx);
  const answers = { ...checkIn.answers, [id]: value };
  const saved = draft.replace(checkIn, {
    answers,
    submissions: [...checkIn.submissions, submission],
  });
  if (instrument !== undefined) {
    raiseForAnswers(draft, ctx, {
      instrumentId: instrument.instrumentId,
      answers: numbers,
      occasion: `check-in-${checkIn.number}`,
      // As when all of it is sent: saving and sending raise one alert, not two.
      submissionKey: checkIn.checkInId,
    });
  }
  const { action, reasons } = weighAnswers(ctx, answers);
  const isNewReason = reasons.length > weighAnswers(ctx, checkIn.answers).reasons.length;
  // Where a suicide item alone asks for it, its alert is the call.
  if (action === "same-day-call" && isNewReason)
    openCallForAnswers(draft, ctx, { ...saved, action, reasons }, { isUnsent: true });
  const facts = { number: checkIn.number, question: id, isSafetyPositive };
  return { change: draft.finish("check-in-answer-saved", facts), isSafetyPositive };
}
