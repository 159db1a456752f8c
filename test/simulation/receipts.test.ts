import { describe, expect, it } from "vitest";
import { addDays, localDate, localTime } from "../../shared/care/time/zoned-time.ts";
import { keys } from "../../shared/keys/keys.ts";
import { fc } from "../builders/properties.ts";
import { Life } from "./life.ts";

const timeZone = "America/New_York";
const isQuiet = (instant: string) => {
  const time = localTime(instant, timeZone);
  return time < "09:00" || time >= "20:00";
};

/** A self-referral at a wall time, while the site is closed on some dates; what was sent within a week. */
async function referAt(wallTime: string, closedOn: readonly string[]) {
  const life = new Life(wallTime);
  await life.start();
  const key = keys.site("riverside");
  const site = await life.world.store.get("care", key.pk, key.sk);
  if (site === undefined) throw new Error("There is no such site");
  const closures = closedOn.map((on) => ({ on, words: "Closed" }));
  await life.world.store.transact([{ put: { table: "care", item: { ...site, closures } } }]);
  const sentAt = life.world.now();
  await life.refer();
  await life.until(`${addDays(wallTime.slice(0, 10), 7)} 20:00`);
  const steps = life.world.sent.map((message) => message.templateId);
  const at = (step: string) => life.world.sent[steps.indexOf(step)]?.at;
  return { sentAt, steps, received: at("intake-received"), asked: at("ask-forms") };
}

describe("the acknowledgement of a form that somebody has just sent", () => {
  it("goes before the request for forms, in the next hours that are not quiet, whatever day it is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 27 }),
        fc.integer({ min: 0, max: 24 * 60 - 1 }),
        fc.subarray([0, 1, 2]),
        async (day, minuteOfDay, closedDays) => {
          const date = addDays("2027-01-04", day);
          const time = new Date(minuteOfDay * 60_000).toISOString().slice(11, 16);
          const closedOn = closedDays.map((offset) => addDays(date, offset));
          const { sentAt, steps, received, asked } = await referAt(`${date} ${time}`, closedOn);
          if (received === undefined) throw new Error(`sent: ${steps.join()}`);
          expect(steps[0]).toBe("intake-received");
          // After days that are closed the reminder may be all that still makes sense.
          if (closedOn.length === 0) expect(steps[1]).toBe("ask-forms");
          expect(isQuiet(received)).toBe(false);
          if (!isQuiet(sentAt)) expect(received).toBe(sentAt);
          // From the evening it is the next morning, within a quarter of an hour of the end of the quiet hours.
          else expect(localTime(received, timeZone) < "09:15").toBe(true);
          if (asked !== undefined) expect(closedOn).not.toContain(localDate(asked, timeZone));
        },
      ),
      {
        numRuns: 25,
        examples: [
          // A Saturday on which the site is closed, an evening, the minute before the quiet hours, and after them.
          [5, 10 * 60, [0, 1]],
          [0, 21 * 60 + 30, []],
          [0, 19 * 60 + 59, []],
          [0, 9 * 60, []],
        ],
      },
    );
  }, 120_000);
});
