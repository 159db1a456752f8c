import type { InstrumentAnswers } from "../care/people/intake-request.ts";
import type { Instrument, InstrumentItem } from "../care/program/instrument.ts";
import { holdsPhrase, normaliseText } from "../care/text/normalise-text.ts";
import { ownValue } from "../care/text/own-value.ts";
import { isOption, isSomething, readValue, totalsSaid } from "./read-answer.ts";
import { readDate } from "./response-date.ts";
import { formsOf } from "./response-forms.ts";
import { answerLabel, fieldsOf, type ResponseItem, readItems, textOf } from "./response-items.ts";
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

const keptCharacters = 20_000;
/** A question of so few words may lean on the one above it. */
const fewWords = 5;
/** Of responses, and of observations. */
const finished = ["completed", "amended", "final", "corrected"];

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
  // What a form offers to choose is nobody's own words.
  const choices = Object.values(instruments).map(({ options }) => options);
  for (const [index, response] of responses.flatMap(formsOf).entries()) {
    const path = `responses.${index}`;
    const items = readItems(response);
    const read = readForm(Object.values(instruments), response, items, asked);
    const date = readDate(response, today);
    const found = [...read.problems, ...date.problems];
    for (const set of read.sets) {
      const place = answers.findIndex((known) => known.instrumentId === set.instrumentId);
      const known = answers[place];
      if (known !== undefined)
        found.push(`answers ${titleOf(instruments, set.instrumentId)} a second time`);
      const one = { ...plain(set), ...(date.on === undefined ? {} : { answeredOn: date.on }) };
      if (!set.isWhole || !date.isKnown) unscored.push(plain(set));
      else if (known === undefined) answers.push(one);
      else if (isRather(one, known)) {
        answers[place] = one;
        unscored.push(known);
      } else unscored.push(one);
    }
    problems.push(...found.map((problem) => ({ path, problem })));
    if (found.length > 0) kept.push(inWords(index, found, response, items));
    const said = freeWords(response).filter((one) => !choices.some((of) => isOption(of, one)));
    words.push(...said, ...read.dangerAsked);
  }
  const text = kept.join("\n\n").slice(0, keptCharacters).toWellFormed();
  return { answers, unscored, problems, kept: text, words };
}

type ReadSet = InstrumentAnswers & { readonly isWhole: boolean };

function plain({ instrumentId, answers }: ReadSet): InstrumentAnswers {
  return { instrumentId, answers };
}

/** Of two that answer the same the later one stands, and of those of one day the worse. */
function isRather(one: InstrumentAnswers, known: InstrumentAnswers): boolean {
  const days = [one.answeredOn ?? "", known.answeredOn ?? ""] as const;
  if (days[0] !== "" && days[1] !== "" && days[0] !== days[1]) return days[0] > days[1];
  const worth = ({ answers }: InstrumentAnswers) =>
    Object.values(answers).reduce((sum, value) => sum + value, 0);
  return worth(one) > worth(known);
}

function titleOf(instruments: Readonly<Record<string, Instrument>>, id: string): string {
  return ownValue(instruments, id)?.title ?? id;
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
  const status = textOf(fieldsOf(response).status)?.trim().toLowerCase() ?? "completed";
  const isFinished = finished.includes(status);
  if (!isFinished) problems.push(`is not finished (${statusLabels(status)}): it is asked again`);
  let left = items.filter((item) => item.answers.length > 0);
  const asWritten = {
    questionnaire,
    isFromNought: items.some(({ linkId }) => numberOf(linkId) === 0),
  };
  const isAbout = (item: ResponseItem, instrument: Instrument, question: InstrumentItem) =>
    isQuestion(item, instrument, question, asWritten);
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
  const asked = left.filter((item) => item.answers.some(isSomething)).map(fullQuestion);
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
  {
    questionnaire,
    isFromNought,
  }: { readonly questionnaire: string; readonly isFromNought: boolean },
): boolean {
  if (question.loinc !== undefined && item.codes.includes(question.loinc)) return true;
  const last = item.linkId.split(/[/#|]/).at(-1) ?? "";
  if (last === question.itemId || folded(item.linkId) === folded(question.itemId)) return true;
  if (item.codes.some((code) => /^\d{3,5}-\d$/.test(code))) return false;
  const number = numberOf(item.linkId);
  const place = instrument.items.indexOf(question) + (isFromNought ? 0 : 1);
  const isOwnForm = [questionnaire, item.linkId].some((name) =>
    folded(name).includes(folded(instrument.instrumentId)),
  );
  const isForm = folded(last) === folded(instrument.instrumentId);
  if (isOwnForm && number !== undefined && !isForm) return number === place;
  // The very words, whatever stands before them: a number, or "how often have you been bothered by".
  return Object.values(question.text).some((text) => holdsPhrase(item.text, text));
}

/** The number with which a link id ends. */
function numberOf(linkId: string): number | undefined {
  const last = linkId.split(/[/#|]/).at(-1) ?? "";
  const number = /^(?:.*[^0-9])?(\d{1,2})$/.exec(last)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** What is asked: a question that says nothing by itself, as "In the past month?", with what stands above it. */
function fullQuestion({ text, under }: ResponseItem): string {
  const isShort = normaliseText(text).split(" ").length <= fewWords;
  return isShort ? `${under} ${text}`.trim() : text;
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/item|question|[^a-z0-9]/g, "");
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
    .map(
      (item) =>
        `${item.text || item.linkId || item.codes.join(", ")}: ${item.answers.map(answerLabel).join(" / ")}`,
    );
  return [
    `Form ${index + 1}${textOf(questionnaire) === undefined ? "" : ` (${textOf(questionnaire)})`}${
      textOf(authored) === undefined ? "" : `, filled in ${textOf(authored)}`
    }`,
    ...problems.map((problem) => `It ${problem}.`),
    ...(lines.length > 0 ? lines : freeWords(response)),
  ].join("\n");
}
