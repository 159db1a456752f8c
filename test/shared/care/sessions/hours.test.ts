import { describe, expect, it } from "vitest";
import { attendanceStatuses } from "../../../../shared/care/episode/attendance-status.ts";
import { attendedMinutes, hoursLabel } from "../../../../shared/care/sessions/hours.ts";
import { addMinutes } from "../../../../shared/care/time/instants.ts";
import {
  buildSession,
  endAt,
  inProgram,
  mark,
  startAt,
  week,
} from "../../../builders/attendance.ts";
import { fc } from "../../../builders/properties.ts";

describe("hours", () => {
  it("are never more than scheduled nor less than nothing, whenever somebody comes and goes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...attendanceStatuses),
        fc.integer({ min: -120, max: 300 }),
        fc.integer({ min: -120, max: 300 }),
        (status, arrives, leaves) => {
          const minutes = attendedMinutes({
            status,
            scheduledStartAt: startAt,
            scheduledEndAt: endAt,
            arrivedAt: addMinutes(startAt, arrives),
            leftAt: addMinutes(startAt, leaves),
          });
          expect(minutes).toBeGreaterThanOrEqual(0);
          expect(minutes).toBeLessThanOrEqual(180);
          if (!["present", "late", "left-early"].includes(status)) expect(minutes).toBe(0);
        },
      ),
    );
  });

  it("count from the arrival to the leaving", () => {
    const minutes = attendedMinutes({
      status: "late",
      scheduledStartAt: startAt,
      scheduledEndAt: endAt,
      arrivedAt: addMinutes(startAt, 12),
      leftAt: addMinutes(endAt, -30),
    });
    expect(minutes).toBe(138);
    expect(hoursLabel(138)).toBe("2.3 h");
  });

  it("stand by day and by week, and the days of a week add up to it, through any corrections", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom(...attendanceStatuses), fc.integer({ min: 0, max: 170 })),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        (entries) => {
          let session = buildSession();
          let state = inProgram([session]);
          for (const [status, arrives] of entries) {
            const marked = mark(
              { ...state, items: new Map([...state.items, [session.sk, session]]) },
              session,
              {
                status,
                arrivedAt: addMinutes(startAt, arrives),
                ...(status === "left-early" ? { leftAt: addMinutes(startAt, 175) } : {}),
                reason: "Seen on the list at the door.",
              },
            );
            expect(marked.refusal).toBeUndefined();
            state = marked.state;
            session = marked.session;
            const [hours] = state.episode.weeks;
            const days = Object.values(hours?.byDay ?? {});
            expect(days.reduce((sum, minutes) => sum + minutes, 0)).toBe(hours?.attendedMinutes);
            expect(hours?.attendedMinutes).toBe(session.attendance?.attendedMinutes);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("leave out what does not count for the payer", () => {
    const session = buildSession({ counts: false });
    expect(mark(inProgram([session]), session, { status: "present" }).state.episode.weeks).toEqual([
      week,
    ]);
  });
});
