import * as z from "zod";
import type { InstrumentAnswers } from "../care/people/intake-request.ts";
import type { Instrument, InstrumentItem } from "../care/program/instrument.ts";
import { normaliseText } from "../care/text/normalise-text.ts";
import { ownValue } from "../care/text/own-value.ts";
import { isSomething, readValue, totalsSaid } from "./read-answer.ts";
import {
  answerLabel,
  fieldsOf,
  listOf,
  type ResponseItem,
  readItems,
  textOf,
} from "./response-items.ts";
import { freeWords } from "./response-words.ts";
import { scoreInstrument } from "./score-instrument.ts";

export type ReadResponses = {
  /** Whole sets that can be scored, one for each instrument. */
  readonly answers: readonly InstrumentAnswers[];
  /** Answers to safety questions from forms that cannot be scored: they raise their alerts all the same. */
  readonly unscored: readonly InstrumentAnswers[];
  /** What a person has to look at; nothing here refuses a referral. */
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
  /** The forms that have a problem, question by question, for whoever reads them. */
  readonly kept: string;
  /** Everything in somebody's own words, for the crisis screen. */
  readonly words: readonly string[];
};

/** A form older than this is said to be: its questions ask about the last weeks. */
const oldAfterDays = 30;
const keptCharacters = 20_000;
const finished = ["completed", "amended"];

/**
 * Reads answers out of FHIR responses as they come from other systems: by LOINC codes wherever they stand, by
 * our own ids, by the words of the question. Nothing is refused: what cannot be scored is kept for a person.
 * @param today - `YYYY-MM-DD`, to say which forms are old or of the future
 * @param asked - the instruments that the intake asks for by itself, where those are not all
 */
export function readResponses(
  instruments: Readonly<Record<string, Instrument>>,
  responses: readonly unknown[],
  today?: string,
  asked: readonly string[] = Object.keys(instruments),
): ReadResponses {
  const answers: InstrumentAnswers[] = [];
  const unscored: InstrumentAnswers[] = [];
  const problems: { path: string; problem: string }[] = [];
  const kept: string[] = [];
  const words: string[] = [];
  for (const [index, response] of responses.flatMap(formsOf).entries()) {
    const path = `responses.${index}`;
    const items = readItems(response);
    const read = readForm(Object.values(instruments), response, items, asked);
    const date = readDate(response, today);
    const found = [...read.problems, ...date.problems];
    for (const set of read.sets) {
      const isTwice = answers.some((known) => known.instrumentId === set.instrumentId);
      if (isTwice) found.push(`answers ${titleOf(instruments, set.instrumentId)} a second time`);
      if (set.isWhole && date.isKnown && !isTwice)
        answers.push({ ...plain(set), ...(date.on === undefined ? {} : { answeredOn: date.on }) });
      else unscored.push(plain(set));
    }
    problems.push(...found.map((problem) => ({ path, problem })));
    if (found.length > 0) kept.push(inWords(index, found, response, items));
    words.push(...freeWords(response), ...read.dangerAsked);
  }
  const text = kept.join("\n\n").slice(0, keptCharacters).toWellFormed();
  return { answers, unscored, problems, kept: text, words };
}

type ReadSet = InstrumentAnswers & { readonly isWhole: boolean };

function plain({ instrumentId, answers }: ReadSet): InstrumentAnswers {
  return { instrumentId, answers };
}

function titleOf(instruments: Readonly<Record<string, Instrument>>, id: string): string {
  return ownValue(instruments, id)?.title ?? id;
}

/** A bundle holds several forms. */
function formsOf(response: unknown): readonly unknown[] {
  const { resourceType, entry } = fieldsOf(response);
  if (resourceType !== "Bundle") return [response];
  return listOf(entry).map((one) => fieldsOf(one).resource);
}

type ReadForm = {
  readonly sets: readonly ReadSet[];
  readonly problems: readonly string[];
  /** Questions that are not ours and were not answered with no: the crisis screen reads what they ask. */
  readonly dangerAsked: readonly string[];
};

