import type { Refusal } from "../care/change/change.ts";
import type { Instrument } from "../care/program/instrument.ts";
import type { ScreenQuestion, StaffScreen } from "../care/program/staff-screen.ts";
import { ownValue } from "../care/text/own-value.ts";
import { scoreInstrument } from "./score-instrument.ts";

export type ScreenAnswers = {
  /** By question, or by item where a question asks an instrument. */
  readonly answers: Readonly<Record<string, number>>;
  /** Questions that the person would not answer. */
  readonly refused: readonly string[];
};

export type ReadScreen = {
  /** The answers to questions with options of their own. */
  readonly values: ReadonlyMap<string, number>;
  readonly instruments: readonly {
    readonly questionId: string;
    readonly instrumentId: string;
    readonly answers: Readonly<Record<string, number>>;
    /** Some of its items were answered before the person would not go on. */
    readonly isPartial: boolean;
  }[];
  /** Questions that the person would not answer. */
  readonly unanswered: readonly ScreenQuestion[];
};

/** Reads the answers to a staff screen: each question has one that it offers, or was refused; nothing else is there. */
export function readScreenAnswers(
  { questions }: StaffScreen,
  { answers, refused }: ScreenAnswers,
  instruments: Readonly<Record<string, Instrument>>,
): ReadScreen | Refusal {
  const left = new Set(Object.keys(answers));
  const values = new Map<string, number>();
  const asked: ReadScreen["instruments"][number][] = [];
  const missing: string[] = [];
  for (const question of questions) {
    const isRefused = refused.includes(question.id);
    const instrument = ownValue(instruments, question.instrumentId ?? "");
    if (instrument !== undefined) {
      const own = instrument.items.flatMap(({ itemId }): [string, number][] => {
        const value = ownValue(answers, itemId);
        return value === undefined ? [] : [[itemId, value]];
      });
      for (const [itemId] of own) left.delete(itemId);
      const given = Object.fromEntries(own);
      const score = scoreInstrument(instrument, given);
      if (!score.complete && !isRefused) missing.push(...score.missing);
      const { instrumentId } = instrument;
      asked.push({
        questionId: question.id,
        instrumentId,
        answers: given,
        isPartial: !score.complete,
      });
      continue;
    }
    if (isRefused) continue;
    const value = ownValue(answers, question.id);
    left.delete(question.id);
    if (value === undefined) missing.push(question.id);
    else if (question.options?.some((option) => option.value === value) === true)
      values.set(question.id, value);
    else return invalid("An answer is none of those offered.", question.id);
  }
  const unknown = [...left, ...refused.filter((id) => questions.every((one) => one.id !== id))];
  if (unknown.length > 0)
    return invalid(
      "An answer belongs to a question that is not asked here, or that was refused.",
      unknown.join(" "),
    );
  if (missing.length > 0)
    return {
      refused: "invalid",
      sentence: "Answer every question, or say that the person would not answer it.",
      details: { missing: missing.join(" ") },
    };
  return {
    values,
    instruments: asked,
    unanswered: questions.filter(({ id }) => refused.includes(id)),
  };
}

function invalid(sentence: string, questions: string): Refusal {
  return { refused: "invalid", sentence, details: { questions } };
}
