// Long because what may happen to a schedule, and what must be true whatever happened, are read together.

import { describe, expect, it } from "vitest";
import { firstOccurrence } from "../../../shared/care/episode/message.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import type { GroupChange } from "../../../shared/care/program/group-change.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { noteAbsence, takeBackAbsence } from "../../../shared/care/sessions/absences.ts";
import { changeTimetable, takeBackChange } from "../../../shared/care/sessions/change-timetable.ts";
import { overlaps } from "../../../shared/care/sessions/schedule-conflicts.ts";
import { refuseReturn } from "../../../workflows/run/commands/site-commands.ts";
import { bookVisits } from "../../../workflows/weekly-program/book-visit.ts";
import { changeVisit } from "../../../workflows/weekly-program/change-visit.ts";
import { followSiteDay } from "../../../workflows/weekly-program/follow-schedule.ts";
import { endLeave } from "../../../workflows/weekly-program/resume-episode.ts";
import { startLeave } from "../../../workflows/weekly-program/start-leave.ts";
import { buildProgram, buildSite } from "../../builders/program.ts";
import { fc } from "../../builders/properties.ts";
import {
  applyChange,
  buildEpisode,
  buildRun,
  buildState,
  caseManager,
} from "../../builders/state.ts";
import { itemsOf } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

/** The Monday of week one, before its first session; sessions stand on Monday, Wednesday and Thursday at 09:00. */
const mondayMorning = "2027-01-11T13:00:00.000Z";
const program = buildProgram();
const slots = program.sessions.map(({ slot, dayOfWeek }) => ({
  slot,
  plannedOn: `2027-01-${10 + dayOfWeek}`,
}));
const leader = "robin";
/** Every group has a leader, who may be away. */
const led = buildSite({
  groupChanges: slots.map(({ slot, plannedOn }) => ({
    changeId: `led-${slot}`,
    programId: program.programId,
    slot,
    from: plannedOn,
    andFollowing: true,
    leaderId: leader,
    words: "From now on",
    by: "casey",
    at: "2027-01-04T15:00:00.000Z",
  })),
});
const days = ["2027-01-11", "2027-01-12", "2027-01-13", "2027-01-14", "2027-01-15"];
const times = ["09:00", "10:00", "13:00", "16:00"];

function opened(site: Site): Story {
  const episode = buildEpisode({
    status: "active",
    admittedOn: "2027-01-08",
    week: 1,
    facts: { under18: false, answeredInstruments: ["phq-9", "gad-7"] },
  });
  const run = buildRun("weekly-program", `${episode.episodeId}-w1`, {
    data: { week: 1, startsOn: "2027-01-11" },
  });
  return new Story(buildState(episode, [run]), mondayMorning, { site, program });
}

type Step =
  | { readonly do: "close"; readonly on: string }
  | { readonly do: "hours"; readonly on: string; readonly from: string }
  | { readonly do: "online"; readonly on: string }
  | { readonly do: "away"; readonly on: string; readonly isCovered: boolean; readonly who?: string }
  | { readonly do: "cancel"; readonly which: number; readonly andFollowing: boolean }
  | {
      readonly do: "move";
      readonly which: number;
      readonly on: string;
      readonly startTime: string;
      readonly andFollowing: boolean;
    }
  | { readonly do: "place"; readonly which: number; readonly isOnline: boolean }
  | { readonly do: "undo"; readonly which: number }
  | { readonly do: "wait"; readonly minutes: number };

const whichSlot = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("close" as const), on: fc.constantFrom(...days) }),
  fc.record({
    do: fc.constant("hours" as const),
    on: fc.constantFrom(...days),
    from: fc.constantFrom("09:30", "12:00"),
  }),
  fc.record({ do: fc.constant("online" as const), on: fc.constantFrom(...days) }),
  fc.record({
    do: fc.constant("away" as const),
    on: fc.constantFrom(...days),
    isCovered: fc.boolean(),
  }),
  fc.record({ do: fc.constant("cancel" as const), which: whichSlot, andFollowing: fc.boolean() }),
  fc.record({
    do: fc.constant("move" as const),
    which: whichSlot,
    on: fc.constantFrom(...days),
    startTime: fc.constantFrom(...times),
    andFollowing: fc.boolean(),
  }),
  fc.record({ do: fc.constant("place" as const), which: whichSlot, isOnline: fc.boolean() }),
  fc.record({ do: fc.constant("undo" as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 4 }) }),
);

