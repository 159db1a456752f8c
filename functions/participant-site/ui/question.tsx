import type { Child } from "hono/jsx";
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

type Texts = Readonly<Record<string, string>>;

/** One question as a page asks it: published wording, in the reader's language where it was published. */
export type AskedQuestion = {
  /** Name of the field. */
  readonly name: string;
  readonly stem?: Texts | undefined;
  readonly text: Texts;
  readonly options: readonly { readonly value: string; readonly text: Texts }[];
  /** A number to type where there are too many to choose from; inclusive. */
  readonly range?: { readonly minimum: number; readonly maximum: number } | undefined;
  readonly isRequired: boolean;
};

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
  readonly question: AskedQuestion;
  readonly number: number;
  readonly count: number;
  readonly target: FormTarget;
  readonly submissionKey: string;
  readonly value?: string | undefined;
  readonly errors: readonly FieldError[];
  readonly note?: Child;
}) {
  const text = inLanguage(question.text, language);
  const stem = question.stem === undefined ? undefined : inLanguage(question.stem, language);
  const t = questionTexts[language];
  return (
    <>
      <ErrorSummary errors={errors} language={language} />
      <Form {...target} submissionKey={submissionKey}>
        <p class="progress">{t.progress(number, count)}</p>
        {note}
        {question.range === undefined ? (
          <Radios
            language={language}
            name={question.name}
            label={text.text}
            lang={text.language === language ? undefined : text.language}
            lead={stem === undefined ? undefined : <span class="lead">{stem.text} </span>}
            hint={question.isRequired ? undefined : t.mayLeaveOut}
            errors={errors}
            value={value}
            options={question.options.map((option) => ({
              value: option.value,
              text: inLanguage(option.text, language).text,
            }))}
          />
        ) : (
          <TextField
            language={language}
            name={question.name}
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
export function answerWords(
  question: AskedQuestion,
  value: string | undefined,
  language: Language,
): string {
  if (question.range !== undefined && value !== undefined) return value;
  const option = question.options.find((one) => one.value === value);
  return option === undefined
    ? commonTexts[language].notAnswered
    : inLanguage(option.text, language).text;
}
