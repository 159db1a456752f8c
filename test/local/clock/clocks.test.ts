import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installHostClock, systemClock } from "../../../local/clock/host-clock.ts";
import { VirtualClock } from "../../../local/clock/virtual-clock.ts";

const DAY_MS = 86_400_000;
const START = Date.parse("2026-11-24T14:40:00.000Z");

describe("virtual clock", () => {
  let dataFolder: string;
  let real: number;
  const realNowMs = () => real;

  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), "throughcare-clock-"));
    real = START;
  });

  afterEach(() => rmSync(dataFolder, { recursive: true }));

  it("runs with real time until it is moved", () => {
    const clock = new VirtualClock({ dataFolder, realNowMs });
    real += 1500;
    expect(clock.now()).toBe("2026-11-24T14:40:01.500Z");
  });

  it("keeps running with real time after a move", () => {
    const clock = new VirtualClock({ dataFolder, realNowMs });
    clock.advanceTo(START + 30 * DAY_MS);
    real += 10;
    expect(clock.nowEpochMs()).toBe(START + 30 * DAY_MS + 10);
  });

  it("takes up where it was when its process is killed and another one starts later", () => {
    new VirtualClock({ dataFolder, realNowMs }).advanceTo(START + DAY_MS);
    real += 5000;
    expect(new VirtualClock({ dataFolder, realNowMs }).nowEpochMs()).toBe(START + DAY_MS + 5000);
    expect(readdirSync(dataFolder)).toEqual(["clock.json"]);
  });

  it("never goes back when it is advanced to a time that has passed", () => {
    const clock = new VirtualClock({ realNowMs });
    clock.advanceTo(START + DAY_MS);
    clock.advanceTo(START);
    expect(clock.nowEpochMs()).toBe(START + DAY_MS);
  });

  it("stands still where it was set when it is frozen, also after a restart", () => {
    const clock = new VirtualClock({
      dataFolder,
      frozen: true,
      startAtEpochMs: START - DAY_MS,
      realNowMs,
    });
    real += 60_000;
    expect(clock.nowEpochMs()).toBe(START - DAY_MS);
    clock.set(START + DAY_MS);
    real += 60_000;
    const again = new VirtualClock({ dataFolder, frozen: true, realNowMs });
    expect(again.nowEpochMs()).toBe(START + DAY_MS);
  });

  it("stands still between freeze and release and then goes on from there", () => {
    const clock = new VirtualClock({ dataFolder, realNowMs });
    clock.freeze();
    real += 1000;
    expect(clock.nowEpochMs()).toBe(START);
    clock.advanceTo(START + 5);
    clock.release();
    real += 10;
    expect(clock.nowEpochMs()).toBe(START + 15);
  });

  it("stores a rehearsal's moves only when it has ended: one that is cut short has not been", async () => {
    const stored = () => new VirtualClock({ dataFolder, frozen: true, realNowMs }).nowEpochMs();
    const clock = new VirtualClock({
      dataFolder,
      frozen: true,
      startAtEpochMs: START,
      realNowMs,
    });
    await clock.rehearse(async () => {
      clock.set(START - 400 * DAY_MS);
      expect(clock.nowEpochMs()).toBe(START - 400 * DAY_MS);
      expect(stored()).toBe(START);
      clock.advanceTo(START + DAY_MS);
    });
    expect(stored()).toBe(START + DAY_MS);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15])(
    "refuses %s, which is no instant",
    (epochMs) => {
      const clock = new VirtualClock({ realNowMs });
      expect(() => clock.set(epochMs)).toThrow(RangeError);
      expect(() => clock.advanceTo(epochMs)).toThrow(RangeError);
      expect(clock.nowEpochMs()).toBe(START);
    },
  );

  it("names the file that it cannot read", () => {
    writeFileSync(join(dataFolder, "clock.json"), "{");
    expect(() => new VirtualClock({ dataFolder, realNowMs })).toThrow(
      join(dataFolder, "clock.json"),
    );
  });

  it("is the time of handlers while it is installed and no longer", () => {
    const clock = new VirtualClock({ frozen: true, startAtEpochMs: START, realNowMs });
    const uninstall = installHostClock(clock);
    expect(systemClock.now()).toBe("2026-11-24T14:40:00.000Z");
    uninstall();
    expect(() => systemClock.now()).toThrow("No host clock is installed");
  });
});
