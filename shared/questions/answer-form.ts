import { type Change, isRefusal, type Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import type { FormRequest } from "../care/episode/form-request.ts";
import { ownValue } from "../care/text/own-value.ts";
import { formQuestions } from "./form-questions.ts";
import { raiseForAnswers, reachedRules } from "./raise-for-answers.ts";
import { recordAnswers } from "./record-answers.ts";

export type AnswerToSave = {
  readonly formSk: string;
  readonly itemId: string;
  readonly value: number;
  /** One submission counts once. */
  readonly submissionKey: string;
};

export type SavedAnswer = {
  /** Nothing to write where the answer is on the form already. */
  readonly change?: Change;
  /** True when the answer asks for the crisis page now, whether or not anybody is paged. */
  readonly isSafetyPositive: boolean;
};

/**
 * Saves one answer of a form as soon as it is given. An answer that reaches a safety rule raises its
 * alert in this very change; scores wait until the form is sent.
 */
export function saveAnswer(
  state: OpenState,
  ctx: DecisionContext,
  input: AnswerToSave,
): SavedAnswer | Refusal {
  const form = openForm(state, ctx, input.formSk);
  if (isRefusal(form)) return form;
  const question = formQuestions(form, ctx.instruments).find(
    (one) => one.item.itemId === input.itemId,
  );
  if (question === undefined)
    return { refused: "not-found", sentence: "This question is not part of the form." };
  if (!question.options.some((option) => option.value === input.value)) {
    return { refused: "invalid", sentence: "The answer is none of those offered." };
  }
  const { instrumentId } = question.instrument;
  const isSafetyPositive =
    reachedRules(ctx, instrumentId, { [input.itemId]: input.value }).length > 0;
  const submission = `${input.submissionKey}:${input.itemId}:${input.value}`;
  const before = ownValue(form.answers, instrumentId) ?? {};
  if (form.submissions.includes(submission) || ownValue(before, input.itemId) === input.value)
    return { isSafetyPositive };
  const draft = new Draft(state, ctx);
  draft.replace(form, {
    answers: { ...form.answers, [instrumentId]: { ...before, [input.itemId]: input.value } },
    submissions: [...form.submissions, submission],
  });
  raiseForAnswers(draft, ctx, {
    instrumentId,
    answers: { [input.itemId]: input.value },
    occasion: form.occasion,
    submissionKey: scoreKey(form, instrumentId),
  });
  return {
    change: draft.finish("form-answer-saved", {
      formId: form.formId,
      itemId: input.itemId,
      isSafetyPositive,
    }),
    isSafetyPositive,
  };
}

/** Sends a form whose questions are answered: each instrument gets its score, and the form is closed. */
export function submitForm(
  state: OpenState,
  ctx: DecisionContext,
  formSk: string,
): Change | Refusal {
  const form = openForm(state, ctx, formSk);
  if (isRefusal(form)) return form;
  const draft = new Draft(state, ctx);
  for (const instrumentId of form.instruments) {
    const recorded = recordAnswers(draft, ctx, {
      formSk,
      instrumentId,
      answers: ownValue(form.answers, instrumentId) ?? {},
      submissionKey: scoreKey(form, instrumentId),
    });
    if (isRefusal(recorded)) return { ...recorded, refused: "not-now" };
    if (recorded.total === undefined)
      return { refused: "not-now", sentence: "Some questions are not answered yet." };
  }
  return draft.finish("form-answered", { formId: form.formId, occasion: form.occasion });
}

/** The same for every answer of an instrument, so that saving and sending raise one alert, not two. */
function scoreKey(form: FormRequest, instrumentId: string): string {
  return `${form.formId}-${instrumentId}`;
}

function openForm(state: OpenState, ctx: DecisionContext, formSk: string): FormRequest | Refusal {
  const form = state.items.get(formSk);
  if (form?.kind !== "form") return { refused: "not-found", sentence: "There is no such form." };
  if (form.status === "answered")
    return { refused: "already-decided", sentence: "The form was sent already." };
  if (form.status === "ended" || ctx.now >= form.endsAt) {
    return { refused: "not-now", sentence: "The time for this form is over." };
  }
  return form;
}
