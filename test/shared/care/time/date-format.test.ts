import { describe, expect, it } from "vitest";
import { dateFormat } from "../../../../shared/care/time/date-format.ts";

const evening = Date.parse("2027-01-15T03:30:00.000Z");

describe("how dates are written", () => {
  it("keeps languages, zones and ways to write apart, whichever was asked for first", () => {
    const asked = [
      ["en-US", "America/New_York", "Thursday"],
      ["es-US", "America/New_York", "jueves"],
      ["en-US", "UTC", "Friday"],
      ["en-US", "America/New_York", "Thursday"],
    ] as const;
    for (const [language, timeZone, day] of asked)
      expect(dateFormat(language, { weekday: "long", timeZone }).format(evening)).toBe(day);
    expect(dateFormat("en-US", { month: "short", timeZone: "UTC" }).format(evening)).toBe("Jan");
  });

  it("refuses a zone that there is not, each time", () => {
    for (const _ of [1, 2])
      expect(() => dateFormat("en-US", { timeZone: "America/Nowhere" })).toThrow(RangeError);
  });
});
