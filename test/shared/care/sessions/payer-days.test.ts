import { describe, expect, it } from "vitest";
import type { Session } from "../../../../shared/care/episode/session.ts";
import type { PayerDayRule } from "../../../../shared/care/program/program.ts";
import {
  payerDayRule,
  payerDays,
  payerDayWords,
} from "../../../../shared/care/sessions/payer-days.ts";
import { buildSession } from "../../../builders/attendance.ts";
import { shippedProgram } from "../../../builders/program-files.ts";
import { fc } from "../../../builders/properties.ts";

const rule: PayerDayRule = {
  minimumMinutes: 180,
  minimumServices: 1,
  maximumMinutes: 360,
  countsOnline: true,
};

/** A session of so many minutes in which somebody was for some of them; nothing said where it is not marked yet. */
function session(scheduled: number, attended?: number, more: Partial<Session> = {}): Session {
  const start = Date.parse("2027-01-11T14:00:00.000Z");
  return buildSession({
    scheduledStartAt: new Date(start).toISOString(),
    scheduledEndAt: new Date(start + scheduled * 60_000).toISOString(),
    ...(attended === undefined
      ? {}
      : {
          status: "closed",
          attendance: {
            status: attended === 0 ? "no-show" : "present",
            attendedMinutes: attended,
            recordedBy: "casey-riverside",
            recordedAt: "2027-01-11T17:05:00.000Z",
            corrections: 0,
          },
        }),
    ...more,
  });
}

const online = { place: { onlineAddress: "https://rooms.example.org/monday" } } as const;
const words = (sessions: readonly Session[], by = rule) =>
  payerDays(sessions, by).map(payerDayWords);

describe("a day for a payer who pays by the day", () => {
  it("counts from its minutes on, and twelve minutes late cost it", () => {
    expect(payerDays([session(180, 180)], rule)).toEqual([
      { on: "2027-01-11", minutes: 180, paidMinutes: 180, state: "counts" },
    ]);
    expect(payerDays([session(180, 168)], rule)).toMatchObject([
      { minutes: 168, paidMinutes: 0, state: "does-not-count" },
    ]);
    expect(words([session(180, 168)])).toEqual(["does not count as a day: 12 min short of 3 h"]);
  });

  it("can still count while enough is planned, and not by what is cancelled or does not count", () => {
    const late = session(180, 168);
    expect(words([late, session(60)])).toEqual(["can still count as a day: 12 min short of 3 h"]);
    for (const other of [
      session(11),
      session(60, undefined, { status: "cancelled" }),
      session(60, 60, { counts: false }),
    ])
      expect(words([late, other])).toEqual(["does not count as a day: 12 min short of 3 h"]);
    expect(words([late, session(60, 12)])).toEqual(["counts as a day"]);
  });

  it("can still count by a session at the site, and not by one online where those do not count", () => {
    const atSite = { ...rule, countsOnline: false };
    const late = session(180, 168);
    expect(words([late, session(60, undefined, online)], atSite)).toEqual([
      "does not count as a day: 12 min short of 3 h; online sessions do not count",
    ]);
    expect(words([late, session(60)], atSite)).toEqual([
      "can still count as a day: 12 min short of 3 h",
    ]);
  });

  it("takes as many services as the payer asks for", () => {
    const two = { ...rule, minimumServices: 2 };
    expect(words([session(240, 240)], two)).toEqual([
      "does not count as a day: 1 of at least 2 services",
    ]);
    expect(words([session(240, 240), session(30)], two)).toEqual([
      "can still count as a day: 1 of at least 2 services",
    ]);
    expect(words([session(240, 240), session(30, 0)], two)).toEqual([
      "does not count as a day: 1 of at least 2 services",
    ]);
    expect(words([session(240, 240), session(30, 30)], two)).toEqual(["counts as a day"]);
  });

  it("is paid for with so many minutes at most; the raw hours stay", () => {
    const long = payerDays([session(240, 240), session(180, 180)], rule);
    expect(long).toMatchObject([{ minutes: 420, paidMinutes: 360, state: "counts" }]);
    expect(long.map(payerDayWords)).toEqual(["counts as a day: 6 h of it are paid at most"]);
  });

  it("leaves online sessions out where the payer does", () => {
    const onSite = { ...rule, countsOnline: false };
    const day = [session(120, 120), session(90, 90, online)];
    expect(words(day)).toEqual(["counts as a day"]);
    expect(payerDays(day, onSite)).toMatchObject([{ minutes: 210, paidMinutes: 0 }]);
    expect(words(day, onSite)).toEqual([
      "does not count as a day: 60 min short of 3 h; online sessions do not count",
    ]);
  });

  it("is said in order, and only for days on which somebody was there", () => {
    const days = payerDays(
      [
        session(180, 180, { on: "2027-01-13" }),
        session(180, 0, { on: "2027-01-12" }),
        session(60, 60),
      ],
      rule,
    );
    expect(days.map(({ on }) => on)).toEqual(["2027-01-11", "2027-01-13"]);
  });

  it("counts always where nobody pays by the day, and by its minimum alone in what was published before", () => {
    expect(payerDays([session(60, 60)], undefined)).toMatchObject([{ state: "counts" }]);
    const { weeklyHours } = shippedProgram().program;
    expect(payerDayRule(weeklyHours)).toEqual(rule);
    const { payerDay: _payerDay, ...before } = weeklyHours;
    expect(payerDayRule({ ...before, dayMinutes: 150 })).toEqual({ minimumMinutes: 150 });
    expect(payerDayRule(before)).toBeUndefined();
  });

  it("never pays for more than was attended, nor for a day that does not count, however the day went", () => {
    const anySession = fc
      .record({
        scheduled: fc.integer({ min: 30, max: 240 }),
        share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
        isOnline: fc.boolean(),
      })
      .map(({ scheduled, share, isOnline }) =>
        session(
          scheduled,
          share === undefined ? undefined : Math.round(share * scheduled),
          isOnline ? online : {},
        ),
      );
    fc.assert(
      fc.property(
        fc.array(anySession, { maxLength: 5 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 3 }),
        (sessions, countsOnline, minimumServices) => {
          const by = { ...rule, countsOnline, minimumServices };
          for (const day of payerDays(sessions, by)) {
            expect(day.paidMinutes).toBeLessThanOrEqual(Math.min(day.minutes, 360));
            expect(day.paidMinutes >= 180).toBe(day.state === "counts");
            // A day that counts is not lost by what is still to come.
            if (day.state === "counts")
              expect(payerDays([...sessions, session(60)], by)[0]?.state).toBe("counts");
          }
        },
      ),
    );
  });
});
