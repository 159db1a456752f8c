import { describe, expect, it } from "vitest";
import {
  asLatin,
  foldName,
  normaliseText,
  trimmed,
} from "../../../../shared/care/text/normalise-text.ts";
import { fc } from "../../../builders/properties.ts";

it.each(["", " \t\n", "\u200B", "\u3164", "\u2800 \u2800", "\uFEFF\u00AD"])(
  "%j is nothing that anybody wrote",
  (text) => {
    expect(trimmed(text)).toBe("");
  },
);

it.each([
  ["  Robin ", "Robin"],
  ["می\u200Cخواهم", "می\u200Cخواهم"],
  ["👩\u200D👧", "👩\u200D👧"],
  ["\u200B0", "\u200B0"],
])("of %j everything that is seen is kept", (text, kept) => {
  expect(trimmed(text)).toBe(kept);
});

describe("letters as a reader takes them", () => {
  it.each([
    ["w\u0430nt t\u043E di\u0435", "want to die"],
    ["\u041A\u0406LL", "KILL"],
    ["\uFF4B\uFF49\uFF4C\uFF4C", "kill"],
    ["\u{1F17A}\u{1F178}\u{1F17B}\u{1F17B}", "kill"],
    ["\u1D0B\u026A\u029F\u029F", "kill"],
    ["kill\u3164myself", "kill myself"],
    ["k\u0336i\u200Bll", "kill"],
    ["stop \u{1F1FA}\u{1F1F8}", "stop  "],
    ["ma\u00F1ana", "manana"],
  ])("%j is %j", (text, read) => {
    expect(asLatin(text)).toBe(read);
  });

  it.each(["Мама сказала: приду в 9", "Zoom не работает", "Θέλω να μιλήσω", "我今天来不了"])(
    "leave words of another alphabet as they are: %s",
    (text) => {
      expect(normaliseText(text)).toMatch(/[^\0-\x7f]/);
      expect(normaliseText(text)).toBe(normaliseText(normaliseText(text)));
    },
  );

  it("change nothing in what is written with the letters of a keyboard", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(asLatin(text)).toBe(text);
      }),
    );
  });

  it("are not changed in names: one that is kept by its folded letters is found by them", () => {
    expect(foldName("Сара")).toBe("сара");
  });
});
