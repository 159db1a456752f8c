import { describe, expect, it } from "vitest";
import type { WeekHours } from "../../../../shared/care/episode/episode.ts";
import {
  withSessionClosed,
  withSessionHeldAgain,
} from "../../../../shared/care/sessions/closed-days.ts";
import { scheduledMinutes } from "../../../../shared/care/sessions/hours.ts";
import { buildSession } from "../../../builders/attendance.ts";

const session = buildSession({ counts: true });
const week: WeekHours = {
  week: session.week,
  startsOn: "2027-01-11",
  expectedMinutes: 540,
  attendedMinutes: 0,
  byDay: {},
  isFullWeek: true,
};

describe("a session that the site does not hold", () => {
  it("takes its minutes from the week, which is no full one then, and gives them back when it is held after all", () => {
    const [closed] = withSessionClosed([week], session);
    const minutes = scheduledMinutes(session);
    expect(closed).toMatchObject({
      expectedMinutes: 540 - minutes,
      isFullWeek: false,
      closed: { minutes, isFullOtherwise: true },
    });
    expect(withSessionHeldAgain(closed === undefined ? [] : [closed], session)).toEqual([week]);
  });

  it("takes nothing where its minutes do not count, nor from another week", () => {
    expect(withSessionClosed([week], { ...session, counts: false })).toEqual([week]);
    expect(withSessionClosed([week], { ...session, week: session.week + 1 })).toEqual([week]);
    expect(withSessionHeldAgain([week], { ...session, counts: false })).toEqual([week]);
  });
});
