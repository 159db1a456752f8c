import { describe, expect, it } from "vitest";
import {
  addStaffedMinutes,
  endOfNextStaffedDay,
  hasNamedOnCall,
  isStaffed,
  nextInstantWithStaffedMinutes,
  nextStaffedInstant,
  staffedMinutesLeft,
} from "../../../../shared/care/program/staffed-time.ts";
import { mayAskSafely, mayAskSafelyFrom } from "../../../../shared/care/safety/may-ask-safely.ts";
import { toInstant } from "../../../../shared/care/time/instants.ts";
import { buildSite } from "../../../builders/program.ts";
import { fc } from "../../../builders/properties.ts";

/** Staffed on workdays from 08:00 to 18:00 in New York, closed on Thursday the 14th. */
const site = buildSite({ closures: [{ on: "2027-01-14", words: "training" }] });
const nobody = buildSite({ staffedHours: [] });

const instant = fc
  .integer({ min: Date.parse("2027-01-01"), max: Date.parse("2027-12-20") })
  .map((ms) => toInstant(Math.floor(ms / 60_000) * 60_000));

describe("staffed time", () => {
  it("is the site's hours on its own clock, without closures", () => {
    expect(isStaffed(site, "2027-01-12T13:00:00.000Z")).toBe(true);
    expect(isStaffed(site, "2027-01-12T23:00:00.000Z")).toBe(false);
    expect(isStaffed(site, "2027-01-14T15:00:00.000Z")).toBe(false);
    expect(isStaffed(site, "2027-01-16T15:00:00.000Z")).toBe(false);
    expect(staffedMinutesLeft(site, "2027-01-12T19:30:00.000Z")).toBe(210);
    expect(staffedMinutesLeft(site, "2027-01-16T15:00:00.000Z")).toBe(0);
  });

  it("starts next where the doors open next", () => {
    expect(nextStaffedInstant(site, "2027-01-12T15:00:00.000Z")).toBe("2027-01-12T15:00:00.000Z");
    expect(nextStaffedInstant(site, "2027-01-13T23:00:00.000Z")).toBe("2027-01-15T13:00:00.000Z");
    expect(endOfNextStaffedDay(site, "2027-01-13T15:00:00.000Z")).toBe("2027-01-15T23:00:00.000Z");
  });

  it("passes only while somebody is there", () => {
    expect(addStaffedMinutes(site, "2027-01-13T22:30:00.000Z", 60)).toBe(
      "2027-01-15T13:30:00.000Z",
    );
    expect(addStaffedMinutes(site, "2027-01-15T22:59:00.000Z", 601)).toBe(
      "2027-01-18T23:00:00.000Z",
    );
  });

  it("of at least four hours begins in the morning, not in the late afternoon", () => {
    expect(nextInstantWithStaffedMinutes(site, "2027-01-12T19:00:00.000Z", 240)).toBe(
      "2027-01-12T19:00:00.000Z",
    );
    expect(nextInstantWithStaffedMinutes(site, "2027-01-12T19:01:00.000Z", 240)).toBe(
      "2027-01-13T13:00:00.000Z",
    );
    const mornings = buildSite({
      staffedHours: [{ dayOfWeek: 1, from: "09:00", to: "11:00" }],
    });
    expect(nextInstantWithStaffedMinutes(mornings, "2027-01-12T19:01:00.000Z", 240)).toBe(
      "2027-01-18T14:00:00.000Z",
    );
  });

  it("of a site with no hours at all is plain time: nothing is due never", () => {
    const at = "2027-01-12T15:00:00.000Z";
    expect(nextStaffedInstant(nobody, at)).toBe(at);
    expect(addStaffedMinutes(nobody, at, 90)).toBe("2027-01-12T16:30:00.000Z");
    expect(endOfNextStaffedDay(nobody, at)).toBe("2027-01-13T15:00:00.000Z");
  });

  it("never runs backwards, ends while staffed, and adds up, also across changes of the clocks", () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 3000 }),
        (from, first, second) => {
          const middle = addStaffedMinutes(site, from, first);
          expect(middle > from).toBe(true);
          expect(isStaffed(site, toInstant(Date.parse(middle) - 60_000))).toBe(true);
          expect(addStaffedMinutes(site, middle, second)).toBe(
            addStaffedMinutes(site, from, first + second),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("questions that can raise an alert", () => {
  const { onCall: _onCall, ...bare } = site;

  it("are asked by link while the site is staffed for two more hours, or somebody is named", () => {
    expect(mayAskSafely(bare, "2027-01-12T21:00:00.000Z")).toBe(true);
    expect(mayAskSafely(bare, "2027-01-12T21:01:00.000Z")).toBe(false);
    expect(mayAskSafely(site, "2027-01-16T03:00:00.000Z")).toBe(true);
  });

  it("are asked again from the next morning on", () => {
    expect(mayAskSafelyFrom(bare, "2027-01-12T21:01:00.000Z")).toBe("2027-01-13T13:00:00.000Z");
  });
});

describe("the on-call", () => {
  it("is named by the rota, or stands by where no entry covers the instant", () => {
    const { onCall, ...bare } = buildSite();
    expect(hasNamedOnCall(bare, "2027-01-12T15:00:00.000Z")).toBe(false);
    expect(hasNamedOnCall(buildSite(), "2027-01-12T15:00:00.000Z")).toBe(true);
    const person = { staffId: "avery", name: "Avery (fictional)", phone: "+12125550113" };
    const rota = [
      {
        from: "2027-01-12T00:00:00.000Z",
        to: "2027-01-13T00:00:00.000Z",
        primary: onCall?.primary ?? person,
        backup: person,
        supervisor: person,
      },
    ];
    expect(hasNamedOnCall({ ...bare, rota }, "2027-01-12T15:00:00.000Z")).toBe(true);
    expect(hasNamedOnCall({ ...bare, rota }, "2027-01-13T00:00:00.000Z")).toBe(false);
  });
});
