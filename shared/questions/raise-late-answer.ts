import type { Change } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import { formQuestions } from "./form-questions.ts";
import { raiseForAnswers, reachedRules } from "./raise-for-answers.ts";

export type LateAnswer = {
  /** True when the answer asks for the crisis page. */
  readonly isSafetyPositive: boolean;
  /** The alert, where it is not on file yet. */
  readonly change?: Change;
};

/**
 * An answer that comes after the form was sent, from a page that was still open: it changes no score, but
 * one that reaches a safety rule is never left aside.
 */
export function raiseForLateAnswer(
  state: OpenState,
  ctx: DecisionContext,
  input: { readonly formSk: string; readonly itemId: string; readonly value: number },
): LateAnswer {
  const form = state.items.get(input.formSk);
  if (form?.kind !== "form") return { isSafetyPositive: false };
  const question = formQuestions(form, ctx.instruments).find(
    (one) => one.item.itemId === input.itemId,
  );
  if (question === undefined) return { isSafetyPositive: false };
  const { instrumentId } = question.instrument;
  const answers = { [input.itemId]: input.value };
  if (reachedRules(ctx, instrumentId, answers).length === 0) return { isSafetyPositive: false };
  const draft = new Draft(state, ctx);
  const known = draft.items().length;
  raiseForAnswers(draft, ctx, {
    instrumentId,
    answers,
    occasion: form.occasion,
    submissionKey: `${form.formId}-${instrumentId}`,
  });
  if (draft.items().length === known) return { isSafetyPositive: true };
  return {
    isSafetyPositive: true,
    change: draft.finish("late-answer-raised", { formId: form.formId, itemId: input.itemId }),
  };
}