/** The site after a step; unchanged where the step is refused. */
function siteAfter(site: Site, one: Step, now: string, changeId: string): Site {
  const made = { changeId, by: "casey", at: now };
  const groupsAfter = (groupChanges: readonly GroupChange[] | { readonly refused: string }) =>
    "refused" in groupChanges ? site : { ...site, groupChanges };
  if (one.do === "close" || one.do === "hours" || one.do === "online") {
    const others = site.closures.filter(({ on }) => on !== one.on);
    const isClosed = others.length < site.closures.length;
    const closure = {
      on: one.on,
      words: "Snow",
      ...(one.do === "hours" ? { hours: { from: one.from, to: "19:00" } } : {}),
      ...(one.do === "online" ? { onlineAddress: "https://meet.example.org/day" } : {}),
    };
    const closures = isClosed ? others : [...others, closure];
    const change = { fields: { closures }, action: "closure-added", facts: {} };
    return refuseReturn(site, [program], change) === undefined ? { ...site, closures } : site;
  }
  if (one.do === "away") {
    const { absences = [] } = site;
    const known = absences.find(
      (absence) => absence.from === one.on && absence.staffId === (one.who ?? leader),
    );
    const next =
      known === undefined
        ? noteAbsence(
            site,
            [program],
            {
              staffId: one.who ?? leader,
              from: one.on,
              until: one.on,
              words: "Ill",
              ...(one.isCovered ? { coverId: "casey" } : {}),
            },
            { absenceId: changeId, by: "casey", at: now },
          )
        : takeBackAbsence(site, [program], known.absenceId, now);
    return "refused" in next ? site : { ...site, absences: next };
  }
  if (one.do === "undo") {
    const { groupChanges = [] } = site;
    const change = groupChanges[one.which % Math.max(1, groupChanges.length)];
    return change === undefined
      ? site
      : groupsAfter(takeBackChange(site, [program], change.changeId, now));
  }
  if (one.do === "wait") return site;
  const slot = slots[one.which];
  if (slot === undefined) return site;
  const which = { siteId: site.siteId, programId: program.programId, ...slot };
  const wanted =
    one.do === "cancel"
      ? { isCancelled: true, andFollowing: one.andFollowing }
      : one.do === "move"
        ? {
            moveTo: { on: one.on, startTime: one.startTime },
            andFollowing: one.andFollowing,
          }
        : {
            place: one.isOnline
              ? { onlineAddress: "https://meet.example.org/x" }
              : { room: "Room 2" },
            andFollowing: false,
          };
  return groupsAfter(changeTimetable(site, [program], which, { ...wanted, words: "Agreed" }, made));
}

/** Everybody's sessions follow, whenever they are told, and as often. */
function follow(story: Story, site: Site): void {
  const sessionSks = itemsOf(story.state, "session").map(({ sk }) => sk);
  const command = { type: "site-day-changed", on: days[0] ?? "", sessionSks } as const;
  const ctx = { ...story.ctx(), site };
  const change = followSiteDay(story.state, command, ctx);
  const dayOf = new Map(itemsOf(story.state, "session").map(({ sk, on }) => [sk, on]));
  if (change !== undefined) story.state = applyChange(story.state, change, { keepClosed: true });
  expect(followSiteDay(story.state, command, ctx)).toBeUndefined();
  // Whoever opens the list of its new day finds it there, held or not: somebody on leave may come back to it.
  for (const { sk, on } of itemsOf(story.state, "session"))
    if (dayOf.get(sk) !== on)
      expect(change?.projections).toContainEqual(
        expect.objectContaining({ kind: "seat", sessionSk: sk, on }),
      );
}

const planned = (story: Story) =>
  itemsOf(story.state, "session").filter(({ status }) => status === "planned");

function expectNoOverlap(sessions: readonly Session[]): void {
  const spans = sessions.map(({ scheduledStartAt, scheduledEndAt }) => ({
    startAt: scheduledStartAt,
    endAt: scheduledEndAt,
  }));
  for (const [index, left] of spans.entries())
    for (const right of spans.slice(index + 1)) expect(overlaps(left, right)).toBe(false);
}

/** What is still to go speaks of sessions as they stand. */
function expectTrue(story: Story): void {
  for (const message of itemsOf(story.state, "message")) {
    if (message.status !== "PLANNED" || message.aboutAt === undefined) continue;
    const session = itemsOf(story.state, "session").find(
      ({ sessionId }) => sessionId === firstOccurrence(message.occurrence),
    );
    if (session === undefined) continue;
    const isOff = message.step === "session-off";
    expect(session.status, message.step).toBe(isOff ? "cancelled" : "planned");
    if (!isOff) expect(message.aboutAt, message.step).toBe(session.scheduledStartAt);
  }
}

