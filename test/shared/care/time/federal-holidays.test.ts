import { describe, expect, it } from "vitest";
import { federalHolidays, holidaysAhead } from "../../../../shared/care/time/federal-holidays.ts";

const days = (year: number) => federalHolidays(year).map(({ on }) => on);

describe("the federal holidays", () => {
  // The lists of the Office of Personnel Management for these years.
  it("are those that the Office of Personnel Management publishes", () => {
    expect(days(2026)).toEqual([
      "2026-01-01",
      "2026-01-19",
      "2026-02-16",
      "2026-05-25",
      "2026-06-19",
      "2026-07-03",
      "2026-09-07",
      "2026-10-12",
      "2026-11-11",
      "2026-11-26",
      "2026-12-25",
      "2027-01-01",
    ]);
    expect(days(2027)).toEqual([
      "2027-01-01",
      "2027-01-18",
      "2027-02-15",
      "2027-05-31",
      "2027-06-18",
      "2027-07-05",
      "2027-09-06",
      "2027-10-11",
      "2027-11-11",
      "2027-11-25",
      "2027-12-24",
      "2027-12-31",
    ]);
  });

  it("are proposed for the next year, each once and in order", () => {
    const ahead = holidaysAhead("2027-10-12").map(({ on }) => on);
    expect(ahead[0]).toBe("2027-11-11");
    expect(ahead.at(-1)).toBe("2028-10-09");
    expect(ahead).toEqual([...new Set(ahead)].toSorted());
  });
});
