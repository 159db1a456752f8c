import { describe, expect, it } from "vitest";
import { topicOf, topicOfSession } from "../../../../shared/care/sessions/topic-of.ts";
import { addDays } from "../../../../shared/care/time/zoned-time.ts";
import { fc } from "../../../builders/properties.ts";

const services = {
  topicSeries: [
    {
      series: "coping-skills",
      slot: "fri-psychoeducation",
      startsOn: "2027-01-04",
      topics: [
        { en: "Grounding", es: "Anclaje" },
        { en: "Thoughts and facts", es: "Pensamientos y hechos" },
        { en: "Sleep" },
      ],
    },
  ],
};
const slot = "fri-psychoeducation";
const on = (day: string, language?: string) => topicOf(services, { slot, on: day }, language);

describe("the topic of a group", () => {
  it("is the week's, whatever day of it, and begins anew after the last", () => {
    expect(on("2027-01-03")).toBeUndefined();
    expect([on("2027-01-04"), on("2027-01-10")]).toEqual(["Grounding", "Grounding"]);
    expect(on("2027-01-15")).toBe("Thoughts and facts");
    expect(on("2027-01-22")).toBe("Sleep");
    expect(on("2027-01-29")).toBe("Grounding");
  });

  it("is in the reader's language where there are words for it", () => {
    expect(on("2027-01-15", "es")).toBe("Pensamientos y hechos");
    expect(on("2027-01-22", "es")).toBe("Sleep");
  });

  it("is of that group alone, and stays with a session that was moved into another week", () => {
    expect(topicOf(services, { slot: "mon-group", on: "2027-01-15" })).toBeUndefined();
    expect(topicOf(undefined, { slot, on: "2027-01-15" })).toBeUndefined();
    const moved = {
      slot,
      on: "2027-01-18",
      groupSessionId: "riverside:adult-iop:2027-01-15:fri-psychoeducation",
    };
    expect(topicOfSession(services, moved)).toBe("Thoughts and facts");
  });

  it("is for so many weeks as there are topics another one each week", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), (weeks) => {
        const first = addDays("2027-01-04", weeks * 7);
        const three = [0, 7, 14].map((days) => on(addDays(first, days)));
        expect(new Set(three).size).toBe(3);
        expect(on(addDays(first, 21))).toBe(three[0]);
      }),
    );
  });
});
