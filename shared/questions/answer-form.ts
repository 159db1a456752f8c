import { type Change, isRefusal, type Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import { noteLastContact } from "../care/change/last-contact.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import type { FormRequest } from "../care/episode/form-request.ts";
import { ownValue } from "../care/text/own-value.ts";
import { alertKey } from "./raise-for-answers.ts";
import { recordAnswers } from "./record-answers.ts";

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
      submissionKey: alertKey(form, instrumentId),
    });
    if (isRefusal(recorded)) return { ...recorded, refused: "not-now" };
    if (recorded.total === undefined)
      return { refused: "not-now", sentence: "Some questions are not answered yet." };
  }
  noteLastContact(draft, "answered");
  return draft.finish("form-answered", { formId: form.formId, occasion: form.occasion });
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
