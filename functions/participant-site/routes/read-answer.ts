import type { Context } from "hono";
import { type Form, submissionKey } from "../../../shared/web/http/read-form.ts";
import { notePage, refusedForm } from "../http/view.tsx";
import type { SiteDeps } from "../site-deps.ts";
import { questionTexts } from "../texts/questions.ts";
import type { AskedQuestion } from "../ui/question.tsx";
import { pathAfter, type QuestionSet, questionPage } from "./question-pages.tsx";

export type ReadAnswer = {
  readonly question: AskedQuestion;
  /** One of the values offered. */
  readonly value: string;
  readonly key: string;
};

/**
 * The answer that a question's page sent, or what to answer instead: the page again with what is missing,
 * the next one where the question may be left out, a refusal for anything that no page sends.
 */
export async function readAnswer(
  deps: SiteDeps,
  context: Context,
  { set, form }: { readonly set: QuestionSet; readonly form: Form },
  number: number,
): Promise<ReadAnswer | Response> {
  const question = set.questions[number - 1];
  if (question === undefined) return context.notFound();
  const key = submissionKey(form);
  const isKnown = [...form.keys()].every((name) => name === "key" || name === question.name);
  if (key === undefined || !isKnown) return refusedForm(context, set.language, 400);
  const value = (form.get(question.name) ?? "").trim();
  if (value === "" && !question.isRequired) {
    // A question that was left out is not offered again on the way on.
    const answers = { ...set.answers, [question.name]: "" };
    return context.redirect(pathAfter({ ...set, answers }, number), 303);
  }
  const t = questionTexts[set.language];
  const problem = value === "" ? t.selectOne : rangeProblem(question, value, t.wholeNumber);
  if (problem !== undefined) {
    const errors = [{ field: question.name, text: problem }];
    return questionPage(context, set, { number, submissionKey: deps.ids.next(), errors });
  }
  const isOffered =
    question.range !== undefined || question.options.some((option) => option.value === value);
  if (isOffered) return { question, value, key };
  const brand = set.site.senderName;
  return notePage(context, { language: set.language, brand, ...t.notOffered }, 400);
}

function rangeProblem(
  { range }: AskedQuestion,
  value: string,
  words: (minimum: number, maximum: number) => string,
): string | undefined {
  if (range === undefined) return undefined;
  const number = /^\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
  const isInRange = number >= range.minimum && number <= range.maximum;
  return isInRange ? undefined : words(range.minimum, range.maximum);
}
