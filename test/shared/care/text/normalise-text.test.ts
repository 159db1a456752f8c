import { expect, it } from "vitest";
import { trimmed } from "../../../../shared/care/text/normalise-text.ts";

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
