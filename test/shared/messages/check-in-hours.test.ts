import { describe, expect, it } from "vitest";
import { nextForCheckIn, planCheckInInstants } from "../../../shared/messages/check-in-hours.ts";
import type { PlanTiming } from "../../../shared/messages/plan-instants.ts";
import { buildSite } from "../../builders/program.ts";

/** Staffed from eight to six on workdays, in New York: five hours behind in winter, four in summer. */
const site = buildSite();

/** A check-in's message that is due at once, for somebody whose own place is the fourth minute. */
function dueAt(now: string, more: Partial<PlanTiming> = {}, row: Partial<PlanTiming["row"]> = {}) {
  return planCheckInInstants(
    {
      row: {
        step: "check-in",
        class: "routine",
        offsetMinutes: 0,
        window: { from: "09:00", to: "19:00" },
        expiresAfterHours: 48,
        ...row,
      },
      now,
      anchorAt: now,
      timeZone: "America/New_York",
      participantId: "p-4",
      ...more,
    },
    site,
  );
}

const tuesdayAtEleven = "2027-01-12T16:00:00.000Z";
const saturday = "2027-01-16T16:00:00.000Z";

describe("the message of a check-in", () => {
  it("goes at once while four staffed hours are left, and makes sense for its own time", () => {
    expect(dueAt(tuesdayAtEleven)).toEqual({
      sendAt: tuesdayAtEleven,
      expiresAt: "2027-01-14T16:00:00.000Z",
      isTooLate: false,
    });
    const twoInTheAfternoon = "2027-01-12T19:00:00.000Z";
    expect(nextForCheckIn(site, twoInTheAfternoon)).toBe(twoInTheAfternoon);
    expect(dueAt(twoInTheAfternoon).sendAt).toBe(twoInTheAfternoon);
  });

  it("waits for the next staffed morning where fewer are left, at each one's own minute", () => {
    expect(dueAt("2027-01-12T19:01:00.000Z").sendAt).toBe("2027-01-13T14:04:00.000Z");
    const another = dueAt("2027-01-12T19:01:00.000Z", { participantId: "p-3" });
    expect(another.sendAt).toBe("2027-01-13T14:08:00.000Z");
  });

  it("goes on Monday where it falls on a Saturday, and makes sense for as long from there", () => {
    expect(dueAt(saturday)).toEqual({
      sendAt: "2027-01-18T14:04:00.000Z",
      expiresAt: "2027-01-20T14:04:00.000Z",
      isTooLate: false,
    });
  });

  it("goes at the staffed hour itself where the participant's hours have begun by then", () => {
    const early = dueAt(saturday, {}, { window: { from: "07:00", to: "19:00" } });
    expect(early.sendAt).toBe("2027-01-18T13:04:00.000Z");
  });

  it("makes no sense past the end of what it asks for, and is too late from there", () => {
    const ends = (endsAt: string) => dueAt(saturday, { endsAt });
    expect(ends("2027-01-19T12:00:00.000Z")).toEqual({
      sendAt: "2027-01-18T14:04:00.000Z",
      expiresAt: "2027-01-19T12:00:00.000Z",
      isTooLate: false,
    });
    expect(ends("2027-01-25T12:00:00.000Z").expiresAt).toBe("2027-01-20T14:04:00.000Z");
    expect(ends("2027-01-18T14:04:00.001Z").isTooLate).toBe(false);
    expect(ends("2027-01-18T14:04:00.000Z").isTooLate).toBe(true);
    expect(ends("2027-01-17T12:00:00.000Z").isTooLate).toBe(true);
  });

  it("keeps to the opening hour where the own minute is past the hours", () => {
    const short = dueAt(saturday, {}, { window: { from: "09:00", to: "09:03" } });
    expect(short.sendAt).toBe("2027-01-18T14:00:00.000Z");
  });
});

describe("a participant far from the site", () => {
  const honolulu = { timeZone: "Pacific/Honolulu" };

  it("is asked at nine in winter, when it is two at the site: not a minute later", () => {
    expect(dueAt("2027-01-16T20:00:00.000Z", honolulu)).toMatchObject({
      sendAt: "2027-01-18T19:00:00.000Z",
      isTooLate: false,
    });
  });

  it("is left to a person in summer, when nine is three at the site", () => {
    expect(dueAt("2027-07-12T19:00:00.000Z", honolulu)).toEqual({
      sendAt: "2027-07-12T19:00:00.000Z",
      expiresAt: "2027-07-14T19:00:00.000Z",
      isTooLate: true,
    });
  });

  it("is looked ahead for on fourteen workdays, and no more", () => {
    // The clocks of New York go back on Sunday, November 7: the Monday after is the first day that suits both.
    expect(dueAt("2027-10-19T19:00:00.000Z", honolulu)).toMatchObject({
      sendAt: "2027-11-08T19:00:00.000Z",
      isTooLate: false,
    });
    expect(dueAt("2027-10-18T19:00:00.000Z", honolulu).isTooLate).toBe(true);
  });

  it("is left to a person where the hours of the plan are none", () => {
    const never = dueAt(saturday, {}, { window: { from: "09:00", to: "09:00" } });
    expect(never).toMatchObject({ sendAt: saturday, isTooLate: true });
  });
});