function readForm(
  instruments: readonly Instrument[],
  response: unknown,
  items: readonly ResponseItem[],
  askedByUs: readonly string[],
): ReadForm {
  const sets: ReadSet[] = [];
  const problems: string[] = [];
  const questionnaire = textOf(fieldsOf(response).questionnaire) ?? "";
  const status = textOf(fieldsOf(response).status) ?? "completed";
  const isFinished = finished.includes(status);
  if (!isFinished) problems.push(`is not finished (${statusLabels(status)}): it is asked again`);
  let left = items.filter((item) => item.answers.length > 0);
  const isAbout = (item: ResponseItem, instrument: Instrument, question: InstrumentItem) =>
    isQuestion(item, instrument, question, questionnaire);
  for (;;) {
    const instrument = findInstrument(instruments, left, isAbout);
    if (instrument === undefined) break;
    const own = left.filter((item) =>
      instrument.items.some((one) => isAbout(item, instrument, one)),
    );
    const totals = left.filter((item) => isTotal(instrument, item));
    left = left.filter((item) => !own.includes(item) && !totals.includes(item));
    const read = readSet(instrument, own, totals, isAbout, askedByUs);
    problems.push(...read.problems);
    sets.push({ ...read.set, isWhole: read.set.isWhole && isFinished });
  }
  // One answer of a form that is not there else: a safety question alone still counts.
  for (const instrument of instruments) {
    for (const question of instrument.items.filter((one) => one.safety)) {
      const own = left.filter((item) => isAbout(item, instrument, question));
      if (own.length === 0) continue;
      left = left.filter((item) => !own.includes(item));
      const { value } = readValue(instrument, question, own);
      const answers = value === undefined ? {} : { [question.itemId]: value };
      sets.push({ instrumentId: instrument.instrumentId, answers, isWhole: false });
      problems.push(`answers little of ${instrument.title}: it is asked again`);
    }
  }
  if (sets.length === 0) problems.push("answers none of the questionnaires that are used here");
  else if (left.length > 0) problems.push("holds answers to other questions");
  const asked = left.filter((item) => item.answers.some(isSomething)).map((item) => item.text);
  return { sets, problems, dangerAsked: asked };
}

/** The sender's status, where it is a plain word. */
function statusLabels(status: string): string {
  return /^[a-z-]{1,20}$/.test(status) ? status : "status not known";
}

/** The instrument with the most of its questions answered; one that is not half answered is none. */
function findInstrument(
  instruments: readonly Instrument[],
  items: readonly ResponseItem[],
  isAbout: (item: ResponseItem, instrument: Instrument, question: InstrumentItem) => boolean,
): Instrument | undefined {
  let best:
    | { readonly instrument: Instrument; readonly share: number; readonly hits: number }
    | undefined;
  for (const instrument of instruments) {
    const scored = instrument.items.filter((question) => question.scored);
    const hits = scored.filter((one) =>
      items.some((item) => isAbout(item, instrument, one)),
    ).length;
    const share = scored.length === 0 ? 0 : hits / scored.length;
    if (share < 0.5) continue;
    // PHQ-2 is part of PHQ-9: the longer one fits a response that answers it all.
    const isBetter =
      best === undefined || hits > best.hits || (hits === best.hits && share > best.share);
    if (isBetter) best = { instrument, share, hits };
  }
  return best?.instrument;
}

function readSet(
  instrument: Instrument,
  items: readonly ResponseItem[],
  totals: readonly ResponseItem[],
  isAbout: (item: ResponseItem, instrument: Instrument, question: InstrumentItem) => boolean,
  askedByUs: readonly string[],
): { readonly set: ReadSet; readonly problems: readonly string[] } {
  const values: Record<string, number> = {};
  const problems: string[] = [];
  for (const question of instrument.items) {
    const asked = items.filter((item) => isAbout(item, instrument, question));
    const { value, problem } = readValue(instrument, question, asked);
    if (problem !== undefined) problems.push(problem);
    else if (value === undefined && question.required)
      problems.push(`does not answer question ${question.itemId}`);
    if (value !== undefined) values[question.itemId] = value;
  }
  const score = scoreInstrument(instrument, values);
  if (!score.complete)
    problems.push(
      askedByUs.includes(instrument.instrumentId)
        ? `cannot be scored as ${instrument.title}: it is asked again`
        : `cannot be scored as ${instrument.title}, which the intake does not ask for`,
    );
  const sent = totals.flatMap((item) => item.answers.flatMap(totalsSaid));
  for (const total of new Set(sent)) {
    if (score.complete && total !== score.total)
      problems.push(
        `came with a total of ${total} for ${instrument.title}, and its answers make ${score.total}`,
      );
  }
  const { instrumentId } = instrument;
  return { set: { instrumentId, answers: values, isWhole: score.complete }, problems };
}

