import type { DecisionContext } from "../care/change/context.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import type { Instrument } from "../care/program/instrument.ts";
import type { CheckInQuestion, Program } from "../care/program/program.ts";
import { ownValue } from "../care/text/own-value.ts";
import { reachedRules } from "./raise-for-answers.ts";
import { scoreInstrument } from "./score-instrument.ts";

/**
 * Answers to a check-in: a number or yes and no by question id, and for the questions of an instrument a
 * number by item id.
 */
export type CheckInAnswers = Readonly<Record<string, number | boolean>>;

export type CheckInScore = {
  readonly instrumentId: string;
  readonly total: number;
  readonly band: string;
  readonly positive: boolean;
};

export type WeighedAnswers = {
  /** The highest action that an answer asks for. There is no sum of risks. */
  readonly action: NonNullable<CheckIn["action"]>;
  /** Why, in words for staff: those of the highest action first. */
  readonly reasons: readonly string[];
  readonly scores: readonly CheckInScore[];
  /** True when an answer reaches a safety rule of the program: the crisis page comes next. */
  readonly isSafetyPositive: boolean;
};

type Rules = Pick<DecisionContext, "program" | "instruments">;
type CallRule = CheckInQuestion["actions"][number];

/** Weighs a check-in's answers by the program's rules; the highest action wins. */
export function weighAnswers(ctx: Rules, answers: CheckInAnswers): WeighedAnswers {
  const rules = ctx.program.aftercare.questions.flatMap(
    (question) => reachedAction(ctx, question, answers) ?? [],
  );
  const reasonsOf = (action: CallRule["action"]) =>
    rules.filter((rule) => rule.action === action).map((rule) => rule.reason);
  const sameDay = reasonsOf("same-day-call");
  const soon = reasonsOf("call-within-48-hours");
  const isSafetyPositive = askedInstruments(ctx).some(
    ({ instrumentId }) => reachedRules(ctx, instrumentId, numbersOf(answers)).length > 0,
  );
  return {
    action:
      sameDay.length > 0 || isSafetyPositive
        ? "same-day-call"
        : soon.length > 0
          ? "call-within-48-hours"
          : "none",
    reasons: [...sameDay, ...soon],
    scores: askedInstruments(ctx).flatMap((instrument) => scoreOf(instrument, answers) ?? []),
    isSafetyPositive,
  };
}

/** The strongest rule of one question that its answer reaches. */
export function reachedAction(
  ctx: Rules,
  question: CheckInQuestion,
  answers: CheckInAnswers,
): CallRule | undefined {
  const value = weighedValue(ctx, question, answers);
  if (value === undefined) return undefined;
  const reached = question.actions.filter(({ when }) => {
    if (typeof value === "boolean") return when.equals === value;
    const isAtLeast = when.atLeast !== undefined && value >= when.atLeast;
    return isAtLeast || (when.atMost !== undefined && value <= when.atMost);
  });
  return reached.find((rule) => rule.action === "same-day-call") ?? reached[0];
}

/** The answer as the rules see it: an instrument counts by its total, once all of it is answered. */
function weighedValue(
  ctx: Rules,
  question: CheckInQuestion,
  answers: CheckInAnswers,
): number | boolean | undefined {
  if (question.answer.type !== "instrument") return ownValue(answers, question.id);
  const instrument = ownValue(ctx.instruments, question.answer.instrumentId);
  return instrument === undefined ? undefined : scoreOf(instrument, answers)?.total;
}

function scoreOf(instrument: Instrument, answers: CheckInAnswers): CheckInScore | undefined {
  const score = scoreInstrument(instrument, numbersOf(answers));
  if (!score.complete) return undefined;
  const { total, band, positive } = score;
  return { instrumentId: instrument.instrumentId, total, band, positive };
}

/** The instruments that the check-in's questions ask, in their order. */
export function askedInstruments(ctx: Rules): readonly Instrument[] {
  return ctx.program.aftercare.questions.flatMap(({ answer }) =>
    answer.type === "instrument" ? (ownValue(ctx.instruments, answer.instrumentId) ?? []) : [],
  );
}

export function numbersOf(answers: CheckInAnswers): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(answers).filter((entry): entry is [string, number] => {
      return typeof entry[1] === "number";
    }),
  );
}

/** One thing to answer, with what counts as an answer. */
type Asked = { readonly id: string; readonly isAnswer: (value: number | boolean) => boolean };

/** Everything a check-in of the program asks, item by item. */
function askedBy(ctx: Rules): readonly Asked[] {
  return ctx.program.aftercare.questions.flatMap((question) => askedByQuestion(ctx, question));
}

function askedByQuestion(
  ctx: Rules,
  { id, answer }: Program["aftercare"]["questions"][number],
): readonly Asked[] {
  switch (answer.type) {
    case "yes-no":
      return [{ id, isAnswer: (value) => typeof value === "boolean" }];
    case "scale":
      return [{ id, isAnswer: isWhole(answer.minimum, answer.maximum) }];
    case "days":
      return [{ id, isAnswer: isWhole(0, answer.maximum) }];
    case "instrument": {
      const instrument = ownValue(ctx.instruments, answer.instrumentId);
      return (instrument?.items ?? []).map((item) => {
        const values = (item.options ?? instrument?.options ?? []).map((option) => option.value);
        return {
          id: item.itemId,
          isAnswer: (value) => typeof value === "number" && values.includes(value),
        };
      });
    }
  }
}

function isWhole(minimum: number, maximum: number) {
  return (value: number | boolean) =>
    typeof value === "number" && Number.isInteger(value) && minimum <= value && value <= maximum;
}

/**
 * What is wrong with a set of answers, as a sentence and the id it is about; `undefined` when nothing is.
 * @param mayLeaveOut - on the phone not everything gets asked; on the pages everything does
 */
export function problemWithAnswers(
  ctx: Rules,
  answers: CheckInAnswers,
  mayLeaveOut: boolean,
): { readonly sentence: string; readonly question: string } | undefined {
  const asked = askedBy(ctx);
  for (const [id, value] of Object.entries(answers)) {
    const one = asked.find((known) => known.id === id);
    if (one === undefined) {
      return { sentence: "An answer belongs to a question that was not asked.", question: id };
    }
    if (!one.isAnswer(value))
      return { sentence: "An answer is none of those offered.", question: id };
  }
  const missing = asked.find(({ id }) => ownValue(answers, id) === undefined);
  if (missing === undefined) return undefined;
  if (!mayLeaveOut) return { sentence: "Answer every question, please.", question: missing.id };
  return Object.keys(answers).length > 0
    ? undefined
    : { sentence: "Enter at least one answer.", question: missing.id };
}
