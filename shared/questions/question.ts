import type { DecisionContext } from "../care/change/context.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import type { EpisodeItem } from "../care/episode/episode-item.ts";
import type { FormRequest } from "../care/episode/form-request.ts";
import type { Instrument, InstrumentItem, InstrumentOption } from "../care/program/instrument.ts";
import type { CheckInQuestion } from "../care/program/program.ts";
import { ownValue } from "../care/text/own-value.ts";

type Texts = Readonly<Record<string, string>>;
type Rules = Pick<DecisionContext, "program" | "instruments">;

/** One question as it is asked, whatever asks it: a form, a measure, a check-in. */
export type Question = {
  /** Unique in the set; the key of its answer. */
  readonly id: string;
  /** By language. */
  readonly text: Texts;
  /** What is read before it: the question of a check-in that asks the whole instrument. */
  readonly lead?: Texts;
  readonly stem?: Texts;
  /** The instrument it is an item of. */
  readonly instrument?: Instrument;
  /** An answer can raise a safety alert. */
  readonly isSafety: boolean;
  readonly isRequired: boolean;
  /** Asked, and to be answered then, only where one of these questions was answered so high. */
  readonly onlyIf?: NonNullable<InstrumentItem["requiredIf"]>;
  readonly answer:
    | { readonly type: "yes-no" }
    | { readonly type: "choice"; readonly options: readonly InstrumentOption[] }
    /** A whole number; both ends count. */
    | { readonly type: "number"; readonly minimum: number; readonly maximum: number };
};

/** Answers by question: a number, or yes and no. */
export type Answers = Readonly<Record<string, number | boolean>>;

/** The items of instruments, in the order in which they are asked; unknown instruments ask nothing. */
export function instrumentQuestions(
  instrumentIds: readonly string[],
  instruments: Readonly<Record<string, Instrument>>,
  lead?: Texts,
): readonly Question[] {
  return instrumentIds.flatMap((instrumentId) => {
    const instrument = ownValue(instruments, instrumentId);
    return (instrument?.items ?? []).map(
      (item): Question => ({
        id: item.itemId,
        text: item.text,
        ...(lead === undefined ? {} : { lead }),
        // A question with answers of its own stands alone.
        ...(item.options !== undefined || instrument === undefined
          ? {}
          : { stem: instrument.stem }),
        ...(instrument === undefined ? {} : { instrument }),
        isSafety: item.safety,
        isRequired: item.required,
        ...(item.requiredIf === undefined ? {} : { onlyIf: item.requiredIf }),
        answer: { type: "choice", options: item.options ?? instrument?.options ?? [] },
      }),
    );
  });
}

/**
 * The questions as they may be put to a reader: in their language alone. What need not be answered and is not said in
 * it is left out.
 *
 * @returns `undefined` where one that must be answered is not: nobody reads it in another language on the way
 */
export function questionsIn(
  language: string,
  questions: readonly Question[],
): readonly Question[] | undefined {
  const isSaid = (texts: Texts | undefined) =>
    texts === undefined || ownValue(texts, language) !== undefined;
  const said = questions.filter(
    ({ text, lead, stem, answer }) =>
      [text, lead, stem].every(isSaid) &&
      (answer.type !== "choice" || answer.options.every((option) => isSaid(option.text))),
  );
  return questions.some((question) => question.isRequired && !said.includes(question))
    ? undefined
    : said;
}

/** Which contact of the aftercare asks; where no day is said, the program's row of the number says it. */
export type AskedAt = Pick<CheckIn, "number"> & Partial<Pick<CheckIn, "row" | "day">>;

/** Everything that this check-in of the program asks, item by item: some questions have their days. */
export function checkInQuestions(ctx: Rules, at: AskedAt): readonly Question[] {
  const { checkIns, questions } = ctx.program.aftercare;
  const plan = checkIns.find(({ number }) => number === (at.row ?? at.number));
  const day = at.day ?? plan?.day ?? 0;
  return questions.flatMap((question) => {
    const { fromDay = 0, untilDay = Number.POSITIVE_INFINITY } = question;
    return fromDay <= day && day <= untilDay ? askedBy(ctx, question) : [];
  });
}

