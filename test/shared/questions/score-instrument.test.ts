import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { instrumentFileSchema } from "../../../shared/contracts/program-seed-files.ts";
import { scoreInstrument } from "../../../shared/questions/score-instrument.ts";
import { buildAnswers } from "../../builders/instruments.ts";
import { fc } from "../../builders/properties.ts";

/** An instrument as it ships. */
function shipped(instrumentId: string) {
  const text = readFileSync(`programs/instruments/${instrumentId}.yaml`, "utf8");
  return instrumentFileSchema.parse(parse(text));
}

describe("the instruments that ship", () => {
  it.each([
    ["phq-9", 9, 27, 10],
    ["gad-7", 7, 21, 10],
    ["phq-2", 2, 6, 3],
    ["gad-2", 2, 6, 3],
  ])(
    "%s: %i scored items, totals up to %i, positive from %i",
    (instrumentId, count, most, positive) => {
      const instrument = shipped(instrumentId);
      const scored = instrument.items.filter((item) => item.scored);
      expect(scored).toHaveLength(count);
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: 0, max: 3 }), { minLength: count, maxLength: count }),
          (values) => {
            const answers = Object.fromEntries(
              scored.map((item, index) => [item.itemId, values[index] ?? 0]),
            );
            const total = values.reduce((sum, value) => sum + value, 0);
            const score = scoreInstrument(instrument, answers);
            expect(score).toMatchObject({ complete: true, total, positive: total >= positive });
            expect(score.complete && score.band !== "").toBe(true);
            expect(total).toBeLessThanOrEqual(most);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it.each([
    [0, "minimal"],
    [4, "minimal"],
    [5, "mild"],
    [9, "mild"],
    [10, "moderate"],
    [14, "moderate"],
    [15, "moderately severe"],
    [19, "moderately severe"],
    [20, "severe"],
    [27, "severe"],
  ])("PHQ-9 of %i is %s", (total, band) => {
    const instrument = shipped("phq-9");
    let left = total;
    const answers = Object.fromEntries(
      instrument.items.map((item) => {
        const value = Math.min(3, left);
        left -= value;
        return [item.itemId, value];
      }),
    );
    expect(scoreInstrument(instrument, answers)).toMatchObject({ total, band });
  });

  it.each([
    [4, "minimal"],
    [5, "mild"],
    [10, "moderate"],
    [15, "severe"],
  ])("GAD-7 of %i is %s", (total, band) => {
    const instrument = shipped("gad-7");
    const answers = Object.fromEntries(
      instrument.items.map((item, index) => [
        item.itemId,
        Math.max(0, Math.min(3, total - index * 3)),
      ]),
    );
    expect(scoreInstrument(instrument, answers)).toMatchObject({ total, band });
  });

  it("leave the tenth question of PHQ-9, about daily life, out of the total", () => {
    const answers = buildAnswers("phq-9", 1, 1);
    const score = scoreInstrument(shipped("phq-9"), { ...answers, "phq9-10": 3 });
    expect(score).toMatchObject({ complete: true, total: 9 });
  });

  it("keep the suicide item in PHQ-9 alone", () => {
    expect(shipped("phq-9").items.filter((item) => item.safety)).toHaveLength(1);
    for (const other of ["gad-7", "phq-2", "gad-2"]) {
      expect(shipped(other).items.some((item) => item.safety)).toBe(false);
    }
  });
});

describe("a missing answer", () => {
  it("leaves the instrument without a total: nothing is estimated", () => {
    const instrument = shipped("phq-9");
    const required = instrument.items.filter((item) => item.required).map((item) => item.itemId);
    fc.assert(
      fc.property(fc.subarray(required), (answered) => {
        const answers = Object.fromEntries(answered.map((itemId) => [itemId, 3]));
        const score = scoreInstrument(instrument, answers);
        expect(score.complete).toBe(answered.length === 9);
        if (!score.complete) {
          expect(score.missing).toEqual(required.filter((id) => !answered.includes(id)));
        }
      }),
    );
  });

  it("to an item that is not required counts as nothing, and an unknown answer neither", () => {
    const { items, scoring } = shipped("phq-2");
    const [first, second] = items;
    const optional = {
      scoring,
      items: items.map((item) => (item === second ? { ...item, required: false } : item)),
    };
    expect(scoreInstrument(optional, { [first?.itemId ?? ""]: 2, "not-asked": 3 })).toMatchObject({
      complete: true,
      total: 2,
    });
  });

  it("has no band where the instrument names none", () => {
    const { items, scoring } = shipped("phq-2");
    const bare = { items, scoring: { ...scoring, bands: [] } };
    expect(scoreInstrument(bare, buildAnswers("phq-2", 1))).toMatchObject({ band: "" });
  });
});
