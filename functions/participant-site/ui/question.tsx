import type { Child } from "hono/jsx";
import { isAnswer, type Question } from "../../../shared/questions/question.ts";
import { Radios } from "../../../shared/web/parts/choices.tsx";
import {
  ContinueButton,
  ErrorSummary,
  type FieldError,
  TextField,
} from "../../../shared/web/parts/fields.tsx";
import { Form } from "../../../shared/web/parts/form.tsx";
import { inLanguage, type Language } from "../../../shared/web/texts/language.ts";
import { commonTexts } from "../texts/common.ts";
import { questionTexts } from "../texts/questions.ts";
import type { FormTarget } from "./page-links.ts";

type Choice = { readonly value: string; readonly text: Readonly<Record<string, string>> };

const yesNo: readonly Choice[] = (["yes", "no"] as const).map((value) => ({
  value,
  text: { en: commonTexts.en[value], es: commonTexts.es[value] },
}));

/** More choices than these are typed. */
const maxChoices = 11;

/** The choices that a question's page offers; undefined where a number is typed. */
function choicesOf({ answer }: Question): readonly Choice[] | undefined {
  switch (answer.type) {
    case "yes-no":
      return yesNo;
    case "choice":
      return answer.options.map(({ value, text }) => ({ value: String(value), text }));
    case "number": {
      const { minimum, maximum } = answer;
      const count = maximum - minimum + 1;
      if (count > maxChoices) return undefined;
      return Array.from({ length: count }, (_, index) => {
        const value = String(minimum + index);
        return { value, text: { en: value, es: value } };
      });
    }
  }
}

/** An answer as the page's form sends it. */
export function sentValue(value: number | boolean): string {
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}

/** The answer that a sent value means; undefined for what the question does not offer. */
export function answerOf(question: Question, sent: string): number | boolean | undefined {
  const isYesNo = question.answer.type === "yes-no";
  if (isYesNo) return sent === "yes" ? true : sent === "no" ? false : undefined;
  if (!/^\d{1,3}$/.test(sent)) return undefined;
  return isAnswer(question, Number(sent)) ? Number(sent) : undefined;
}

/** The ends of the numbers that may be typed; undefined where there is something to choose from. */
export function typedRange(
  question: Question,
): { readonly minimum: number; readonly maximum: number } | undefined {
  const { answer } = question;
  return answer.type === "number" && choicesOf(question) === undefined ? answer : undefined;
}

/** One question a page, with nothing chosen beforehand, and where one is in words. */
export function QuestionForm({
  language,
  question,
  number,
  count,
  target,
  submissionKey,
  value,
  errors,
  note,
}: {
  readonly language: Language;
  readonly question: Question;
  readonly number: number;
  readonly count: number;
  readonly target: FormTarget;
  readonly submissionKey: string;
  readonly value?: string | undefined;
  readonly errors: readonly FieldError[];
  readonly note?: Child;
}) {
  const text = inLanguage(question.text, language);
  const choices = choicesOf(question);
  const stem = question.stem === undefined ? undefined : inLanguage(question.stem, language);
  const t = questionTexts[language];
  return (
    <>
      <ErrorSummary errors={errors} language={language} />
      <Form {...target} submissionKey={submissionKey}>
        <p class="progress">{t.progress(number, count)}</p>
        {note}
        {choices !== undefined ? (
          <Radios
            language={language}
            name={question.id}
            label={text.text}
            lang={text.language === language ? undefined : text.language}
            lead={stem === undefined ? undefined : <span class="lead">{stem.text} </span>}
            hint={question.isRequired ? undefined : t.mayLeaveOut}
            errors={errors}
            value={value}
            options={choices.map((option) => ({
              value: option.value,
              text: inLanguage(option.text, language).text,
            }))}
          />
        ) : (
          <TextField
            language={language}
            name={question.id}
            label={text.text}
            errors={errors}
            value={value}
            isHeading
            isNumber
            maxlength={3}
          />
        )}
        <ContinueButton>{commonTexts[language].continue}</ContinueButton>
      </Form>
    </>
  );
}

/** What was answered, in the words of the answer. */
export function answerLabel(
  question: Question,
  value: string | undefined,
  language: Language,
): string {
  const choices = choicesOf(question);
  if (choices === undefined && value !== undefined) return value;
  const option = choices?.find((one) => one.value === value);
  return option === undefined
    ? commonTexts[language].notAnswered
    : inLanguage(option.text, language).text;
}
