import type { Context } from "hono";
import type { Question } from "../../../shared/questions/question.ts";
import { type Form, submissionKey } from "../../../shared/web/http/read-form.ts";
import { notePage, refusedForm } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { questionTexts } from "../texts/questions.ts";
import { answerOf, typedRange } from "../ui/question.tsx";
import { type PageSet, pathAfter, questionPage } from "./question-pages.tsx";

export type ReadAnswer = {
  readonly question: Question;
  /** One of those offered. */
  readonly value: number | boolean;
  /** As the page sent it. */
  readonly sent: string;
  readonly key: string;
};

/**
 * The answer that a question's page sent, or what to answer instead: the page again with what is missing,
 * the next one where the question may be left out, a refusal for anything that no page sends.
 */
export async function readAnswer(
  deps: ParticipantSiteDeps,
  context: Context,
  { set, form }: { readonly set: PageSet; readonly form: Form },
  number: number,
): Promise<ReadAnswer | Response> {
  const question = set.questions[number - 1];
  if (question === undefined) return context.notFound();
  const key = submissionKey(form);
  const isKnown = [...form.keys()].every((name) => name === "key" || name === question.id);
  if (key === undefined || !isKnown) return refusedForm(context, set.language, 400);
  const sent = (form.get(question.id) ?? "").trim();
  if (sent === "" && !question.isRequired) {
    // A question that was left out is not offered again on the way on.
    const answers = { ...set.answers, [question.id]: "" };
    return context.redirect(pathAfter({ ...set, answers }, number), 303);
  }
  const t = questionTexts[set.language];
  const value = answerOf(question, sent);
  if (value !== undefined) return { question, value, sent, key };
  const range = typedRange(question);
  const problem =
    sent === ""
      ? t.selectOne
      : range === undefined
        ? undefined
        : t.wholeNumber(range.minimum, range.maximum);
  if (problem !== undefined) {
    const errors = [{ field: question.id, text: problem }];
    return questionPage(context, set, { number, submissionKey: deps.ids.next(), errors });
  }
  const brand = set.site.senderName;
  return notePage(context, { language: set.language, brand, ...t.notOffered }, 400);
}
