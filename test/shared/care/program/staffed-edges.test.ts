import { describe, expect, it } from "vitest";
import {
  addStaffedMinutes,
  endOfNextStaffedDay,
  hasNamedOnCall,
  isStaffed,
  nextInstantWithStaffedMinutes,
  nextStaffedInstant,
  staffedMinutesLeft,
  staffedSpans,
} from "../../../../shared/care/program/staffed-time.ts";
import { withMinutes } from "../../../../shared/care/sessions/hours.ts";
import { addDays } from "../../../../shared/care/time/zoned-time.ts";
import { buildSite } from "../../../builders/program.ts";

/** Tuesday, 12 January 2027, in New York: five hours behind. Staffed from eight to six. */
const tuesday = "2027-01-12";
const at = (time: string, day = tuesday) =>
  new Date(Date.parse(`${day}T${time}:00.000Z`) + 5 * 3_600_000).toISOString();
const site = buildSite();
const inParts = buildSite({
  staffedHours: [
    { dayOfWeek: 2, from: "14:00", to: "18:00" },
    { dayOfWeek: 2, from: "08:00", to: "12:00" },
  ],
});
const closedDays = (from: string, days: number) =>
  buildSite({
    closures: Array.from({ length: days }, (_, index) => ({
      on: addDays(from, index),
      words: "closed",
    })),
  });

describe("the hours of a day on which the site is closed for a part of it", () => {
  const closedFor = (...hours: readonly (readonly [string, string])[]) =>
    staffedSpans(
      buildSite({
        closures: hours.map(([from, to]) => ({
          on: tuesday,
          words: "closed",
          hours: { from, to },
        })),
      }),
      tuesday,
    );
  const span = (from: string, to: string) => ({ from: at(from), to: at(to) });

  it.each([
    ["in the middle", [["12:00", "13:00"]], [span("08:00", "12:00"), span("13:00", "18:00")]],
    ["from its beginning", [["08:00", "10:00"]], [span("10:00", "18:00")]],
    ["to its end", [["16:00", "18:00"]], [span("08:00", "16:00")]],
    ["over its beginning", [["07:00", "09:00"]], [span("09:00", "18:00")]],
    ["over its end", [["17:00", "19:00"]], [span("08:00", "17:00")]],
    ["before it", [["06:00", "07:00"]], [span("08:00", "18:00")]],
    ["after it", [["19:00", "20:00"]], [span("08:00", "18:00")]],
    ["all of it", [["08:00", "18:00"]], []],
    [
      "twice",
      [
        ["12:00", "13:00"],
        ["15:00", "16:00"],
      ],
      [span("08:00", "12:00"), span("13:00", "15:00"), span("16:00", "18:00")],
    ],
  ] as const)("are what is left of it: %s", (_what, hours, left) => {
    expect(closedFor(...hours)).toEqual(left);
  });

  it("are told in their order, however they were written down", () => {
    expect(staffedSpans(inParts, tuesday)).toEqual([
      span("08:00", "12:00"),
      span("14:00", "18:00"),
    ]);
    expect(nextStaffedInstant(inParts, at("07:00"))).toBe(at("08:00"));
  });
});

describe("whether somebody is there", () => {
  it.each([
    ["07:59", false, 0],
    ["08:00", true, 240],
    ["11:59", true, 1],
    ["12:00", false, 0],
    ["13:00", false, 0],
    ["14:00", true, 240],
    ["18:00", false, 0],
  ])("at %s: %s, for %i minutes more", (time, isThere, minutes) => {
    expect(isStaffed(inParts, at(time))).toBe(isThere);
    expect(staffedMinutesLeft(inParts, at(time))).toBe(minutes);
  });

  it("or somebody is named by the rota, from its first instant until before its last", () => {
    const [named] = [site.onCall];
    if (named === undefined) throw new Error("The site names nobody");
    const { onCall: _standing, ...rest } = site;
    const rota = [{ ...named, from: at("08:00"), to: at("20:00") }];
    const isNamed = (time: string) => hasNamedOnCall({ ...rest, rota }, at(time));
    expect([isNamed("07:59"), isNamed("08:00"), isNamed("19:59"), isNamed("20:00")]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(hasNamedOnCall(site, at("03:00"))).toBe(true);
  });
});

describe("staffed minutes", () => {
  it("begin the next morning where staff have left, and where they are just leaving", () => {
    const wednesday = (time: string) => at(time, "2027-01-13");
    expect(addStaffedMinutes(site, at("18:30"), 60)).toBe(wednesday("09:00"));
    expect(addStaffedMinutes(site, at("18:00"), 0)).toBe(wednesday("08:00"));
    expect(addStaffedMinutes(site, at("17:30"), 30)).toBe(at("18:00"));
    expect(addStaffedMinutes(site, at("17:30"), 31)).toBe(wednesday("08:01"));
  });

  it("are looked for on sixty days ahead, and no more: then time simply passes", () => {
    // The sixtieth day after Tuesday, 12 January is Saturday, 13 March; after Friday, 15 January it is a Tuesday.
    const friday = "2027-01-15";
    const sixtieth = addDays(friday, 60);
    const noon = at("12:00", friday);
    const opens = `${sixtieth}T12:00:00.000Z`;
    const sixty = closedDays(friday, 60);
    expect(nextStaffedInstant(sixty, noon)).toBe(opens);
    expect(nextInstantWithStaffedMinutes(sixty, noon, 600)).toBe(opens);
    expect(addStaffedMinutes(sixty, noon, 60)).toBe(`${sixtieth}T13:00:00.000Z`);
    expect(endOfNextStaffedDay(sixty, noon)).toBe(`${sixtieth}T22:00:00.000Z`);
    const more = closedDays(friday, 61);
    expect(nextStaffedInstant(more, noon)).toBe(noon);
    expect(nextInstantWithStaffedMinutes(more, noon, 600)).toBe(noon);
    expect(addStaffedMinutes(more, noon, 60)).toBe(at("13:00", friday));
    expect(endOfNextStaffedDay(more, noon)).toBe(at("12:00", "2027-01-16"));
  });
});

describe("the minutes of a week", () => {
  it("change on their own day of their own week", () => {
    const weeks = [1, 2].map((week) => ({
      week,
      attendedMinutes: 180,
      byDay: { "2027-01-12": 180 },
    })) as unknown as Parameters<typeof withMinutes>[0];
    const [first, second] = withMinutes(weeks, 2, "2027-01-12", -30);
    expect(first).toBe(weeks[0]);
    expect(second).toMatchObject({ attendedMinutes: 150, byDay: { "2027-01-12": 150 } });
    expect(withMinutes(weeks, 2, "2027-01-14", 60)[1]).toMatchObject({
      attendedMinutes: 240,
      byDay: { "2027-01-12": 180, "2027-01-14": 60 },
    });
  });
});
