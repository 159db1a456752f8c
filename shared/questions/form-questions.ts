import type { FormRequest } from "../care/episode/form-request.ts";
import type { Instrument, InstrumentItem, InstrumentOption } from "../care/program/instrument.ts";
import { ownValue } from "../care/text/own-value.ts";

/** One question of a form, with the answers it offers. */
export type FormQuestion = {
  readonly instrument: Instrument;
  readonly item: InstrumentItem;
  readonly options: readonly InstrumentOption[];
};

/** All questions of a form in the order in which they are asked. */
export function formQuestions(
  form: Pick<FormRequest, "instruments">,
  instruments: Readonly<Record<string, Instrument>>,
): readonly FormQuestion[] {
  return form.instruments.flatMap((instrumentId) => {
    const instrument = ownValue(instruments, instrumentId);
    if (instrument === undefined) return [];
    return instrument.items.map((item) => ({
      instrument,
      item,
      options: item.options ?? instrument.options,
    }));
  });
}

/** The answer so far; `undefined` where there is none. */
export function answerTo(
  form: Pick<FormRequest, "answers">,
  question: FormQuestion,
): number | undefined {
  return ownValue(ownValue(form.answers, question.instrument.instrumentId), question.item.itemId);
}

/** Index of the first question that must be answered and is not; -1 when none is left. */
export function firstOpenQuestion(
  form: Pick<FormRequest, "answers">,
  questions: readonly FormQuestion[],
): number {
  return questions.findIndex(
    (question) => question.item.required && answerTo(form, question) === undefined,
  );
}

/** True where an answer can raise a safety alert: such a form opens only while somebody can be reached. */
export function hasSafetyItem(questions: readonly FormQuestion[]): boolean {
  return questions.some((question) => question.item.safety);
}