describe("after any sequence of closures of days and hours, days online, absences, cancellations, moves, places and undos", () => {
  it("what is planned is what would be planned from the facts, nobody is expected twice at one time, and what is to be sent is so", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let site = led;
        const story = opened(site);
        for (const [index, one] of steps.entries()) {
          if (one.do === "wait") story.passMinutes(one.minutes);
          site = siteAfter(site, one, story.now, `change-${index}`);
          follow(story, site);
          expectNoOverlap(planned(story));
          expectTrue(story);
        }
        const view = (of: Story) =>
          itemsOf(of.state, "session")
            .map(({ sessionId: _id, version: _version, known: _known, ...session }) => session)
            .sort((left, right) => left.sk.localeCompare(right.sk));
        const fresh = opened(site);
        expect(view(story)).toEqual(view(fresh));
        expect(story.state.episode.weeks).toEqual(fresh.state.episode.weeks);
      }),
      { numRuns: 150 },
    );
  });

  it("says nothing twice: what was said last is never said again before something else", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        let site = led;
        const story = opened(site);
        for (const [index, one] of steps.entries()) {
          if (one.do === "wait") story.passMinutes(one.minutes);
          site = siteAfter(site, one, story.now, `change-${index}`);
          follow(story, site);
        }
        // What was said last of a session, or of a day; a notice of a day speaks of each session on it.
        const said = new Map<string, { readonly words: string; readonly on: string }>();
        const notices = itemsOf(story.state, "message")
          .filter(({ class: kind, status }) => kind === "schedule-notice" && status !== "CANCELLED")
          .sort((left, right) => left.plannedAt.localeCompare(right.plannedAt));
        for (const notice of notices) {
          const about = firstOccurrence(notice.occurrence);
          const words = `${notice.step} ${notice.aboutAt} ${notice.wasAt ?? ""}`;
          const on = notice.aboutAt?.slice(0, 10) ?? "";
          expect(said.get(about)?.words).not.toBe(words);
          const isOfDay = days.includes(about);
          for (const [other, last] of said)
            if (last.on === on && days.includes(other) !== isOfDay) said.delete(other);
          said.set(about, { words, on });
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** A step of the site, or the person goes on leave, comes back. */
type LifeStep =
  | Step
  | { readonly do: "leave"; readonly returnsOn: string | undefined }
  | { readonly do: "back" };

const lifeStep: fc.Arbitrary<LifeStep> = fc.oneof(
  { weight: 3, arbitrary: step },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("leave" as const),
      returnsOn: fc.constantFrom(undefined, "2027-01-12", "2027-01-14", "2027-01-18"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("back" as const) }) },
);

/** Goes on leave where that can be, or comes back; refused otherwise, and nothing changes. */
function live(story: Story, site: Site, one: LifeStep): void {
  const ctx = { ...story.ctx(), site };
  const decided =
    one.do === "leave"
      ? startLeave(
          story.state,
          {
            kind: "family",
            expectedReturnOn: one.returnsOn,
            contactKeptBy: "casey",
            reason: "Their mother is ill",
          },
          ctx,
        )
      : endLeave(story.state, { reason: "They are back" }, ctx);
  if ("refused" in decided) return;
  story.state = applyChange(story.state, decided, { keepClosed: true });
  for (const entry of decided.outbox) {
    if (entry.kind !== "apply" || entry.command.type !== "site-day-changed") continue;
    const change = followSiteDay(story.state, entry.command, { ...story.ctx(), site });
    if (change !== undefined) story.state = applyChange(story.state, change, { keepClosed: true });
  }
}

/** What was wrong once: a session that the schedule moves into a leave, and one that is off when its person returns. */
const found: readonly LifeStep[][] = [
  [
    { do: "close", on: "2027-01-13" },
    { do: "leave", returnsOn: "2027-01-14" },
    { do: "close", on: "2027-01-13" },
    { do: "back" },
  ],
  [
    { do: "leave", returnsOn: "2027-01-12" },
    { do: "move", which: 1, on: "2027-01-11", startTime: "13:00", andFollowing: false },
  ],
  [
    { do: "leave", returnsOn: "2027-01-14" },
    { do: "move", which: 2, on: "2027-01-12", startTime: "09:00", andFollowing: false },
    { do: "back" },
  ],
  [
    { do: "leave", returnsOn: "2027-01-12" },
    { do: "cancel", which: 0, andFollowing: false },
    { do: "move", which: 1, on: "2027-01-11", startTime: "09:00", andFollowing: false },
    { do: "back" },
  ],
];

