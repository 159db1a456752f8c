import { describe, expect, it } from "vitest";
import {
  hasNamedOnCall,
  isStaffed,
  staffedMinutesLeft,
  staffedSpans,
} from "../../../../shared/care/program/staffed-time.ts";
import { buildSite } from "../../../builders/program.ts";

/** A Tuesday in New York, staffed from 08:00 to 18:00, which is 13:00 to 23:00 UTC. */
const on = "2027-01-12";
const utc = (hour: number, minute = 0) =>
  `${on}T${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00.000Z`;
const closedFrom = (from: string, to: string, more: { readonly on?: string } = {}) =>
  buildSite({ closures: [{ on, words: "Burst pipe", hours: { from, to }, ...more }] });

describe("a site that is closed for some hours of a day", () => {
  it.each<[string, string, string, readonly [number, number][]]>([
    [
      "in the middle",
      "10:00",
      "12:00",
      [
        [13, 15],
        [17, 23],
      ],
    ],
    ["from the morning on", "08:00", "12:00", [[17, 23]]],
    ["from before it opens", "06:00", "12:00", [[17, 23]]],
    ["to the evening", "12:00", "18:00", [[13, 17]]],
    ["until after it closes", "12:00", "20:00", [[13, 17]]],
    ["before it opens at all", "05:00", "07:00", [[13, 23]]],
    ["after it has closed", "19:00", "21:00", [[13, 23]]],
    ["all the while", "07:00", "19:00", []],
  ])("%s is staffed in what is left", (_when, from, to, left) => {
    const spans = left.map(([start, end]) => ({ from: utc(start), to: utc(end) }));
    expect(staffedSpans(closedFrom(from, to), on)).toEqual(spans);
  });

  it("is as ever on the days before and after", () => {
    const other = closedFrom("10:00", "12:00", { on: "2027-01-13" });
    expect(staffedSpans(other, on)).toEqual([{ from: utc(13), to: utc(23) }]);
  });
});

it("hours are in the order of the day, however a site wrote them down", () => {
  const site = buildSite({
    staffedHours: [
      { dayOfWeek: 2, from: "14:00", to: "18:00" },
      { dayOfWeek: 2, from: "08:00", to: "12:00" },
    ],
  });
  expect(staffedSpans(site, on).map(({ from }) => from)).toEqual([utc(13), utc(19)]);
  expect(staffedMinutesLeft(site, utc(16, 30))).toBe(30);
  expect(staffedMinutesLeft(site, utc(18))).toBe(0);
  expect(staffedMinutesLeft(site, utc(19))).toBe(240);
  expect(isStaffed(site, utc(18))).toBe(false);
  expect(isStaffed(site, utc(12, 59))).toBe(false);
});

it("whoever is in the rota is named from the first minute of their shift, and not at its end", () => {
  const { onCall: _nobody, ...site } = buildSite({});
  const shift = { from: utc(13), to: utc(15), tier: "primary", staffId: "avery" };
  const rota = [{ ...shift, name: "Avery Chen", phone: "+12125550113" }] as never;
  expect(hasNamedOnCall({ ...site, rota }, utc(12, 59))).toBe(false);
  expect(hasNamedOnCall({ ...site, rota }, utc(13))).toBe(true);
  expect(hasNamedOnCall({ ...site, rota }, utc(15))).toBe(false);
});
