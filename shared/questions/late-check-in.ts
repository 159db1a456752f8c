import type { Change } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import { findCrisisPhrase } from "../care/safety/find-crisis-phrase.ts";
import { keepWords } from "./keep-words.ts";
import { raiseForAnswers, reachedRules } from "./raise-for-answers.ts";
import { askedInstruments } from "./weigh-answers.ts";

export type LateCheckIn = {
  /** True when what came asks for the crisis page. */
  readonly isSafetyPositive: boolean;
  /** What is not on file yet. */
  readonly change?: Change;
};

/**
 * An answer that comes after the check-in was answered, from a page that was still open: it changes nothing
 * that was recorded, but one that reaches a safety rule is never left aside.
 */
export function raiseForLateCheckInAnswer(
  state: OpenState,
  ctx: DecisionContext,
  input: { readonly checkInSk: string; readonly id: string; readonly value: number | boolean },
): LateCheckIn {
  const checkIn = answeredCheckIn(state, input.checkInSk);
  const instrument = askedInstruments(ctx).find((one) =>
    one.items.some((item) => item.itemId === input.id),
  );
  const answers = typeof input.value === "number" ? { [input.id]: input.value } : {};
  if (checkIn === undefined || instrument === undefined) return { isSafetyPositive: false };
  const { instrumentId } = instrument;
  if (reachedRules(ctx, instrumentId, answers).length === 0) return { isSafetyPositive: false };
  const draft = new Draft(state, ctx);
  const known = draft.items().length;
  raiseForAnswers(draft, ctx, {
    instrumentId,
    answers,
    occasion: `check-in-${checkIn.number}`,
    submissionKey: checkIn.checkInId,
  });
  if (draft.items().length === known) return { isSafetyPositive: true };
  const facts = { number: checkIn.number, question: input.id };
  return { isSafetyPositive: true, change: draft.finish("late-answer-raised", facts) };
}

/**
 * Words that come after the check-in was answered, perhaps by staff on the phone: they are kept, read by
 * the crisis screen and by a person, as if they had come with it.
 */
export function keepLateWords(
  state: OpenState,
  ctx: DecisionContext,
  input: { readonly checkInSk: string; readonly words: string; readonly submissionKey: string },
): LateCheckIn {
  const checkIn = answeredCheckIn(state, input.checkInSk);
  if (checkIn === undefined || input.words.trim() === "") return { isSafetyPositive: false };
  const crisisRule = findCrisisPhrase(ctx.policy, input.words);
  const isSafetyPositive = crisisRule !== undefined;
  // Sent again with the very same key: kept already.
  if (checkIn.submissions.includes(input.submissionKey)) return { isSafetyPositive };
  const draft = new Draft(state, ctx);
  draft.replace(checkIn, { submissions: [...checkIn.submissions, input.submissionKey] });
  keepWords(draft, ctx, checkIn, {
    words: input.words,
    crisisRule,
    occurrence: input.submissionKey,
  });
  const facts = { number: checkIn.number, isSafetyPositive };
  return { isSafetyPositive, change: draft.finish("late-words-kept", facts) };
}

function answeredCheckIn(state: OpenState, checkInSk: string): CheckIn | undefined {
  const item = state.items.get(checkInSk);
  return item?.kind === "check-in" && item.status === "answered" ? item : undefined;
}