function askedBy(ctx: Rules, { id, text, answer }: CheckInQuestion): readonly Question[] {
  const one = { id, text, isSafety: false, isRequired: true } as const;
  switch (answer.type) {
    case "yes-no":
      return [{ ...one, answer }];
    case "scale":
      return [{ ...one, answer: { ...answer, type: "number" } }];
    case "days":
      return [{ ...one, answer: { type: "number", minimum: 0, maximum: answer.maximum } }];
    case "instrument":
      return instrumentQuestions([answer.instrumentId], ctx.instruments, text);
  }
}

/** All that an item of an episode asks, in order; nothing for an item that asks nothing. */
export function questionsOf(
  item: FormRequest | CheckIn | EpisodeItem | undefined,
  ctx: Rules,
): readonly Question[] {
  if (item?.kind === "form") return instrumentQuestions(item.instruments, ctx.instruments);
  return item?.kind === "check-in" ? checkInQuestions(ctx, item) : [];
}

/** The answers on an item so far, by question. */
export function answersOn(item: FormRequest | CheckIn): Answers {
  return item.kind === "form" ? Object.assign({}, ...Object.values(item.answers)) : item.answers;
}

/** The answers that are numbers: those that instruments are scored by. */
export function numbersOf(answers: Answers): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(answers).filter((entry): entry is [string, number] => {
      return typeof entry[1] === "number";
    }),
  );
}

/** True for a value that this question offers. */
export function isAnswer({ answer }: Question, value: number | boolean): boolean {
  switch (answer.type) {
    case "yes-no":
      return typeof value === "boolean";
    case "choice":
      return answer.options.some((option) => option.value === value);
    case "number":
      return (
        typeof value === "number" &&
        Number.isInteger(value) &&
        answer.minimum <= value &&
        value <= answer.maximum
      );
  }
}

/** Index of the first question that must be answered and is not; -1 when none is left. */
export function firstOpenQuestion(
  questions: readonly Question[],
  answers: Readonly<Record<string, unknown>>,
): number {
  return questions.findIndex(
    (question) => mustBeAnswered(question, answers) && ownValue(answers, question.id) === undefined,
  );
}

function mustBeAnswered(question: Question, answers: Readonly<Record<string, unknown>>): boolean {
  return question.isRequired || (question.onlyIf !== undefined && isReached(question, answers));
}

/** False for a question that follows up on others which were answered so that there is nothing to follow up. */
function isReached({ onlyIf }: Question, answers: Readonly<Record<string, unknown>>): boolean {
  if (onlyIf === undefined) return true;
  return onlyIf.anyOf.some((id) => {
    const value = ownValue(answers, id);
    return typeof value === "number" && value >= onlyIf.atLeast;
  });
}

/**
 * Index of the question that comes after this many: the next without an answer, then the first that was
 * passed over and must be answered; -1 when none is left.
 */
export function questionAfter(
  questions: readonly Question[],
  answers: Readonly<Record<string, unknown>>,
  count: number,
): number {
  const next = questions.findIndex(
    (question, index) =>
      index >= count &&
      ownValue(answers, question.id) === undefined &&
      isReached(question, answers),
  );
  return next >= 0 ? next : firstOpenQuestion(questions, answers);
}

/**
 * What is wrong with a set of answers, as a sentence and the id it is about; `undefined` when nothing is.
 * @param mayLeaveOut - on the phone not everything gets asked; on the pages everything required does
 */
export function problemWithAnswers(
  questions: readonly Question[],
  answers: Answers,
  mayLeaveOut: boolean,
): { readonly sentence: string; readonly question: string } | undefined {
  for (const [id, value] of Object.entries(answers)) {
    const question = questions.find((known) => known.id === id);
    if (question === undefined)
      return { sentence: "An answer belongs to a question that was not asked.", question: id };
    if (!isAnswer(question, value))
      return { sentence: "An answer is none of those offered.", question: id };
  }
  const missing = questions[firstOpenQuestion(questions, answers)];
  if (missing === undefined) return undefined;
  if (!mayLeaveOut) return { sentence: "Answer every question, please.", question: missing.id };
  return Object.keys(answers).length > 0
    ? undefined
    : { sentence: "Enter at least one answer.", question: missing.id };
}
