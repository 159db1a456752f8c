import { expect, test } from "vitest";
import { itemBytes, mostBytes } from "../../../../shared/store/rules/check-operations.ts";
import { fc } from "../../../builders/properties.ts";

/** In letters of one to four bytes, and one that takes six in JSON. */
const text = fc
  .constantFrom("a", "ñ", "語", "💊", "\u0001", '"')
  .chain((letter) => fc.string({ unit: fc.constant(letter), maxLength: 40 }));
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt().map(Number),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value")),
    fc.dictionary(text, tie("value")),
  ),
}));

test("nothing is larger than the most that is taken for it, whatever alphabet its words are in", () => {
  fc.assert(
    fc.property(anyValue, anyValue, fc.constantFrom("care", "audit"), (one, other, table) => {
      const item = { pk: "P", sk: "S", schemaVersion: 1, one, other };
      expect(mostBytes(item)).toBeGreaterThanOrEqual(itemBytes(table, item));
    }),
  );
});
