import { type Change, isRefusal, type Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import type { FormRequest } from "../care/episode/form-request.ts";
import { findCrisisPhrase } from "../care/safety/find-crisis-phrase.ts";
import { ownValue } from "../care/text/own-value.ts";
import { answerCheckIn } from "./answer-check-in.ts";
import { submitForm } from "./answer-form.ts";
import { keepWords } from "./keep-words.ts";
import { openCallForAnswers } from "./open-call.ts";
import { answersOn, isAnswer, type Question, questionsOf } from "./question.ts";
import { alertKey, raiseForAnswers, reachedRules } from "./raise-for-answers.ts";
import { weighAnswers } from "./weigh-answers.ts";

/** What asks questions by link: the forms of a referral or a week, and a check-in. */
type Asking = FormRequest | CheckIn;

export type AnswerToSave = {
  /** The form or the check-in. */
  readonly itemSk: string;
  /** The question. */
  readonly id: string;
  readonly value: number | boolean;
  /** One submission counts once. */
  readonly submissionKey: string;
};

export type Heard = {
  /** Nothing to write where it is on file already. */
  readonly change?: Change;
  /** True when it asks for the crisis page now, whether or not anybody is paged. */
  readonly isSafetyPositive: boolean;
};

/**
 * Saves one answer as soon as it is given, so that nobody has to start again. An answer that reaches a
 * safety rule raises its alert in this very change, and one of a check-in that asks for a call on the same
 * day opens it, sent or not: many a check-in is left half done. Scores, and calls of the next days, follow
 * when all of it is sent. After that, or after its time, an answer settles nothing; one that reaches a
 * safety rule is heard all the same.
 */
export function saveAnswer(
  state: OpenState,
  ctx: DecisionContext,
  input: AnswerToSave,
): Heard | Refusal {
  const item = askingItem(state, input.itemSk);
  if (item === undefined) return { refused: "not-found", sentence: "Nothing is asked here." };
  const question = questionsOf(item, ctx).find(({ id }) => id === input.id);
  const refusal = refuseClosed(item, ctx);
  if (refusal !== undefined)
    return hearLateAnswer(state, ctx, { ...input, item, question }) ?? refusal;
  if (question === undefined) {
    return {
      refused: "invalid",
      sentence: "An answer belongs to a question that was not asked.",
      details: { question: input.id },
    };
  }
  if (!isAnswer(question, input.value)) {
    return {
      refused: "invalid",
      sentence: "An answer is none of those offered.",
      details: { question: input.id },
    };
  }
  const isSafetyPositive = reaches(ctx, question, input.value);
  const submission = `${input.submissionKey}:${input.id}:${input.value}`;
  const isKnown =
    item.submissions.includes(submission) || ownValue(answersOn(item), input.id) === input.value;
  if (isKnown) return { isSafetyPositive };
  const draft = new Draft(state, ctx);
  const saved = keep(draft, item, question, input.value, submission);
  raise(draft, ctx, item, question, input.value);
  if (saved.kind === "check-in" && item.kind === "check-in")
    openSameDayCall(draft, ctx, item, saved);
  const change = draft.finish(`${item.kind}-answer-saved`, {
    ...factsOf(item),
    question: input.id,
    isSafetyPositive,
  });
  return { change, isSafetyPositive };
}

/**
 * Sends what was answered: scores, what the answers ask for and what was written, in one change. Words are
 * taken also when staff, or another device, have answered meanwhile, and when the time is over.
 */
export function sendAnswers(
  state: OpenState,
  ctx: DecisionContext,
  input: Pick<AnswerToSave, "itemSk" | "submissionKey"> & { readonly words?: string },
): Heard | Refusal {
  const item = askingItem(state, input.itemSk);
  if (item === undefined) return { refused: "not-found", sentence: "Nothing is asked here." };
  const { submissionKey, words } = input;
  const change =
    item.kind === "form"
      ? submitForm(state, ctx, item.sk)
      : answerCheckIn(state, ctx, {
          checkInSk: item.sk,
          answers: item.answers,
          submissionKey,
          ...(words === undefined ? {} : { words }),
        });
  if (!isRefusal(change))
    return { change, isSafetyPositive: change.audit.facts.isSafetyPositive === true };
  const late = keepLateWords(state, ctx, item, { words: words ?? "", submissionKey });
  return late.change === undefined && !late.isSafetyPositive ? change : late;
}

/**
 * Words that come after a check-in was answered, perhaps by staff on the phone, or after its time: they are
 * kept, read by the crisis screen and by a person, as if they had come with it.
 */
function keepLateWords(
  state: OpenState,
  ctx: DecisionContext,
  item: Asking,
  input: { readonly words: string; readonly submissionKey: string },
): Heard {
  if (item.kind !== "check-in" || !isAsked(item) || input.words.trim() === "")
    return { isSafetyPositive: false };
  if (refuseClosed(item, ctx) === undefined) return { isSafetyPositive: false };
  const crisisRule = findCrisisPhrase(ctx.policy, input.words);
  const isSafetyPositive = crisisRule !== undefined;
  // Sent again with the very same key: kept already.
  if (item.submissions.includes(input.submissionKey)) return { isSafetyPositive };
  const draft = new Draft(state, ctx);
  draft.replace(item, { submissions: [...item.submissions, input.submissionKey] });
  const occurrence = input.submissionKey;
  keepWords(draft, ctx, item, { words: input.words, crisisRule, occurrence });
  return {
    isSafetyPositive,
    change: draft.finish("late-words-kept", { ...factsOf(item), isSafetyPositive }),
  };
}

/** The alert for a late answer of danger, and the crisis page; undefined where it is no danger. */
function hearLateAnswer(
  state: OpenState,
  ctx: DecisionContext,
  input: Pick<AnswerToSave, "value"> & {
    readonly item: Asking;
    readonly question: Question | undefined;
  },
): Heard | undefined {
  const { item, question, value } = input;
  if (question === undefined || !isAsked(item) || !isAnswer(question, value)) return undefined;
  if (!reaches(ctx, question, value)) return undefined;
  const draft = new Draft(state, ctx);
  const known = draft.items().length;
  raise(draft, ctx, item, question, value);
  if (draft.items().length === known) return { isSafetyPositive: true };
  const facts = { ...factsOf(item), question: question.id };
  return { isSafetyPositive: true, change: draft.finish("late-answer-raised", facts) };
}

function askingItem(state: OpenState, itemSk: string): Asking | undefined {
  const item = state.items.get(itemSk);
  return item?.kind === "form" || item?.kind === "check-in" ? item : undefined;
}

/** True for what was put before the person once: its page can still be open somewhere. */
function isAsked(item: Asking): boolean {
  return item.status !== "planned" && item.status !== "cancelled";
}

/** Why no answer is taken any more, or yet. */
function refuseClosed(item: Asking, { now }: DecisionContext): Refusal | undefined {
  if (item.status === "answered")
    return { refused: "already-decided", sentence: "This has been answered already." };
  const isOpen = item.status === "asked" || item.status === "open";
  const isOver = item.endsAt !== undefined && now >= item.endsAt;
  return isOpen && !isOver
    ? undefined
    : { refused: "not-now", sentence: "This is not open now. Please call us." };
}

/** What names the form or the check-in in the audit trail. */
function factsOf(item: Asking): Readonly<Record<string, string | number>> {
  return item.kind === "form" ? { formId: item.formId } : { number: item.number };
}

function keep(
  draft: Draft,
  item: Asking,
  { id, instrument }: Question,
  value: number | boolean,
  submission: string,
): Asking {
  const submissions = [...item.submissions, submission];
  if (item.kind === "check-in")
    return draft.replace(item, { answers: { ...item.answers, [id]: value }, submissions });
  const instrumentId = instrument?.instrumentId ?? "";
  const before = ownValue(item.answers, instrumentId) ?? {};
  const answers = { ...item.answers, [instrumentId]: { ...before, [id]: Number(value) } };
  return draft.replace(item, { answers, submissions });
}

function reaches(ctx: DecisionContext, question: Question, value: number | boolean): boolean {
  const { id, instrument } = question;
  if (instrument === undefined || typeof value !== "number") return false;
  return reachedRules(ctx, instrument.instrumentId, { [id]: value }).length > 0;
}

function raise(
  draft: Draft,
  ctx: DecisionContext,
  item: Asking,
  { id, instrument }: Question,
  value: number | boolean,
): void {
  if (instrument === undefined || typeof value !== "number") return;
  const { instrumentId } = instrument;
  const occasion = item.kind === "form" ? item.occasion : `check-in-${item.number}`;
  const answers = { [id]: value };
  const submissionKey = alertKey(item, instrumentId);
  raiseForAnswers(draft, ctx, { instrumentId, answers, occasion, submissionKey });
}

/** Where a suicide item alone asks for it, its alert is the call. */
function openSameDayCall(
  draft: Draft,
  ctx: DecisionContext,
  before: CheckIn,
  saved: CheckIn,
): void {
  const { action, reasons } = weighAnswers(ctx, saved.answers);
  const isNewReason = reasons.length > weighAnswers(ctx, before.answers).reasons.length;
  if (action === "same-day-call" && isNewReason)
    openCallForAnswers(draft, ctx, { ...saved, action, reasons }, { isUnsent: true });
}
