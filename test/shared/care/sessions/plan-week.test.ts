import { describe, expect, it } from "vitest";
import { planWeek, weekEndsAt, weekEndsOn } from "../../../../shared/care/sessions/plan-week.ts";
import { minutesBetween } from "../../../../shared/care/time/instants.ts";
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
import { buildProgram, buildSite } from "../../../builders/program.ts";
import { fc } from "../../../builders/properties.ts";
import { nextTestId } from "../../../builders/state.ts";

/** Every zone in which a program in the United States can run, those with rules of their own included. */
const zones = [
  "America/New_York",
  "America/Detroit",
  "America/Kentucky/Louisville",
  "America/Kentucky/Monticello",
  "America/Indiana/Indianapolis",
  "America/Indiana/Vincennes",
  "America/Indiana/Winamac",
  "America/Indiana/Marengo",
  "America/Indiana/Petersburg",
  "America/Indiana/Vevay",
  "America/Indiana/Tell_City",
  "America/Indiana/Knox",
  "America/Chicago",
  "America/Menominee",
  "America/North_Dakota/Center",
  "America/North_Dakota/New_Salem",
  "America/North_Dakota/Beulah",
  "America/Denver",
  "America/Boise",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "America/Juneau",
  "America/Sitka",
  "America/Metlakatla",
  "America/Yakutat",
  "America/Nome",
  "America/Adak",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
  "America/St_Thomas",
  "Pacific/Guam",
  "Pacific/Saipan",
  "Pacific/Pago_Pago",
];
const withoutSummerTime = [
  "America/Phoenix",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
  "America/St_Thomas",
  "Pacific/Guam",
  "Pacific/Saipan",
  "Pacific/Pago_Pago",
];

/** The Mondays of the weeks whose Sunday changes the clocks in 2027, and of the weeks around them. */
const changes = [
  { name: "spring", sunday: "2027-03-14" },
  { name: "autumn", sunday: "2027-11-07" },
];

