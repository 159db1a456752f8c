import { describe, expect, it } from "vitest";
import { templateValues } from "../../../shared/messages/template.ts";

/** A participant in Los Angeles whose site is in Denver; the visit is on Thursday at 09:00 in Denver. */
const place = {
  senderName: "Riverside Center",
  phone: "+15055550100",
  language: "en",
  timeZone: "America/Los_Angeles",
  now: "2027-01-13T20:00:00.000Z",
  aboutAt: "2027-01-14T16:00:00.000Z",
};

describe("the time of a visit in a message", () => {
  it("is the wall time at the site for a visit at the site, wherever the phone is", () => {
    expect(templateValues({ ...place, visitZone: "America/Denver" })).toMatchObject({
      time: "9:00 AM",
      dayWord: "tomorrow",
      date: "January 14",
    });
  });

  it("is the participant's own wall time for a visit online", () => {
    expect(templateValues({ ...place, visitZone: place.timeZone }).time).toBe("8:00 AM");
  });

  it("speaks of today and tomorrow as the participant's own calendar does", () => {
    // 23:30 on Wednesday in Los Angeles is Thursday already in Denver.
    const late = { ...place, now: "2027-01-14T07:30:00.000Z", visitZone: "America/Denver" };
    expect(templateValues(late).dayWord).toBe("tomorrow");
  });

  it("names both times of a visit that was moved", () => {
    const moved = { ...place, visitZone: "America/Denver", wasAt: "2027-01-15T20:30:00.000Z" };
    expect(templateValues(moved).was).toBe("Friday, 1:30 PM");
    expect(templateValues({ ...moved, language: "es" }).was).toMatch(/^el viernes, /);
  });
});
