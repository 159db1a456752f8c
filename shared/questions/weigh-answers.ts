import type { DecisionContext } from "../care/change/context.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import type { Instrument } from "../care/program/instrument.ts";
import { answerActions, type CheckInQuestion } from "../care/program/program.ts";
import { ownValue } from "../care/text/own-value.ts";
import { type Answers, numbersOf } from "./question.ts";
import { reachedRules } from "./raise-for-answers.ts";
import { scoreInstrument } from "./score-instrument.ts";

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
  /** What the person wants or lacks, in words for staff: a first meeting, a group, help with work. */
  readonly nextSteps: readonly string[];
  readonly scores: readonly CheckInScore[];
  /** True when an answer reaches a safety rule of the program: the crisis page comes next. */
  readonly isSafetyPositive: boolean;
};

type Rules = Pick<DecisionContext, "program" | "instruments">;
type CallRule = CheckInQuestion["actions"][number];

/** Weighs a check-in's answers by the program's rules; the highest action wins. */
export function weighAnswers(ctx: Rules, answers: Answers): WeighedAnswers {
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
    nextSteps: reasonsOf("help-with-next-step"),
    scores: askedInstruments(ctx).flatMap((instrument) => scoreOf(instrument, answers) ?? []),
    isSafetyPositive,
  };
}

/** The strongest rule of one question that its answer reaches. */
export function reachedAction(
  ctx: Rules,
  question: CheckInQuestion,
  answers: Answers,
): CallRule | undefined {
  const value = weighedValue(ctx, question, answers);
  if (value === undefined) return undefined;
  const reached = question.actions.filter(({ when }) => {
    if (typeof value === "boolean") return when.equals === value;
    const isAtLeast = when.atLeast !== undefined && value >= when.atLeast;
    return isAtLeast || (when.atMost !== undefined && value <= when.atMost);
  });
  const strongest = answerActions.find((action) => reached.some((rule) => rule.action === action));
  return reached.find((rule) => rule.action === strongest);
}

/** The answer as the rules see it: an instrument counts by its total, once all of it is answered. */
function weighedValue(
  ctx: Rules,
  question: CheckInQuestion,
  answers: Answers,
): number | boolean | undefined {
  if (question.answer.type !== "instrument") return ownValue(answers, question.id);
  const instrument = ownValue(ctx.instruments, question.answer.instrumentId);
  return instrument === undefined ? undefined : scoreOf(instrument, answers)?.total;
}

function scoreOf(instrument: Instrument, answers: Answers): CheckInScore | undefined {
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
