import { deflateRawSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { packItem, unpackItem } from "../../../../shared/store/rules/packed-item.ts";
import { fc } from "../../../builders/properties.ts";

const item = {
  pk: "EP#1",
  sk: "ROOT",
  schemaVersion: 3,
  status: "active",
  week: 2,
  endedOn: null,
  open: ["TASK#1"],
  reading: { language: "es" },
};

describe("an item in its table", () => {
  it("has its texts and numbers as attributes, for conditions and indexes, and its lists and objects in one text", () => {
    expect(packItem("care", item)).toEqual({
      pk: "EP#1",
      sk: "ROOT",
      schemaVersion: 3,
      status: "active",
      week: 2,
      endedOn: null,
      json: '{"open":["TASK#1"],"reading":{"language":"es"}}',
    });
  });

  it("stays as it is in the trail, for those who read it there", () => {
    expect(packItem("audit", item)).toBe(item);
  });

  it("that an earlier release wrote, attribute by attribute, is read as it is", () => {
    expect(unpackItem(item)).toEqual(item);
  });

  it("has them compressed where they are long, since a write is charged by the kilobyte", () => {
    const scores = Array.from({ length: 60 }, (_, week) => ({ week, band: "moderate" }));
    const packed = packItem("care", { ...item, scores });
    expect(Object.keys(packed).sort()).toEqual(
      ["endedOn", "packed", "pk", "schemaVersion", "sk", "status", "week"].sort(),
    );
    expect(packed.packed instanceof Uint8Array && packed.packed.length).toBeLessThan(400);
    expect(unpackItem(packed)).toEqual({ ...item, scores });
  });

  it.each([
    ...["{", "[1]", "null", "7", ""].map((json) => ({ json })),
    ...["", "no compressed text", deflateRawSync("[1]")].map((bytes) => ({
      packed: Buffer.from(bytes),
    })),
  ])(
    "whose text was damaged (%s) is handed on, and whoever reads it says what it lacks",
    (held) => {
      expect(unpackItem({ pk: "EP#1", sk: "ROOT", ...held })).toEqual({
        pk: "EP#1",
        sk: "ROOT",
        ...held,
      });
    },
  );
});

test("whatever an item holds comes back", () => {
  const name = fc
    .string({ maxLength: 8 })
    .filter((one) => !["__proto__", "json", "packed"].includes(one));
  // A text knows no negative zero, as the database knows none.
  const value = fc.jsonValue().map((drawn): unknown => JSON.parse(JSON.stringify(drawn)));
  const long = fc.array(value, { minLength: 100, maxLength: 120 });
  fc.assert(
    fc.property(
      fc.dictionary(name, fc.oneof({ weight: 5, arbitrary: value }, long)),
      fc.constantFrom("care", "identity", "audit"),
      (held, table) => {
        const whole = { ...held, pk: "P", sk: "S", schemaVersion: 1 };
        expect(unpackItem(packItem(table, whole))).toEqual(whole);
      },
    ),
  );
});
