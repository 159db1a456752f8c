import { describe, expect, it } from "vitest";
import { makeBill, totalOf } from "../../../cli/cost/bill.ts";
import type { CountedUsage } from "../../../cli/cost/counted-usage.ts";
import { flatPart } from "../../../cli/cost/flat-part.ts";
import { parsePriceFile, readPriceFile } from "../../../cli/cost/price-file.ts";

const idle = { calls: 0, milliseconds: 0, memoryMb: 512, readUnits: 0, writeUnits: 0 };

/** Two people; round numbers, so that every line can be checked by hand. */
const usage: CountedUsage = {
  participants: 2,
  transitions: { total: 800, executions: 20, byWorkflow: { intake: 800 } },
  functions: {
    "advance-care": { ...idle, calls: 1000, milliseconds: 40_000, readUnits: 200, writeUnits: 600 },
  },
  tables: { calls: 10, storedBytes: 2_000_000 },
  archive: { puts: 40, bytes: 2000 },
  email: { messages: 4, bytes: 8000 },
  sms: { messages: 60, parts: 80 },
  reports: 100,
  logBytes: 4_000_000,
  keyCalls: 400,
  http: { participantRequests: 100, staffRequests: 100, responseBytes: 2_000_000 },
  sweep: { ...idle, calls: 1, milliseconds: 100, readUnits: 30 },
  messages: { welcome: 64 },
  days: 426.125,
};

describe("the bill", () => {
  const prices = readPriceFile();
  const bill = makeBill(usage, prices, 35);
  const dollarsOf = (what: string) =>
    bill.perPathway.find((line) => line.what === what)?.dollars ?? Number.NaN;

  it("is usage times price, for one of the group", () => {
    expect(dollarsOf("state transitions")).toBeCloseTo(400 * 0.000025, 10);
    expect(dollarsOf("GB-seconds")).toBeCloseTo(10 * 0.0000133334, 10);
    expect(dollarsOf("write units")).toBeCloseTo(300 * 0.000000625, 12);
    expect(dollarsOf("emails")).toBeCloseTo(2 * 0.0001, 10);
    expect(dollarsOf("GB of logs")).toBeCloseTo(0.002 * 0.5, 10);
    expect(bill.months).toBeCloseTo(14, 6);
  });

  it("shows texts apart: AWS's fee and an estimate of the carriers'", () => {
    expect(bill.perPathway.some((line) => line.service === "SMS")).toBe(false);
    expect(bill.textsPerPathway.map((line) => line.quantity)).toEqual([40, 40]);
    expect(bill.textsPerPathway[0]?.dollars).toBeCloseTo(40 * 0.00581, 10);
    expect(bill.textsPerPathway[1]?.what).toContain("estimate");
  });

  it("counts what is kept with every backup", () => {
    expect(bill.keptPerMonth.find((line) => line.service === "Backup")?.quantity).toBeCloseTo(
      0.001 * 35,
      10,
    );
  });

  it("itemises the flat part, with a sweep every minute", () => {
    expect(bill.flatPerMonth.length).toBeGreaterThan(flatPart.length);
    expect(bill.flatPerMonth.find((line) => line.what === "calls of the sweep")?.quantity).toBe(
      43_800,
    );
    expect(totalOf(bill.flatPerMonth)).toBeGreaterThan(
      totalOf(bill.flatPerMonth.filter((line) => line.service === "KMS")),
    );
  });
});

describe("the price file", () => {
  it("names a source for every price and says which were not confirmed", () => {
    const { prices, takenOn } = readPriceFile();
    expect(takenOn).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(Object.values(prices).every(({ source }) => source.length > 10)).toBe(true);
    expect(prices["state-transition"].isConfirmed).toBe(true);
    expect(prices["sms-carrier-part"].isConfirmed).toBe(false);
  });

  it.each([
    ["a price is missing", { prices: {} }],
    ["there is no date", { takenOn: "last week" }],
    ["it is of another region", { region: "eu-west-1" }],
  ])("is refused where %s", (_name, change) => {
    expect(() => parsePriceFile({ ...readPriceFile(), ...change })).toThrow();
  });
});
