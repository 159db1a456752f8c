import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../../shared/care/change/change.ts";
import type { Site } from "../../../../shared/care/program/site.ts";
import { closeDays } from "../../../../workflows/run/commands/site-commands.ts";
import { buildSite } from "../../../builders/program.ts";

const now = "2027-01-04T15:00:00.000Z";
const holiday = { on: "2027-01-18", words: "Martin Luther King Day" };
const site: Site = { ...buildSite(), closures: [holiday] };
const closing = { siteId: site.siteId, words: "Burst pipe" };

function closed(of: Site, more: Parameters<typeof closeDays>[2]) {
  const change = closeDays(of, now, more);
  if (isRefusal(change)) throw new Error(change.sentence);
  return change.fields.closures;
}

describe("days that a site closes in one go", () => {
  it("leave a holiday among them closed, when the others are held online or closed for some hours", () => {
    const range = { ...closing, on: "2027-01-17", until: "2027-01-19" };
    const onlineAddress = "https://meet.example.org/a";
    expect(closed(site, { ...range, onlineAddress })).toEqual([
      { on: "2027-01-17", words: "Burst pipe", onlineAddress },
      holiday,
      { on: "2027-01-19", words: "Burst pipe", onlineAddress },
    ]);
    const hours = { from: "12:00", to: "18:00" };
    expect(closed(site, { ...range, hours })?.[1]).toEqual(holiday);
  });

  it("are as the newest says where it closes the whole day, or speaks of that day alone", () => {
    const whole = { ...closing, on: "2027-01-17", until: "2027-01-19" };
    expect(closed(site, whole)?.[1]).toEqual({ on: "2027-01-18", words: "Burst pipe" });
    const onlineAddress = "https://meet.example.org/a";
    expect(closed(site, { ...closing, on: holiday.on, onlineAddress })).toEqual([
      { on: holiday.on, words: "Burst pipe", onlineAddress },
    ]);
  });
});
