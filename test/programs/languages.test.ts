import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  hoursLabel,
  instantLabel,
  timeLabel,
} from "../../functions/participant-site/texts/words.ts";
import { planKindRecords } from "../../shared/care/program/plan-kinds.ts";
import { dateLabel } from "../../shared/web/texts/dates.ts";
import { kitTexts } from "../../shared/web/texts/kit.ts";
import { strangersIn } from "../builders/language-of.ts";
import { shippedFiles } from "../builders/program-files.ts";

type Place = { readonly place: string; readonly en: unknown; readonly es: unknown };

/** Every place below a value where the same thing is said in both languages. */
function saidTwice(value: unknown, place: string): readonly Place[] {
  if (value === null || typeof value !== "object") return [];
  if ("en" in value && "es" in value) return [{ place, en: value.en, es: value.es }];
  return Object.entries(value).flatMap(([name, inner]) => saidTwice(inner, `${place} ${name}`));
}

/** All sentences below a value, by where they stand; a function says what it says around a number. */
function sentences(
  value: unknown,
  place = "",
): readonly (readonly [place: string, text: string])[] {
  if (typeof value === "string") return [[place, value]];
  if (typeof value === "function") return sentences(value("71", "72", "73"), place);
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, inner]) => sentences(inner, `${place} ${name}`));
}
const texts = (value: unknown) => sentences(value).map(([, text]) => text);
/** One sentence of English where Spanish says "al" to a number and "a" to an address. */
const oneForTwo = ["To 71. You can leave the box empty."];
const isLong = (text: string) => text.split(/\s+/).length >= 4;

const textFolder = join(import.meta.dirname, "../../functions/participant-site/texts");
/** Every file of page texts that says something in both languages. */
const pageTexts = await Promise.all(
  readdirSync(textFolder).map(async (file) => {
    const module: unknown = await import(join(textFolder, file));
    return { file, module };
  }),
);

const parsed = (file: string): unknown => parse(shippedFiles[file] ?? "");
const files = Object.keys(shippedFiles).filter((file) => /\.yaml$/.test(file));
const {
  crisisWords: _crisis,
  replyWords: _replies,
  forbiddenWords: _forbidden,
  ...policy
} = parsed("policy.yaml") as Readonly<Record<string, unknown>>;
const programs = files
  .filter((file) => /messages\.en\.yaml$/.test(file))
  .map((file) => ({
    place: file,
    en: parsed(file),
    es: parsed(file.replace(".en.", ".es.")),
  }));

const places: readonly Place[] = [
  ...programs,
  ...saidTwice(policy, "policy.yaml").filter(({ place }) => /text|consent|words/i.test(place)),
  ...files
    .filter((file) => !/policy|messages/.test(file))
    .flatMap((file) => saidTwice(parsed(file), file)),
  ...saidTwice(planKindRecords, "plans"),
  ...saidTwice({ kitTexts }, "parts of pages"),
  ...pageTexts.flatMap(({ file, module }) => saidTwice(module, file)),
];

/** Words to listen for are as many as each language has. */
const told = places.filter(({ place }) => !place.endsWith("optOutWords"));

describe("what is said in two languages", () => {
  it("is found: templates, programs, instruments and pages", () => {
    expect(places.length).toBeGreaterThan(20);
    expect(programs.length).toBeGreaterThan(0);
    for (const { file, module } of pageTexts)
      if (!/^(words|intake-form\.(en|es))\.ts$/.test(file))
        expect(saidTwice(module, file).length, file).toBeGreaterThan(0);
  });

  it.each(places)("$place is written in each of them, with no word of the other", ({ en, es }) => {
    const found = { en: texts(en), es: texts(es) };
    expect(
      found.en.flatMap((text) => strangersIn("en", text).map((word) => `${word}: ${text}`)),
    ).toEqual([]);
    expect(
      found.es.flatMap((text) => strangersIn("es", text).map((word) => `${word}: ${text}`)),
    ).toEqual([]);
    // A sentence that is the same in both was not translated.
    expect(found.es.filter(isLong).filter((text) => found.en.includes(text))).toEqual([]);
  });

  it.each(told)("$place says in each what it says in the other, one thing at a time", (place) => {
    const en = new Map(sentences(place.en));
    const es = new Map(sentences(place.es));
    expect([...es.keys()].sort()).toEqual([...en.keys()].sort());
    // What differs in one language differs in the other: else one of two sentences stands in the other's place.
    const same = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
      [...one].flatMap(([at, text]) =>
        [...one]
          .filter(([more, again]) => more > at && again === text && isLong(text))
          .filter(([more]) => other.get(more) !== other.get(at) && !oneForTwo.includes(text))
          .map(([more]) => `${at} and ${more}: ${text}`),
      );
    expect([...same(en, es), ...same(es, en)]).toEqual([]);
  });
});

describe("the numbers, times and names in a sentence", () => {
  /** Numbers to ring are said as often as the sentence has room; the others are told once, in their order. */
  const numbersToRing = ["988", "911"];
  /** "24/7" is "las 24 horas", and the crisis line's Spanish is behind its 2. */
  const idioms = ["2", "7", "24"];
  const numbersOf = (text: string) => {
    const all: readonly string[] = text.match(/\d+/g) ?? [];
    return [
      ...all.filter((one) => !numbersToRing.includes(one) && !idioms.includes(one)),
      ...numbersToRing.filter((one) => all.includes(one)),
    ];
  };

  it.each(told)("of $place are the same in both languages, and in one order", (place) => {
    const es = new Map(sentences(place.es));
    const differing = sentences(place.en).flatMap(([at, text]) => {
      const [own, other] = [numbersOf(text), numbersOf(es.get(at) ?? "")];
      return own.join() === other.join() ? [] : [`${at}: ${text} / ${es.get(at)}`];
    });
    expect(differing).toEqual([]);
  });

  it("in words stand in both: what is so in one language is in the other", () => {
    const named = sentences(places.map(({ en }) => en)).filter(([, text]) => /\{\w+\}/.test(text));
    expect(named.length).toBeGreaterThan(20);
    const namesOf = (text = "") => (text.match(/\{\w+\}/g) ?? []).sort().join();
    const es = new Map(sentences(places.map((place) => place.es)));
    expect(
      named.flatMap(([at, text]) => (namesOf(text) === namesOf(es.get(at)) ? [] : [text])),
    ).toEqual([]);
  });
});

describe("days, dates and hours on the pages", () => {
  const hours = {
    staffedHours: [1, 2, 3, 4, 5].map((dayOfWeek) => ({ dayOfWeek, from: "09:00", to: "17:00" })),
  };
  it.each(["en", "es"] as const)("are in the reader's language: %s", (language) => {
    for (let month = 1; month <= 12; month += 1) {
      const date = `2027-${String(month).padStart(2, "0")}-${String(month + 7).padStart(2, "0")}`;
      for (const label of [
        dateLabel(date, language),
        dateLabel(date, language, { year: true }),
        instantLabel(`${date}T15:00:00.000Z`, "America/New_York", language),
        timeLabel("15:00", language),
        ...hoursLabel(hours, language),
      ])
        expect(strangersIn(language, label), label).toEqual([]);
      expect(strangersIn(language === "en" ? "es" : "en", dateLabel(date, language))).not.toEqual(
        [],
      );
    }
  });
});
