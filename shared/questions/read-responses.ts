import type { InstrumentAnswers } from "../care/people/intake-request.ts";
import type { Instrument, InstrumentItem } from "../care/program/instrument.ts";

/** The parts of a FHIR R4 QuestionnaireResponse that are read. */
export type QuestionnaireResponse = {
  readonly questionnaire?: string | undefined;
  readonly item?: readonly ResponseItem[] | undefined;
};
export type ResponseItem = {
  readonly linkId: string;
  readonly answer?: readonly ResponseAnswer[] | undefined;
  readonly item?: readonly ResponseItem[] | undefined;
};
export type ResponseAnswer = {
  readonly valueCoding?: { readonly code?: string | undefined } | undefined;
  readonly valueInteger?: number | undefined;
  readonly valueDecimal?: number | undefined;
};

export type ReadResponses = {
  readonly answers: readonly InstrumentAnswers[];
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
};

/**
 * Reads answers out of FHIR responses by the codes of their questions: totals that came along are left
 * aside and worked out again. A response that fits no instrument, or lacks an answer, is a problem.
 */
export function readResponses(
  instruments: Readonly<Record<string, Instrument>>,
  responses: readonly QuestionnaireResponse[],
): ReadResponses {
  const answers: InstrumentAnswers[] = [];
  const problems: { path: string; problem: string }[] = [];
  for (const [index, response] of responses.entries()) {
    const path = `responses.${index}`;
    const items = flatten(response.item ?? []);
    const instrument = findInstrument(Object.values(instruments), items);
    if (instrument === undefined) {
      problems.push({ path, problem: "answers none of the questionnaires that are used here" });
      continue;
    }
    if (answers.some((known) => known.instrumentId === instrument.instrumentId)) {
      problems.push({ path, problem: `answers ${instrument.title} a second time` });
      continue;
    }
    const read = readAnswers(instrument, items);
    problems.push(...read.problems.map((problem) => ({ path: `${path}.item`, problem })));
    answers.push({ instrumentId: instrument.instrumentId, answers: read.values });
  }
  return { answers: problems.length === 0 ? answers : [], problems };
}

function flatten(items: readonly ResponseItem[]): ResponseItem[] {
  return items.flatMap((item) => [item, ...flatten(item.item ?? [])]);
}

/** `/44250-9`, `44250-9` and `phq-9/44250-9` all name the question 44250-9. */
function isAbout(item: ResponseItem, question: InstrumentItem): boolean {
  const code = item.linkId.split("/").at(-1) ?? "";
  return code === question.itemId || (question.loinc !== undefined && code === question.loinc);
}

/** The instrument with the most of its questions answered; one that is not half answered is none. */
function findInstrument(
  instruments: readonly Instrument[],
  items: readonly ResponseItem[],
): Instrument | undefined {
  let best:
    | { readonly instrument: Instrument; readonly share: number; readonly hits: number }
    | undefined;
  for (const instrument of instruments) {
    const scored = instrument.items.filter((question) => question.scored);
    const hits = scored.filter((question) => items.some((item) => isAbout(item, question))).length;
    const share = scored.length === 0 ? 0 : hits / scored.length;
    if (share < 0.5) continue;
    // PHQ-2 is part of PHQ-9: the longer one fits a response that answers it all.
    const isBetter =
      best === undefined || hits > best.hits || (hits === best.hits && share > best.share);
    if (isBetter) best = { instrument, share, hits };
  }
  return best?.instrument;
}

function readAnswers(instrument: Instrument, items: readonly ResponseItem[]) {
  const values: Record<string, number> = {};
  const problems: string[] = [];
  for (const question of instrument.items) {
    const answered = items.filter((item) => isAbout(item, question));
    if (answered.length > 1) problems.push(`answers question ${question.itemId} more than once`);
    const given = answered[0]?.answer?.[0];
    if (given === undefined) {
      if (question.required) problems.push(`does not answer question ${question.itemId}`);
      continue;
    }
    const value = answerValueOf(instrument, question, given);
    if (value === undefined)
      problems.push(`answers question ${question.itemId} with none of its options`);
    else values[question.itemId] = value;
  }
  return { values, problems };
}

function answerValueOf(
  instrument: Instrument,
  question: InstrumentItem,
  given: ResponseAnswer,
): number | undefined {
  const options = question.options ?? instrument.options;
  const code = given.valueCoding?.code;
  const number = given.valueInteger ?? given.valueDecimal;
  const option = options.find((one) =>
    code === undefined
      ? one.value === number
      : one.code === code || (one.acceptedCodes ?? []).includes(code),
  );
  return option?.value;
}
