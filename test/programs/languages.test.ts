import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { commonTexts } from "../../functions/participant-site/texts/common.ts";
import * as intakeForm from "../../functions/participant-site/texts/intake-form.ts";
import * as links from "../../functions/participant-site/texts/link.ts";
import * as myWeek from "../../functions/participant-site/texts/my-week.ts";
import * as preferences from "../../functions/participant-site/texts/preferences.ts";
import * as questions from "../../functions/participant-site/texts/questions.ts";
import * as start from "../../functions/participant-site/texts/start.ts";
import { strangersIn } from "../builders/language-of.ts";
import { shippedFiles } from "../builders/program-files.ts";

type Place = { readonly place: string; readonly en: unknown; readonly es: unknown };

/** Every place below a value where the same thing is said in both languages. */
function saidTwice(value: unknown, place: string): readonly Place[] {
  if (value === null || typeof value !== "object") return [];
  if ("en" in value && "es" in value) return [{ place, en: value.en, es: value.es }];
  return Object.entries(value).flatMap(([name, inner]) => saidTwice(inner, `${place} ${name}`));
}

/** All sentences below a value; what a function says depends on what it is given. */
function sentences(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(sentences);
}

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
  ...[commonTexts, intakeForm, links, myWeek, preferences, questions, start].flatMap(
    (texts, index) => saidTwice(texts, `page texts ${index}`),
  ),
];

describe("what is said in two languages", () => {
  it("is found: templates, programs, instruments and pages", () => {
    expect(places.length).toBeGreaterThan(20);
    expect(programs.length).toBeGreaterThan(0);
  });

  it.each(places)("$place is written in each of them, with no word of the other", ({ en, es }) => {
    const found = { en: sentences(en), es: sentences(es) };
    expect(
      found.en.flatMap((text) => strangersIn("en", text).map((word) => `${word}: ${text}`)),
    ).toEqual([]);
    expect(
      found.es.flatMap((text) => strangersIn("es", text).map((word) => `${word}: ${text}`)),
    ).toEqual([]);
    // A sentence that is the same in both was not translated.
    const long = found.es.filter((text) => text.split(/\s+/).length >= 4);
    expect(long.filter((text) => found.en.includes(text))).toEqual([]);
  });
});
