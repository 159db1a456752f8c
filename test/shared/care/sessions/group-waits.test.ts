import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../../shared/care/change/change.ts";
import type { Program } from "../../../../shared/care/program/program.ts";
import {
  groupOfSession,
  groupsWaitedFor,
  hasPlace,
  targetOf,
  targetWords,
  whyOver,
  withoutWait,
} from "../../../../shared/care/sessions/group-waits.ts";
import { buildProgram, buildSite } from "../../../builders/program.ts";
import { buildEpisode } from "../../../builders/state.ts";

const [first] = buildProgram().sessions.filter(({ slot }) => slot === "wed-skills");
if (first === undefined) throw new Error("The program has no such group");
const program: Program = buildProgram({
  groupTracks: [
    { track: "day", title: "Days" },
    { track: "evening", title: "Evenings" },
  ],
  sessions: [
    { ...first, capacity: 8, track: "evening" },
    { ...first, slot: "wed-day", capacity: 8, track: "day" },
    { ...first, slot: "wed-all", capacity: 20, title: "Everybody" },
    { ...first, slot: "wed-open", title: "Open" },
    { ...first, slot: "wed-alone", capacity: 1, modality: "individual" },
  ],
});
const site = buildSite();
/** The Monday before. */
const ctx = { program, site, now: "2027-01-11T15:00:00.000Z" };
const idOf = (slot: string, on = "2027-01-13") =>
  `${site.siteId}:${program.programId}:${on}:${slot}`;
const active = buildEpisode({ status: "active" });
const waiting = buildEpisode({ status: "waiting" });

describe("what somebody waits for", () => {
  it("is a track's groups with a number of places; for who is to be admitted those of everybody too", () => {
    const slots = (...asked: Parameters<typeof groupsWaitedFor>) =>
      groupsWaitedFor(...asked).map(({ slot, plannedOn }) => `${slot.slot} ${plannedOn}`);
    expect(slots(ctx, active, { track: "evening" })).toEqual(["wed-skills 2027-01-13"]);
    expect(slots(ctx, waiting, { track: "day" })).toEqual([
      "wed-day 2027-01-13",
      "wed-all 2027-01-13",
    ]);
    expect(slots(ctx, active, { sessionId: idOf("wed-all", "2027-01-20") })).toEqual([
      "wed-all 2027-01-20",
    ]);
    expect(slots(ctx, active, { sessionId: idOf("wed-open") })).toEqual([]);
    expect(slots(ctx, active, { sessionId: "nowhere" })).toEqual([]);
  });

  it("is the track in which people begin, where somebody who is to be admitted names none", () => {
    expect(targetOf(program, waiting, {})).toEqual({ track: "day" });
    expect(targetOf(program, active, {})).toEqual({});
    expect(targetOf({}, waiting, {})).toEqual({});
    expect(targetOf(program, waiting, { sessionId: "x", track: "day" })).toEqual({
      sessionId: "x",
    });
  });

  it("is a group of the person's own program and site, on a day on which it is", () => {
    const found = (sessionId: string) => !isRefusal(groupOfSession(ctx, sessionId));
    expect(found(idOf("wed-skills"))).toBe(true);
    expect(found(idOf("wed-alone"))).toBe(false);
    expect(found(idOf("wed-none"))).toBe(false);
    expect(found(idOf("wed-skills", "2027-01-14"))).toBe(false);
    expect(found(`elsewhere:${program.programId}:2027-01-13:wed-skills`)).toBe(false);
    expect(found(`${site.siteId}:another:2027-01-13:wed-skills`)).toBe(false);
  });

  it("is called by its title", () => {
    expect(targetWords(program, { track: "evening" })).toBe("“Evenings”");
    expect(targetWords(program, { track: "gone" })).toBe("“gone”");
    expect(targetWords(program, { sessionId: idOf("wed-all") })).toBe("“Everybody” on 2027-01-13");
    expect(targetWords(program, { sessionId: idOf("wed-none") })).toBe("“wed-none” on 2027-01-13");
    expect(targetWords(program, {})).toBe(`the groups of ${program.programId}`);
  });
});

describe("a wait", () => {
  it("is over when the person has the place by whatever way, has left, or the group has begun", () => {
    const later = { ...active, groupTracks: [{ track: "evening", from: "2027-02-01" }] };
    expect(hasPlace(ctx, later, [], { track: "evening" })).toBe(true);
    expect(hasPlace(ctx, later, [], { track: "day" })).toBe(false);
    expect(hasPlace(ctx, active, [], { track: "evening" })).toBe(false);
    expect(hasPlace(ctx, active, [], { track: "day" })).toBe(true);
    expect(hasPlace(ctx, waiting, [], { track: "day" })).toBe(false);
    expect(hasPlace(ctx, active, [], { sessionId: idOf("wed-all") })).toBe(false);
    expect(whyOver(ctx, active, { sessionId: idOf("wed-all") })).toBeUndefined();
    expect(whyOver(ctx, active, { sessionId: idOf("wed-all", "2027-01-06") })).toBe(
      "session-began",
    );
    expect(whyOver(ctx, active, { sessionId: idOf("wed-none") })).toBe("session-began");
    const beginsAt = "2027-01-13T14:00:00.000Z";
    const at = (now: string) => whyOver({ ...ctx, now }, active, { sessionId: idOf("wed-all") });
    expect([at("2027-01-13T13:59:59.000Z"), at(beginsAt)]).toEqual([undefined, "session-began"]);
    expect(whyOver(ctx, waiting, { track: "day" })).toBeUndefined();
    expect(whyOver(ctx, buildEpisode({ status: "aftercare" }), { track: "day" })).toBe(
      "not-in-care",
    );
  });

  it("is taken off by person and place: the same person's other waits stay", () => {
    const since = ctx.now;
    const waits = [
      { episodeId: "one", since, track: "day" },
      { episodeId: "one", since, sessionId: idOf("wed-all") },
      { episodeId: "two", since, track: "day" },
    ];
    expect(withoutWait(waits, { episodeId: "one", track: "day" })).toEqual(waits.slice(1));
  });
});
