import { expect, test } from "vitest";
import { mostBytes, storedBytes } from "../../../../shared/store/rules/check-operations.ts";
import { fc } from "../../../builders/properties.ts";

/** In letters of one to four bytes. */
const text = fc
  .constantFrom("a", "ñ", "語", "💊")
  .chain((letter) => fc.string({ unit: fc.constant(letter), maxLength: 40 }));
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    text,
    fc.double(),
    fc.bigInt().map(Number),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.uint8Array(),
    fc.array(tie("value")),
    fc.dictionary(text, tie("value")),
  ),
}));

test("nothing is larger than the most that is taken for it, whatever alphabet its words are in", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(mostBytes(value)).toBeGreaterThanOrEqual(storedBytes(value, true));
    }),
  );
});
