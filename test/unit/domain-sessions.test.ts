import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRefusal } from "../../shared/domain/change/change.ts";
import type { DecisionContext } from "../../shared/domain/change/context.ts";
import {
  attendanceStatuses,
  type Episode,
  type EpisodeItem,
  type OpenState,
  type Session,
  type WeekHours,
} from "../../shared/domain/episode/episode.ts";
import { attendedMinutes, hoursWords } from "../../shared/domain/sessions/hours.ts";
import { planWeek, weekEndsAt, weekEndsOn } from "../../shared/domain/sessions/plan-week.ts";
import {
  type AttendanceInput,
  recordAttendance,
} from "../../shared/domain/sessions/record-attendance.ts";
import {
  addDays,
  ageInYears,
  dayOfWeek,
  daysBetween,
  instantAt,
  isKnownTimeZone,
  isoWeekKey,
  localDate,
  localTime,
  minutesBetween,
  mondayOf,
} from "../../shared/domain/time/zoned-time.ts";
import { addMinutes } from "../../shared/domain/workflows/drivers.ts";
import { buildProgram, buildSite } from "../builders/program.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  caseManager,
  nextTestId,
  putsOf,
  systemActor,
} from "../builders/state.ts";

/** Every zone in which a program in the United States can run, those with rules of their own included. */
const zones = [
  "America/New_York",
  "America/Detroit",
  "America/Kentucky/Louisville",
  "America/Kentucky/Monticello",
  "America/Indiana/Indianapolis",
  "America/Indiana/Vincennes",
  "America/Indiana/Winamac",
  "America/Indiana/Marengo",
  "America/Indiana/Petersburg",
  "America/Indiana/Vevay",
  "America/Indiana/Tell_City",
  "America/Indiana/Knox",
  "America/Chicago",
  "America/Menominee",
  "America/North_Dakota/Center",
  "America/North_Dakota/New_Salem",
  "America/North_Dakota/Beulah",
  "America/Denver",
  "America/Boise",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "America/Juneau",
  "America/Sitka",
  "America/Metlakatla",
  "America/Yakutat",
  "America/Nome",
  "America/Adak",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
  "America/St_Thomas",
  "Pacific/Guam",
  "Pacific/Saipan",
  "Pacific/Pago_Pago",
];
const withoutSummerTime = [
  "America/Phoenix",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
  "America/St_Thomas",
  "Pacific/Guam",
  "Pacific/Saipan",
  "Pacific/Pago_Pago",
];

/** The Mondays of the weeks whose Sunday changes the clocks in 2027, and of the weeks around them. */
const changes = [
  { name: "spring", sunday: "2027-03-14" },
  { name: "autumn", sunday: "2027-11-07" },
];