describe("planning a week across a change of the clocks", () => {
  describe.each(changes)("in $name", ({ sunday }) => {
    it.each(zones)("keeps the hour on the wall and the length in %s", (timeZone) => {
      const site = buildSite({ timeZone });
      const program = buildProgram();
      const before = mondayOf(sunday);
      for (const startsOn of [before, addDays(before, 7)]) {
        const { sessions, isFullWeek } = planWeek(program, site, {
          week: 1,
          startsOn,
          now: `${addDays(startsOn, -3)}T00:00:00.000Z`,
          newId: nextTestId,
          episodeId: "01JHTEST0000000000000000E1",
        });
        expect(isFullWeek).toBe(true);
        expect(sessions.map((session) => session.slot)).toEqual(
          program.sessions.map((slot) => slot.slot),
        );
        for (const [index, session] of sessions.entries()) {
          const slot = program.sessions[index];
          expect(localTime(session.scheduledStartAt, timeZone)).toBe(slot?.startTime);
          expect(localDate(session.scheduledStartAt, timeZone)).toBe(session.on);
          expect(dayOfWeek(session.on)).toBe(slot?.dayOfWeek);
          expect(minutesBetween(session.scheduledStartAt, session.scheduledEndAt)).toBe(180);
        }
      }
    });

    it.each(zones)(
      "makes the week an hour shorter or longer only where clocks change: %s",
      (timeZone) => {
        const site = buildSite({ timeZone });
        const monday = mondayOf(sunday);
        const hours =
          minutesBetween(weekEndsAt(addDays(monday, -7), site), weekEndsAt(monday, site)) / 60;
        const isSpring = sunday === "2027-03-14";
        const changed = isSpring ? 167 : 169;
        expect(hours).toBe(withoutSummerTime.includes(timeZone) ? 168 : changed);
      },
    );
  });

  it("moves a time that the clocks skip forward, and takes the first of one that comes twice", () => {
    expect(instantAt("2027-03-14", "02:30", "America/New_York")).toBe("2027-03-14T07:30:00.000Z");
    expect(instantAt("2027-11-07", "01:30", "America/New_York")).toBe("2027-11-07T05:30:00.000Z");
  });

  it("reads a wall time back wherever the clocks do not skip it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 364 }),
        fc.integer({ min: 3 * 60, max: 23 * 60 + 59 }),
        (timeZone, day, minutes) => {
          const date = addDays("2027-01-01", day);
          const time = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
          const instant = instantAt(date, time, timeZone);
          expect(localTime(instant, timeZone)).toBe(time);
          expect(localDate(instant, timeZone)).toBe(date);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("planning a week", () => {
  const site = buildSite();
  const plan = (options: { startsOn?: string; now?: string; week?: number } = {}, at = site) =>
    planWeek(buildProgram(), at, {
      week: options.week ?? 1,
      startsOn: options.startsOn ?? "2027-01-11",
      now: options.now ?? "2027-01-10T00:00:00.000Z",
      newId: nextTestId,
      episodeId: "01JHTEST0000000000000000E1",
    });

  it("leaves out what has begun before the admission and labels the week as a part week", () => {
    const planned = plan({ now: "2027-01-13T18:00:00.000Z" });
    expect(planned.sessions.map((session) => session.slot)).toEqual(["thu-individual"]);
    expect(planned.left.map((left) => left.why)).toEqual(["before-admission", "before-admission"]);
    expect(planned.isFullWeek).toBe(false);
  });

  it("plans the sessions of closed days as cancelled for it", () => {
    const closed = buildSite({ closures: [{ on: "2027-01-13", words: "snow" }] });
    const planned = plan({}, closed);
    expect(planned.left).toEqual([]);
    expect(
      planned.sessions.map(({ slot, status, cancelledFor }) => [slot, status, cancelledFor]),
    ).toEqual([
      ["mon-group", "planned", undefined],
      ["wed-skills", "cancelled", "site-closed"],
      ["thu-individual", "planned", undefined],
    ]);
  });

  it("holds a session of every second week in weeks 1 and 3", () => {
    const program = buildProgram();
    const [first] = program.sessions;
    const everySecond = {
      ...program,
      sessions: first === undefined ? [] : [{ ...first, everyWeeks: 2 }],
    };
    const held = [1, 2, 3].map(
      (week) =>
        planWeek(everySecond, site, {
          week,
          startsOn: "2027-01-11",
          now: "2027-01-10T00:00:00.000Z",
          newId: nextTestId,
          episodeId: "01JHTEST0000000000000000E1",
        }).sessions.length,
    );
    expect(held).toEqual([1, 0, 1]);
  });

  it("ends on Sunday and is over at midnight where the site is", () => {
    expect(weekEndsOn("2027-01-11")).toBe("2027-01-17");
    expect(weekEndsAt("2027-01-11", site)).toBe("2027-01-18T05:00:00.000Z");
  });

  it("shares the group's session with others and keeps the person's own", () => {
    const [session] = plan().sessions;
    expect(session).toMatchObject({
      groupSessionId: "riverside:adult-iop:2027-01-11:mon-group",
      sk: "SESSION#2027-01-11#mon-group",
      counts: true,
    });
  });
});

describe("dates", () => {
  it("know weeks, ages and zones", () => {
    expect(mondayOf("2027-01-17")).toBe("2027-01-11");
    expect(isoWeekKey("2027-01-03")).toBe("2026-W53");
    expect(daysBetween("2027-03-01", "2027-02-27")).toBe(-2);
    expect(ageInYears("2009-01-13", "2027-01-12")).toBe(17);
    expect(ageInYears("2009-01-12", "2027-01-12")).toBe(18);
    expect(isKnownTimeZone("America/Boise")).toBe(true);
    expect(isKnownTimeZone("America/Nowhere")).toBe(false);
  });
});
