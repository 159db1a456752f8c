import type { Instrument, InstrumentItem, InstrumentOption } from "../care/program/instrument.ts";
import { normaliseText } from "../care/text/normalise-text.ts";
import type { ResponseAnswer, ResponseItem } from "./response-items.ts";

export type ReadValue = {
  /** The highest reading; `undefined` where nothing can be read. */
  readonly value?: number;
  /** What does not fit, in words; several readings that agree are none. */
  readonly problem?: string;
};

/**
 * Reads what was answered to one question: by the code, the worth (ordinal value), the number and the words
 * of every answer. Where they contradict each other the highest counts, and the contradiction is said. An
 * answer to a safety question that is none of its options, but is not nothing either, counts as the highest.
 */
export function readValue(
  instrument: Pick<Instrument, "options">,
  question: InstrumentItem,
  items: readonly ResponseItem[],
): ReadValue {
  const options = question.options ?? instrument.options;
  const answers = items.flatMap((item) => item.answers);
  if (answers.length === 0) return {};
  const highest = Math.max(...options.map((option) => option.value));
  const readings: number[] = [];
  let isOdd = false;
  for (const answer of answers) {
    const read = readingsOf(options, answer);
    readings.push(...read.values);
    if (!read.isOdd) continue;
    isOdd = true;
    if (question.safety && (isSomething(answer) || isBound(answer))) readings.push(highest);
  }
  const distinct = [...new Set(readings)].sort((left, right) => left - right);
  const value = distinct.at(-1);
  const problem =
    distinct.length > 1
      ? `answers question ${question.itemId} in ways that contradict each other (${distinct.join(", ")}): the highest counts`
      : isOdd
        ? `answers question ${question.itemId} with none of its options`
        : undefined;
  return {
    ...(value === undefined ? {} : { value }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function readingsOf(
  options: readonly InstrumentOption[],
  answer: ResponseAnswer,
): { readonly values: readonly number[]; readonly isOdd: boolean } {
  const values: number[] = [];
  let isOdd = false;
  const take = (option: InstrumentOption | undefined) => {
    if (option === undefined) isOdd = true;
    else values.push(option.value);
  };
  for (const code of answer.codes)
    take(
      options.find((one) => one.code === code || (one.acceptedCodes ?? []).includes(code)) ??
        optionSaid(options, code)[0],
    );
  for (const number of answer.numbers) take(options.find((one) => one.value === number));
  // A display is the sender's own: one that is no option's text says nothing where a code or number does.
  for (const text of answer.words) {
    const said = optionSaid(options, text);
    values.push(...said.map(({ value }) => value));
    if (said.length === 0 && answer.codes.length === 0 && answer.numbers.length === 0) isOdd = true;
  }
  if (answer.yes !== undefined || isBound(answer)) isOdd = true;
  return { values, isOdd };
}

/** FHIR's comparator: "at least 1" is none of the options, and may be any above. */
function isBound({ words }: ResponseAnswer): boolean {
  return words.some((text) => ["<", "<=", ">=", ">"].includes(text));
}

/** The options that a text names by their number, their words or both: "3", "3.0", "3 - Nearly every day". */
function optionSaid(
  options: readonly InstrumentOption[],
  text: string,
): readonly InstrumentOption[] {
  const number = /^\s*[+-]?\d+(?:\.0+)?(?![\p{L}\d.])|(?<=[(:=+ ])\d+(?:\.0+)?(?=\)?\s*$)/u.exec(
    text,
  )?.[0];
  const words = normaliseText(number === undefined ? text : text.replace(number, " "));
  const byNumber = options.find((one) => number !== undefined && one.value === Number(number));
  const byWords = options.find((one) =>
    Object.values(one.text).some((label) => normaliseText(label) === words),
  );
  // A number among other words is one of anything.
  if (byWords === undefined && words !== "") return [];
  return [byNumber, byWords].filter((one) => one !== undefined);
}

/** Whether a text is one of the options of a form, with or without its number. */
export function isOption(options: readonly InstrumentOption[], text: string): boolean {
  return optionSaid(options, text).length > 0;
}

/** Codes of a plain no: LOINC, SNOMED CT and HL7's own. */
const noCodes = new Set(["LA32-8", "LA137-2", "LA6568-5", "373067005", "N", "no", "NEG", "false"]);
const nothing = new Set(
  "no none not at all never denies denied na n a nunca nada ninguno ninguna para nada false 0"
    .split(" ")
    .concat(["not at all", "para nada", "n a", "ningun dia", "unknown", "declined"]),
);

/** True unless an answer says no, none or zero: what may mean danger where the question asks about it. */
export function isSomething({ yes, numbers, words, codes }: ResponseAnswer): boolean {
  if (yes !== undefined) return yes;
  if (numbers.length > 0) return numbers.some((number) => number > 0);
  if (words.length > 0) return words.some((text) => !nothing.has(normaliseText(text)));
  return codes.some((code) => !noCodes.has(code));
}

/** The totals that an answer states, as a number or in words ("14", "14 of 27", "PHQ-9: 14 points"): the first number that is no part of a name. */
export function totalsSaid({ numbers, words }: ResponseAnswer): readonly number[] {
  const written = words.flatMap((text) => {
    const said = /(?<![\p{L}\p{N}.-])\d{1,3}(?:\.\d+)?(?![\p{N}-])/u.exec(text)?.[0];
    return said === undefined ? [] : [Number(said)];
  });
  return [...numbers, ...written];
}
