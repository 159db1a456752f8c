import { describe, expect, it } from "vitest";
import {
  addDays,
  ageInYears,
  dayNumber,
  instantAt,
  localTime,
  nextInWindow,
  sharedWindow,
  spread,
} from "../../../../shared/care/time/zoned-time.ts";

const newYork = "America/New_York";

describe("a date", () => {
  it.each([
    "2027-01-12T",
    "2027-01-1",
    "2027x01-12",
    "2027-01x12",
    "abcd-01-12",
    "202:-01-12",
    "2027-0:-12",
    "2027-01-/9",
    "2027-01-1 ",
    "2027-01-00",
    "2027-01-32",
    "2027-00-12",
    "2027-13-12",
    "2027-04-31",
    "2027-02-29",
    "1900-02-29",
    "2100-02-29",
  ])("that there is not is refused: %s", (date) => {
    expect(() => dayNumber(date)).toThrow(RangeError);
    expect(() => ageInYears(date, "2027-01-12")).toThrow(RangeError);
    expect(() => ageInYears("1990-01-12", date)).toThrow(RangeError);
  });

  it.each([
    ["2000-02-28", "2000-02-29"],
    ["2000-02-29", "2000-03-01"],
    ["2024-02-29", "2024-03-01"],
    ["1900-02-28", "1900-03-01"],
    ["0999-12-30", "0999-12-31"],
    ["0000-12-31", "0001-01-01"],
  ])("after %s is %s, leap years and early ones among them", (date, next) => {
    expect(addDays(date, 1)).toBe(next);
    expect(addDays(next, -1)).toBe(date);
  });

  it("is counted from 1970, and before it", () => {
    expect(dayNumber("1970-01-01")).toBe(0);
    expect(dayNumber("0000-01-01")).toBe(-719_528);
  });
});

describe("a wall time", () => {
  it("may name its seconds, and nothing else", () => {
    expect(instantAt("2027-01-12", "09:00:30", newYork)).toBe("2027-01-12T14:00:30.000Z");
    for (const time of ["x09:00", "09:00x", "09:00:60", "09:00:3x", "24:00", "9:00", ""])
      expect(() => instantAt("2027-01-12", time, newYork), time).toThrow(RangeError);
  });

  it("that happens twice in autumn is the first, and the one that spring skips comes after it", () => {
    expect(instantAt("2027-11-07", "01:30", newYork)).toBe("2027-11-07T05:30:00.000Z");
    expect(instantAt("2027-03-14", "02:30", newYork)).toBe("2027-03-14T07:30:00.000Z");
  });

  it("changes at the very instant at which the clocks do, whatever was asked for before", () => {
    const zone = "America/Detroit";
    for (let round = 0; round < 2; round += 1) {
      expect(localTime("2027-03-14T06:59:59.999Z", zone)).toBe("01:59");
      expect(localTime("2027-03-14T07:00:00.000Z", zone)).toBe("03:00");
      expect(localTime("2027-11-07T05:59:59.999Z", zone)).toBe("01:59");
      expect(localTime("2027-11-07T06:00:00.000Z", zone)).toBe("01:00");
    }
  });
});

describe("hours that two windows share", () => {
  const nineToFive = { from: "09:00", to: "17:00" };
  it.each([
    [
      { from: "08:00", to: "12:00" },
      { from: "09:00", to: "12:00" },
    ],
    [
      { from: "10:00", to: "12:00" },
      { from: "10:00", to: "12:00" },
    ],
    [{ from: "08:00", to: "18:00" }, nineToFive],
    [
      { from: "16:00", to: "18:00" },
      { from: "16:00", to: "17:00" },
    ],
    [nineToFive, nineToFive],
    [{ from: "17:00", to: "18:00" }, undefined],
    [{ from: "07:00", to: "09:00" }, undefined],
    [{ from: "19:00", to: "20:00" }, undefined],
    [{ from: "06:00", to: "07:00" }, undefined],
  ])("of nine to five and %o are %o", (window, shared) => {
    expect(sharedWindow(nineToFive, window)).toEqual(shared);
    expect(sharedWindow(window, nineToFive)).toEqual(shared);
  });

  it("come again the next day, and never where there are none", () => {
    const closing = "2027-01-12T22:00:00.000Z";
    expect(nextInWindow(closing, nineToFive, newYork)).toBe("2027-01-13T14:00:00.000Z");
    const none = { from: "09:00", to: "09:00" };
    expect(nextInWindow(closing, none, newYork)).toBeUndefined();
  });
});

describe("somebody's own place", () => {
  it("stays where it has been since the first release", () => {
    expect(spread("p-4#check-in", 15)).toBe(4);
    expect(spread("p-2#check-in", 15)).toBe(14);
    expect(spread("", 10)).toBe(1);
  });

  it("is the first where there is one, or none", () => {
    expect(spread("p-4", 1)).toBe(0);
    expect(spread("p-4", 0)).toBe(0);
  });
});
