import { expect, test } from "vitest";
import { mostBytes, storedBytes } from "../../../../shared/store/rules/check-operations.ts";
import { fc } from "../../../builders/properties.ts";

/** Of one to four bytes a letter. */
const text = fc.string({ unit: fc.constantFrom("a", "ñ", "語", "💊"), maxLength: 40 });
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

test("no item is larger than the most that is taken for it, whatever alphabet its words are in", () => {
  fc.assert(
    fc.property(fc.dictionary(text, anyValue), (item) => {
      expect(mostBytes(item)).toBeGreaterThanOrEqual(storedBytes(item));
    }),
  );
});