function isTotal({ totalLoinc }: Instrument, item: ResponseItem): boolean {
  return totalLoinc !== undefined && item.codes.includes(totalLoinc);
}

/**
 * `/44250-9`, `44250-9` and `phq-9/44250-9` all name the question 44250-9; so do its code and definition, our
 * own id however it is written, its number on a form that says what it is, and its very words.
 */
function isQuestion(
  item: ResponseItem,
  instrument: Instrument,
  question: InstrumentItem,
  questionnaire: string,
): boolean {
  if (question.loinc !== undefined && item.codes.includes(question.loinc)) return true;
  const last = item.linkId.split(/[/#|]/).at(-1) ?? "";
  if (last === question.itemId || folded(item.linkId) === folded(question.itemId)) return true;
  if (item.codes.some((code) => /^\d{3,5}-\d$/.test(code))) return false;
  const number = /^(?:.*[^0-9])?(\d{1,2})$/.exec(last)?.[1];
  const place = instrument.items.indexOf(question) + 1;
  const isOwnForm = [questionnaire, item.linkId].some((name) =>
    folded(name).includes(folded(instrument.instrumentId)),
  );
  const isForm = folded(last) === folded(instrument.instrumentId);
  if (isOwnForm && number !== undefined && !isForm) return Number(number) === place;
  const asked = normaliseText(item.text);
  return asked !== "" && Object.values(question.text).some((text) => normaliseText(text) === asked);
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/item|question|[^a-z0-9]/g, "");
}

type FormDate = {
  /** `YYYY-MM-DD`, where the form says the day. */
  readonly on?: string;
  /** Whether its answers can stand on file with their day: they are asked again otherwise. */
  readonly isKnown: boolean;
  readonly problems: readonly string[];
};

/**
 * When a form was filled in. Its score stands with that day, and an old one is said to be old. Answers of the
 * future, of a day that cannot be read, or of a year long ago are kept and not scored. FHIR dates may be a
 * year, a month, a day or an instant.
 */
function readDate(response: unknown, today: string | undefined): FormDate {
  const { authored, effectiveDateTime, issued } = fieldsOf(response);
  const said = [authored, effectiveDateTime, issued].find((one) => one !== undefined);
  if (said === undefined || today === undefined) return { isKnown: true, problems: [] };
  const again = "it is asked again";
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?![\d-])/.exec(textOf(said) ?? "");
  const [written = "", year = "", month, day] = parts ?? [];
  const first = Date.parse(`${year}-${month ?? "01"}-${day ?? "01"}`);
  // The 30th of February is no day, though it can be counted.
  const isNoDay = day !== undefined && !z.iso.date().safeParse(written).success;
  if (parts === null || isNoDay || Number.isNaN(first))
    return { isKnown: false, problems: [`has a date that cannot be read: ${again}`] };
  const dayMs = 86_400_000;
  if (first - Date.parse(today) > dayMs)
    return {
      isKnown: false,
      problems: [`says that it was filled in on ${written}, which is in the future: ${again}`],
    };
  const on = day === undefined ? {} : { on: written };
  if ((Date.parse(today) - first) / dayMs <= oldAfterDays)
    return { isKnown: true, ...on, problems: [] };
  const old = `was filled in on ${written}: it tells how things were then`;
  // A score stands with its own day; a year or a month is none.
  return day === undefined
    ? { isKnown: false, problems: [`${old}, and ${again}`] }
    : { isKnown: true, ...on, problems: [old] };
}

function inWords(
  index: number,
  problems: readonly string[],
  response: unknown,
  items: readonly ResponseItem[],
): string {
  const { questionnaire, authored } = fieldsOf(response);
  const lines = items
    .filter((item) => item.answers.length > 0)
    .map((item) => `${item.text || item.linkId}: ${item.answers.map(answerLabel).join(" / ")}`);
  return [
    `Form ${index + 1}${textOf(questionnaire) === undefined ? "" : ` (${textOf(questionnaire)})`}${
      textOf(authored) === undefined ? "" : `, filled in ${textOf(authored)}`
    }`,
    ...problems.map((problem) => `It ${problem}.`),
    ...(lines.length > 0 ? lines : freeWords(response)),
  ].join("\n");
}