describe("after any sequence of all that and of leaves", () => {
  it("whoever is here is expected where the facts say, and whoever is on leave is not before they return", () => {
    fc.assert(
      fc.property(fc.array(lifeStep, { maxLength: 12 }), (steps) => {
        let site = led;
        const story = opened(site);
        for (const [index, one] of steps.entries()) {
          if (one.do === "wait") story.passMinutes(one.minutes);
          // Only what the leave or the return itself owes follows it; a change of the site is told to everybody.
          if (one.do === "leave" || one.do === "back") live(story, site, one);
          else {
            site = siteAfter(site, one, story.now, `change-${index}`);
            follow(story, site);
          }
          expectNoOverlap(planned(story));
          expectTrue(story);
        }
        const { hold, status } = story.state.episode;
        const isAway = ({ on }: Session) =>
          status === "onhold" &&
          (hold?.expectedReturnOn === undefined || on < hold.expectedReturnOn);
        const fresh = opened(site);
        const expected = planned(fresh).filter((session) => !isAway(session));
        const view = (sessions: readonly Session[]) =>
          sessions
            .map(({ sessionId: _id, version: _version, known: _known, ...session }) => session)
            .sort((left, right) => left.sk.localeCompare(right.sk));
        expect(view(planned(story))).toEqual(view(expected));
        const minutesOf = (sessions: readonly Session[]) =>
          sessions
            .filter(({ counts }) => counts)
            .reduce(
              (sum, { scheduledStartAt, scheduledEndAt }) =>
                sum + (Date.parse(scheduledEndAt) - Date.parse(scheduledStartAt)) / 60_000,
              0,
            );
        expect(story.state.episode.weeks.at(-1)?.expectedMinutes).toBe(minutesOf(expected));
      }),
      { numRuns: 150, examples: found.map((steps) => [steps]) },
    );
  });
});

describe("after any sequence of bookings and moves of visits", () => {
  it("neither the person nor who holds the visits is anywhere twice", () => {
    const visit = fc.record({
      on: fc.constantFrom(...days),
      startTime: fc.constantFrom("08:30", ...times, "12:00", "13:30"),
      what: fc.constantFrom("book" as const, "move" as const, "away" as const),
      with: fc.constantFrom("avery", "robin"),
    });
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 10 }), (wanted) => {
        let site = buildSite();
        const story = opened(site);
        const visits = () => planned(story).filter((one) => one.visit !== undefined);
        const look = {
          timetables: [program],
          bookings: (leaderId: string, on: string) =>
            visits()
              .filter((one) => one.leaderId === leaderId && one.on === on)
              .map(({ sessionId, scheduledStartAt, scheduledEndAt }) => ({
                sessionId,
                startAt: scheduledStartAt,
                endAt: scheduledEndAt,
              })),
        };
        for (const { on, startTime, what, with: leaderId } of wanted) {
          if (what === "away") {
            const away: Step = { do: "away", on, isCovered: false, who: leaderId };
            site = siteAfter(site, away, story.now, `away-${on}-${leaderId}`);
            follow(story, site);
            expectNoOverlap(planned(story));
            continue;
          }
          const ctx = { ...story.ctx(caseManager), site };
          const [first] = visits();
          const decided =
            what === "move" && first !== undefined
              ? changeVisit(
                  story.state,
                  first.sk,
                  { moveTo: { on, startTime }, andFollowing: false, reason: "Agreed" },
                  ctx,
                  look,
                )
              : bookVisits(
                  story.state,
                  { modality: "individual", on, startTime, durationMinutes: 50, leaderId },
                  ctx,
                  look,
                );
          if ("refused" in decided) continue;
          story.state = applyChange(story.state, decided.change, { keepClosed: true });
          expectNoOverlap(planned(story));
        }
        const minutes = planned(story)
          .filter(({ counts }) => counts)
          .reduce(
            (sum, one) =>
              sum + (Date.parse(one.scheduledEndAt) - Date.parse(one.scheduledStartAt)) / 60_000,
            0,
          );
        expect(story.state.episode.weeks.at(-1)?.expectedMinutes).toBe(minutes);
      }),
      { numRuns: 150 },
    );
  });
});
