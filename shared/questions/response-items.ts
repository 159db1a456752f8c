import { ownValue } from "../care/text/own-value.ts";
/** One question with its answers, wherever it stood in what was sent. */
export type ResponseItem = {
  readonly linkId: string;
  /** Codes of the question: of its link id, its definition and its own codes. */
  readonly codes: readonly string[];
  readonly text: string;
  /** The text of the question or group under which it stands. */
  readonly under: string;
  readonly answers: readonly ResponseAnswer[];
};

/** One answer: every number, code and word that it holds. */
export type ResponseAnswer = {
  readonly codes: readonly string[];
  readonly numbers: readonly number[];
  readonly words: readonly string[];
  readonly yes?: boolean;
};

type Fields = Readonly<Record<string, unknown>>;

/** More questions than any form has, and deeper than any is nested. */
const maxItems = 2000;
const deepest = 50;
const loincPattern = /(?<![\d-])\d{3,5}-\d(?![\d-])/g;

/**
 * The questions of whatever was sent as a response: groups, questions nested under questions and under
 * answers, and single FHIR Observations with their components. Never throws; what is no question is left out.
 */
export function readItems(resource: unknown): readonly ResponseItem[] {
  const items: ResponseItem[] = [];
  const waiting: { readonly value: unknown; readonly depth: number; readonly under: string }[] = [
    { value: resource, depth: 0, under: "" },
  ];
  while (waiting.length > 0 && items.length < maxItems) {
    const next = waiting.shift();
    if (next === undefined || next.depth > deepest) continue;
    const fields = fieldsOf(next.value);
    const item = itemOf(fields, next.under);
    if (item !== undefined) items.push(item);
    const under = item?.text || textOf(fields.text) || next.under;
    const inner = [
      ...oneOrMore(fields.item),
      ...oneOrMore(fields.answer).flatMap((answer) => oneOrMore(fieldsOf(answer).item)),
      ...oneOrMore(fields.component),
      ...listOf(fields.contained),
    ];
    // In the order in which they stand.
    waiting.unshift(...inner.map((value) => ({ value, depth: next.depth + 1, under })));
  }
  return items;
}

/** Everything that somebody wrote or chose in an answer, in words. */
export function answerLabel({ words, numbers, yes }: ResponseAnswer): string {
  const all = [
    ...words,
    ...numbers.map(String),
    ...(yes === undefined ? [] : [yes ? "yes" : "no"]),
  ];
  return [...new Set(all)].join(", ");
}

function itemOf(fields: Fields, under: string): ResponseItem | undefined {
  const linkId = textOf(fields.linkId) ?? "";
  const codes = codesOf(fields.code);
  const answers = oneOrMore(fields.answer);
  // An Observation carries its value itself.
  const given = answers.length > 0 ? answers : hasValue(fields) ? [fields] : [];
  if (linkId === "" && (codes.length === 0 || given.length === 0)) return undefined;
  const named = [linkId, textOf(fields.definition) ?? ""].map((name) =>
    name.replaceAll(/[\u2010-\u2015\u2212\uFE63\uFF0D]/g, "-"),
  );
  return {
    linkId,
    codes: [...codes, ...named.flatMap((text) => text.match(loincPattern) ?? [])],
    text: textOf(fields.text) ?? textOf(fieldsOf(fields.code).text) ?? "",
    under,
    answers: given.map((answer) => answerOf(fieldsOf(answer))),
  };
}

function hasValue(fields: Fields): boolean {
  return Object.keys(fields).some(isValue);
}

/** `valueInteger` and its like; `value` alone, as FHIR's abstract form and some converters write it. */
function isValue(key: string): boolean {
  return /^value(?:[A-Z]|$)/.test(key);
}

function answerOf(fields: Fields): ResponseAnswer {
  const codes: string[] = [];
  const numbers: number[] = [];
  const words: string[] = [];
  let yes: boolean | undefined;
  const take = (value: unknown, depth: number): void => {
    if (depth > 4) return;
    if (typeof value === "number" && Number.isFinite(value)) numbers.push(value);
    else if (typeof value === "boolean") yes = yes === true || value;
    else if (typeof value === "string") words.push(value.toWellFormed());
    else if (Array.isArray(value)) for (const one of value) take(one, depth + 1);
    else if (value !== null && typeof value === "object") {
      const inner = fieldsOf(value);
      if (typeof inner.code === "string") codes.push(inner.code);
      for (const key of ["display", "text", "value", "comparator"])
        take(ownValue(inner, key), depth + 1);
      for (const coding of oneOrMore(inner.coding)) take(coding, depth + 1);
      numbers.push(...weightsOf(inner.extension), ...weightsOf(inner._code));
    }
  };
  for (const [key, value] of Object.entries(fields)) {
    if (!isValue(key) || /^value(Attachment|Reference)$/.test(key)) continue;
    take(value, 0);
  }
  numbers.push(...weightsOf(fields.extension));
  return { codes, numbers, words, ...(yes === undefined ? {} : { yes }) };
}

/** Ordinal values and item weights, which say what an answer is worth. */
function weightsOf(extensions: unknown): readonly number[] {
  return listOf(extensions).flatMap((extension) => {
    const { url, ...fields } = fieldsOf(extension);
    const isWeight = typeof url === "string" && /(ordinalValue|itemWeight)$/.test(url);
    const value = fields.valueDecimal ?? fields.valueInteger;
    return isWeight && typeof value === "number" ? [value] : [];
  });
}

function codesOf(value: unknown): readonly string[] {
  const all = [...oneOrMore(value), ...oneOrMore(fieldsOf(value).coding)];
  return all.flatMap((one) => textOf(fieldsOf(one).code) ?? []);
}

/** The fields of something sent that should be an object; none when it is not. */
export function fieldsOf(value: unknown): Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? { ...value } : {};
}

/** The members of something sent that should be a list; none when it is not. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** As `listOf`, where one member may stand without its list, as what was XML before has it. */
function oneOrMore(value: unknown): readonly unknown[] {
  return Array.isArray(value) || value === undefined || value === null ? listOf(value) : [value];
}

/** Something sent that should be text, half characters mended; nothing when it is not. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value.toWellFormed() : undefined;
}