describe("planning a week across a change of the clocks", () => {
  describe.each(changes)("in $name", ({ sunday }) => {
    it.each(zones)("keeps the hour on the wall and the length in %s", (timeZone) => {
      const site = buildSite({ timeZone });
      const program = buildProgram();
      const before = mondayOf(sunday);
      for (const startsOn of [before, addDays(before, 7)]) {
        const { sessions, isFullWeek } = planWeek(program, site, {
          week: 1,
          startsOn,
          now: `${addDays(startsOn, -3)}T00:00:00.000Z`,
          newId: nextTestId,
        });
        expect(isFullWeek).toBe(true);
        expect(sessions.map((session) => session.slot)).toEqual(
          program.sessions.map((slot) => slot.slot),
        );
        for (const [index, session] of sessions.entries()) {
          const slot = program.sessions[index];
          expect(localTime(session.scheduledStartAt, timeZone)).toBe(slot?.startTime);
          expect(localDate(session.scheduledStartAt, timeZone)).toBe(session.on);
          expect(dayOfWeek(session.on)).toBe(slot?.dayOfWeek);
          expect(minutesBetween(session.scheduledStartAt, session.scheduledEndAt)).toBe(180);
        }
      }
    });

    it.each(zones)(
      "makes the week an hour shorter or longer only where clocks change: %s",
      (timeZone) => {
        const site = buildSite({ timeZone });
        const monday = mondayOf(sunday);
        const hours =
          minutesBetween(weekEndsAt(addDays(monday, -7), site), weekEndsAt(monday, site)) / 60;
        const isSpring = sunday === "2027-03-14";
        const changed = isSpring ? 167 : 169;
        expect(hours).toBe(withoutSummerTime.includes(timeZone) ? 168 : changed);
      },
    );
  });

  it("moves a time that the clocks skip forward, and takes the first of one that comes twice", () => {
    expect(instantAt("2027-03-14", "02:30", "America/New_York")).toBe("2027-03-14T07:30:00.000Z");
    expect(instantAt("2027-11-07", "01:30", "America/New_York")).toBe("2027-11-07T05:30:00.000Z");
  });

  it("reads a wall time back wherever the clocks do not skip it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 364 }),
        fc.integer({ min: 3 * 60, max: 23 * 60 + 59 }),
        (timeZone, day, minutes) => {
          const date = addDays("2027-01-01", day);
          const time = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
          const instant = instantAt(date, time, timeZone);
          expect(localTime(instant, timeZone)).toBe(time);
          expect(localDate(instant, timeZone)).toBe(date);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("planning a week", () => {
  const site = buildSite();
  const plan = (options: { startsOn?: string; now?: string; week?: number } = {}, at = site) =>
    planWeek(buildProgram(), at, {
      week: options.week ?? 1,
      startsOn: options.startsOn ?? "2027-01-11",
      now: options.now ?? "2027-01-10T00:00:00.000Z",
      newId: nextTestId,
    });

  it("leaves out what has begun before the admission and labels the week as a part week", () => {
    const planned = plan({ now: "2027-01-13T18:00:00.000Z" });
    expect(planned.sessions.map((session) => session.slot)).toEqual(["thu-individual"]);
    expect(planned.left.map((left) => left.why)).toEqual(["before-admission", "before-admission"]);
    expect(planned.isFullWeek).toBe(false);
  });

  it("leaves out closed days", () => {
    const closed = buildSite({ closures: [{ on: "2027-01-13", words: "snow" }] });
    const planned = plan({}, closed);
    expect(planned.left).toEqual([{ slot: "wed-skills", on: "2027-01-13", why: "closed" }]);
    expect(planned.isFullWeek).toBe(false);
  });

  it("holds a session of every second week in weeks 1 and 3", () => {
    const program = buildProgram();
    const [first] = program.sessions;
    const everySecond = {
      ...program,
      sessions: first === undefined ? [] : [{ ...first, everyWeeks: 2 }],
    };
    const held = [1, 2, 3].map(
      (week) =>
        planWeek(everySecond, site, {
          week,
          startsOn: "2027-01-11",
          now: "2027-01-10T00:00:00.000Z",
          newId: nextTestId,
        }).sessions.length,
    );
    expect(held).toEqual([1, 0, 1]);
  });

  it("ends on Sunday and is over at midnight where the site is", () => {
    expect(weekEndsOn("2027-01-11")).toBe("2027-01-17");
    expect(weekEndsAt("2027-01-11", site)).toBe("2027-01-18T05:00:00.000Z");
  });

  it("shares the group's session with others and keeps the person's own", () => {
    const [session] = plan().sessions;
    expect(session).toMatchObject({
      groupSessionId: "riverside:adult-iop:2027-01-11:mon-group",
      sk: "SESSION#2027-01-11#mon-group",
      counts: true,
    });
  });
});

describe("dates", () => {
  it("know weeks, ages and zones", () => {
    expect(mondayOf("2027-01-17")).toBe("2027-01-11");
    expect(isoWeekKey("2027-01-03")).toBe("2026-W53");
    expect(daysBetween("2027-03-01", "2027-02-27")).toBe(-2);
    expect(ageInYears("2009-01-13", "2027-01-12")).toBe(17);
    expect(ageInYears("2009-01-12", "2027-01-12")).toBe(18);
    expect(isKnownTimeZone("America/Boise")).toBe(true);
    expect(isKnownTimeZone("America/Nowhere")).toBe(false);
  });
});

const startAt = "2027-01-11T14:00:00.000Z";
const endAt = "2027-01-11T17:00:00.000Z";

function buildSession(overrides: Partial<Session> = {}): Session {
  return {
    kind: "session",
    sk: "SESSION#2027-01-11#mon-group",
    version: 1,
    sessionId: "session-1",
    groupSessionId: "riverside:adult-iop:2027-01-11:mon-group",
    slot: "mon-group",
    week: 1,
    on: "2027-01-11",
    scheduledStartAt: startAt,
    scheduledEndAt: endAt,
    timeZone: "America/New_York",
    modality: "group",
    counts: true,
    status: "planned",
    ...overrides,
  };
}

const week: WeekHours = {
  week: 1,
  startsOn: "2027-01-11",
  expectedMinutes: 540,
  attendedMinutes: 0,
  isFullWeek: true,
  byDay: {},
};

function inProgram(items: readonly EpisodeItem[], episode: Partial<Episode> = {}): OpenState {
  return buildState(
    buildEpisode({
      status: "active",
      admittedOn: "2027-01-08",
      week: 1,
      weeks: [week],
      ...episode,
    }),
    items,
  );
}

function mark(
  state: OpenState,
  session: Session,
  input: AttendanceInput,
  ctx: Partial<DecisionContext> = {},
) {
  const result = recordAttendance(
    state,
    session,
    input,
    buildContext({ now: "2027-01-11T17:05:00.000Z", actor: caseManager, ...ctx }),
  );
  if (isRefusal(result)) return { refusal: result, state, change: undefined, session };
  const written = putsOf(result)[session.sk];
  return {
    refusal: undefined,
    change: result,
    state: applyChange(state, result),
    session: written as Session,
  };
}

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
    expect(hoursWords(138)).toBe("2.3 h");
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

describe("attendance", () => {
  it("of somebody who came closes the session and starts nothing", () => {
    const session = buildSession();
    const {
      state,
      change,
      session: marked,
    } = mark(inProgram([session]), session, {
      status: "present",
    });
    expect(marked).toMatchObject({
      status: "closed",
      attendance: { attendedMinutes: 180, recordedBy: "casey", corrections: 0 },
    });
    expect([...state.items.values()].some((item) => item.kind === "outreach")).toBe(false);
    expect(change?.mirrors).toMatchObject([{ kind: "seat", attendance: "present" }]);
  });

  it("starts a ladder only from a no-show, whatever else is entered", () => {
    fc.assert(
      fc.property(fc.constantFrom(...attendanceStatuses), (status) => {
        const session = buildSession();
        const { state } = mark(inProgram([session]), session, { status });
        const ladders = [...state.items.values()].filter((item) => item.kind === "outreach");
        expect(ladders).toHaveLength(status === "no-show" ? 1 : 0);
      }),
    );
  });

  it("is entered by a person: the software never says that somebody did not come", () => {
    const session = buildSession();
    const { refusal } = mark(
      inProgram([session]),
      session,
      { status: "no-show" },
      { actor: systemActor },
    );
    expect(refusal).toMatchObject({ refused: "not-allowed" });
  });

  it("of two missed sessions of one day starts one ladder", () => {
    const morning = buildSession();
    const later = buildSession({
      sk: "SESSION#2027-01-11#mon-skills",
      sessionId: "session-2",
      slot: "mon-skills",
    });
    const first = mark(inProgram([morning, later]), morning, { status: "no-show" });
    const second = mark(first.state, later, { status: "no-show" });
    const ladders = [...second.state.items.values()].filter((item) => item.kind === "outreach");
    expect(ladders).toHaveLength(1);
    expect(second.state.episode.lastNoShowAt).toBe(startAt);
  });

  it("of two days entered on the same morning starts two ladders, and remembers the later day", () => {
    const monday = buildSession();
    const tuesday = buildSession({
      sk: "SESSION#2027-01-12#tue-group",
      sessionId: "session-2",
      on: "2027-01-12",
      scheduledStartAt: "2027-01-12T14:00:00.000Z",
      scheduledEndAt: "2027-01-12T17:00:00.000Z",
    });
    const ctx = { now: "2027-01-12T17:05:00.000Z" };
    const one = mark(inProgram([monday, tuesday]), tuesday, { status: "no-show" }, ctx);
    const two = mark(one.state, monday, { status: "no-show" }, ctx);
    const ladders = [...two.state.items.values()].filter((item) => item.kind === "outreach");
    expect(ladders).toHaveLength(2);
    expect(two.state.episode.lastNoShowAt).toBe(tuesday.scheduledStartAt);
  });

  it("of a morning and an evening of one day starts one ladder, although the date changes in UTC", () => {
    const zone = { timeZone: "America/Los_Angeles", on: "2027-01-11" };
    const morning = buildSession({ ...zone, scheduledStartAt: "2027-01-11T17:00:00.000Z" });
    const evening = buildSession({
      ...zone,
      sk: "SESSION#2027-01-11#mon-evening",
      sessionId: "session-2",
      scheduledStartAt: "2027-01-12T01:00:00.000Z",
      scheduledEndAt: "2027-01-12T04:00:00.000Z",
    });
    const one = mark(inProgram([morning, evening]), morning, { status: "no-show" });
    const two = mark(
      one.state,
      evening,
      { status: "no-show" },
      { now: "2027-01-12T01:30:00.000Z" },
    );
    const ladders = [...two.state.items.values()].filter((item) => item.kind === "outreach");
    expect(ladders).toHaveLength(1);
  });

  it("stays open for somebody on the way, without any message", () => {
    const session = buildSession();
    const { state, session: marked } = mark(inProgram([session]), session, {
      status: "on-the-way",
    });
    expect(marked.status).toBe("planned");
    const arrived = mark(state, marked, {
      status: "late",
      arrivedAt: "2027-01-11T14:30:00.000Z",
    });
    expect(arrived.session.attendance).toMatchObject({ attendedMinutes: 150, corrections: 0 });
  });

  it("corrected within 30 days withdraws the ladder it started and says who corrected it", () => {
    const session = buildSession();
    const missed = mark(inProgram([session]), session, { status: "no-show" });
    const items = new Map([...missed.state.items, [session.sk, missed.session] as const]);
    const withSession = { ...missed.state, items };
    const corrected = mark(withSession, missed.session, {
      status: "present",
      reason: "Sat in the other room.",
    });
    const ladder = Object.values(putsOf(corrected.change)).find((item) => item.kind === "outreach");
    expect(ladder).toMatchObject({ status: "withdrawn", outcome: "attendance-corrected" });
    expect(corrected.session.attendance?.corrections).toBe(1);
    expect(corrected.change?.audit).toMatchObject({
      action: "attendance-corrected",
      reason: "Sat in the other room.",
      facts: { before: "no-show", minutes: 180 },
    });
  });

  it("closes the task that asked for it", () => {
    const session = buildSession();
    const asked = buildTask({
      taskKind: "mark-attendance",
      about: { type: "session", id: session.sessionId },
    });
    const { change } = mark(inProgram([session, asked]), session, { status: "excused" });
    expect(putsOf(change)[asked.sk]).toMatchObject({
      status: "done",
      outcome: { code: "marked", recordedBy: "casey" },
    });
  });

  const closed = buildSession({
    status: "closed",
    attendance: {
      status: "present",
      attendedMinutes: 180,
      recordedBy: "casey",
      recordedAt: endAt,
      corrections: 0,
    },
  });

  it.each<[string, Session, AttendanceInput, Partial<DecisionContext>, string]>([
    [
      "a cancelled session",
      buildSession({ status: "cancelled" }),
      { status: "present" },
      {},
      "cancelled",
    ],
    [
      "half an hour and more before it starts",
      buildSession(),
      { status: "present" },
      { now: "2027-01-11T13:29:00.000Z" },
      "opens 30 minutes before",
    ],
    [
      "a correction without a reason",
      closed,
      { status: "excused", reason: " " },
      {},
      "needs a reason",
    ],
    [
      "a correction after 30 days",
      closed,
      { status: "excused", reason: "Found the note." },
      { now: "2027-02-11T17:00:00.000Z" },
      "30 days",
    ],
    [
      "somebody who left before arriving",
      buildSession(),
      { status: "late", arrivedAt: endAt, leftAt: startAt },
      {},
      "after the time of arriving",
    ],
  ])("is refused for %s", (_what, session, input, ctx, sentence) => {
    expect(mark(inProgram([session]), session, input, ctx).refusal?.sentence).toContain(sentence);
  });

  it("is refused for somebody who was never admitted", () => {
    const session = buildSession();
    const { admittedOn: _admittedOn, ...episode } = inProgram([session]).episode;
    const refused = mark(buildState(episode, [session]), session, { status: "present" });
    expect(refused.refusal?.sentence).toContain("has not been admitted");
  });
});
