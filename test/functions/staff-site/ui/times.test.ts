import { describe, expect, it, test } from "vitest";
import { dateInZone, dateLabel, inWords } from "../../../../functions/staff-site/ui/times.ts";

test("what came in on a Sunday evening is of Sunday, although it is Monday in London", () => {
  expect(dateInZone("2026-11-30T00:08:00.000Z", "America/New_York")).toBe("Nov 29, 2026");
  expect(dateInZone("2026-11-30T00:08:00.000Z", "UTC")).toBe("Nov 30, 2026");
});

test("a birthday stays the day that it is", () => {
  expect(dateLabel("1990-03-02")).toBe("Mar 2, 1990");
});

const zone = "America/New_York";

describe("what a sentence of the rules says of time", () => {
  it.each([
    [
      "PHQ-9 16 at baseline (2026-11-29), not measured again.",
      "PHQ-9 16 at baseline (Nov 29, 2026), not measured again.",
    ],
    ["{staff} is away on 2027-01-14, too.", "{staff} is away on Jan 14, 2027, too."],
    ["It was on 2027-01-14 at 09:00.", "It was on Jan 14, 2027 at 09:00."],
    ["Began at 2027-01-14T14:00:00.000Z.", "Began at Thu, Jan 14, 2027, 9:00 AM."],
  ])("is told as staff read it: %s", (sentence, words) => {
    expect(inWords(sentence, zone)).toBe(words);
  });

  it.each([
    "Record 2027-01-14-7 of another house",
    "riverside_2027-01-14",
    "It was written as 2027-02-39.",
    "Call 212-555-0110.",
  ])("is left alone where it is no date: %s", (sentence) => {
    expect(inWords(sentence, zone)).toBe(sentence);
  });
});
