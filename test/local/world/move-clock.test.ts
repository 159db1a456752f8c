import { describe, expect, it } from "vitest";
import { targetOf } from "../../../local/world/move-clock.ts";

const now = Date.parse("2027-01-12T16:00:00.000Z");
const hour = 3_600_000;
const nextEvent = (at: number | undefined) => ({ nextEventAt: () => at });
const move = (fields: Readonly<Record<string, unknown>>, next?: number) =>
  targetOf(fields, now, nextEvent(next));

describe("the local clock", () => {
  it.each([
    ["by a duration", { advanceBy: "PT90M" }, now + 1.5 * hour],
    ["by a calendar month", { advanceBy: "P1M" }, Date.parse("2027-02-12T16:00:00.000Z")],
    ["to an instant", { advanceTo: "2027-01-12T17:00:00Z" }, now + hour],
    ["nowhere, to the instant that it is", { advanceTo: "2027-01-12T16:00:00Z" }, now],
  ])("moves forward %s", (_how, fields, target) => {
    expect(move(fields)).toBe(target);
  });

  it("moves to the next event, and stays where there is none or it is overdue", () => {
    for (const advanceToNext of [true, "true"]) {
      expect(move({ advanceToNext }, now + hour)).toBe(now + hour);
      expect(move({ advanceToNext }, now - hour)).toBe(now);
      expect(move({ advanceToNext })).toBe(now);
    }
  });

  it.each([
    ["by less than nothing", { advanceBy: "-PT1S" }],
    ["to an instant that has passed", { advanceTo: "2027-01-12T15:59:59.999Z" }],
    ["to last year", { advanceTo: "2026-01-12T16:00:00Z" }],
  ])("is never moved back: %s", (_how, fields) => {
    expect(move(fields)).toEqual({ problem: expect.stringContaining("only moves forward") });
  });

  it.each([
    ["further than ten years", { advanceBy: "P11Y" }, "too far"],
    ["by what is no duration", { advanceBy: "an hour" }, "ISO 8601 duration"],
    ["to what is no instant", { advanceTo: "tomorrow" }, "takes an instant"],
    ["by a number", { advanceBy: 60 }, "Say how far"],
    ["to no next", { advanceToNext: "no" }, "Say how far"],
    ["without a word", {}, "Say how far"],
  ])("is not moved %s, and says why", (_how, fields, sentence) => {
    expect(move(fields)).toEqual({ problem: expect.stringContaining(sentence) });
  });
});
