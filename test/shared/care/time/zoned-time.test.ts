import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  addDays,
  ageInYears,
  dayOfWeek,
  daysBetween,
  instantAt,
  isKnownTimeZone,
  isoWeekKey,
  localDate,
  localTime,
  mondayOf,
} from "../../../../shared/care/time/zoned-time.ts";
import { fc } from "../../../builders/properties.ts";

/** Every zone of the United States, and some whose clocks are stranger than any there. */
const zones = [
  ...["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"],
  ...["America/Phoenix", "America/Anchorage", "America/Adak", "Pacific/Honolulu"],
  ...["America/Indiana/Indianapolis", "America/Detroit", "America/Boise", "America/Puerto_Rico"],
  ...["Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"],
];
const zone = fc.constantFrom(...zones);
const day = fc
  .integer({ min: 0, max: 80 * 365 })
  .map((days) => Temporal.PlainDate.from("1970-01-01").add({ days }).toString());
const minute = fc
  .integer({ min: 0, max: 1439 })
  .map((minutes) =>
    Temporal.PlainTime.from("00:00").add({ minutes }).toString({ smallestUnit: "minute" }),
  );
/** Days on and around both changes of the clocks, where mistakes live. */
const changeDay = fc
  .record({ year: fc.integer({ min: 2024, max: 2040 }), days: fc.integer({ min: -16, max: 16 }) })
  .chain(({ year, days }) =>
    fc
      .constantFrom(`${year}-03-14`, `${year}-11-01`, `${year}-04-01`, `${year}-10-01`)
      .map((near) => Temporal.PlainDate.from(near).add({ days }).toString()),
  );

describe("dates and wall times", () => {
  test("an instant of a wall time is the one the calendar's own library gives", () => {
    fc.assert(
      fc.property(fc.oneof(day, changeDay), minute, zone, (date, time, timeZone) => {
        const expected = Temporal.PlainDate.from(date)
          .toPlainDateTime(Temporal.PlainTime.from(time))
          .toZonedDateTime(timeZone, { disambiguation: "compatible" });
        const instant = instantAt(date, time, timeZone);
        expect(Date.parse(instant)).toBe(expected.epochMilliseconds);
        expect(localDate(instant, timeZone)).toBe(expected.toPlainDate().toString());
        expect(localTime(instant, timeZone)).toBe(
          expected.toPlainTime().toString({ smallestUnit: "minute" }),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test("dates are counted as the calendar's own library counts them", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -800, max: 800 }), (date, days) => {
        const plain = Temporal.PlainDate.from(date);
        const later = plain.add({ days });
        expect(addDays(date, days)).toBe(later.toString());
        expect(daysBetween(date, later.toString())).toBe(days);
        expect(dayOfWeek(date)).toBe(plain.dayOfWeek);
        expect(mondayOf(date)).toBe(plain.subtract({ days: plain.dayOfWeek - 1 }).toString());
        expect(isoWeekKey(date)).toBe(
          `${plain.yearOfWeek}-W${String(plain.weekOfYear).padStart(2, "0")}`,
        );
        if (days >= 0)
          expect(ageInYears(date, later.toString())).toBe(
            plain.until(later, { largestUnit: "years" }).years,
          );
      }),
      { numRuns: 2000 },
    );
  });

  test("the hour that the clocks skip moves forward; of the one that comes twice the first counts", () => {
    expect(instantAt("2027-03-14", "02:30", "America/New_York")).toBe("2027-03-14T07:30:00.000Z");
    expect(instantAt("2027-11-07", "01:30", "America/New_York")).toBe("2027-11-07T05:30:00.000Z");
  });

  test("what is no date, no time or no zone is refused", () => {
    for (const date of ["2027-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "tomorrow", ""])
      expect(() => addDays(date, 1), date).toThrow(RangeError);
    for (const time of ["24:00", "9:00", "noon"])
      expect(() => instantAt("2027-01-01", time, "UTC"), time).toThrow(RangeError);
    expect(() => localDate("never", "UTC")).toThrow(RangeError);
    expect(isKnownTimeZone("America/Phoenix")).toBe(true);
    expect(isKnownTimeZone("Mars/Olympus")).toBe(false);
  });
});
