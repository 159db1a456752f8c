import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import type { GroupWait } from "../../../shared/care/sessions/group-waits.ts";
import { followWait, waitForGroup } from "../../../workflows/weekly-program/wait-for-group.ts";
import { buildProgram } from "../../builders/program.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  caseManager,
  episodeId,
  systemActor,
} from "../../builders/state.ts";

const program: Program = buildProgram({
  groupTracks: [
    { track: "day", title: "Days" },
    { track: "evening", title: "Evenings" },
  ],
  sessions: buildProgram().sessions.map((slot) => ({ ...slot, track: "evening", capacity: 8 })),
});
const ctx = buildContext({ program, actor: systemActor });
const full = [{ slot: "wed-skills", title: "Skills", on: "2027-01-13", taken: 8, capacity: 8 }];
const free = [{ slot: "wed-skills", title: "Skills", on: "2027-01-13", taken: 7, capacity: 8 }];
const since = "2027-01-04T15:00:00.000Z";
const wait: GroupWait = { episodeId, since, track: "evening" };
const behind: GroupWait = { episodeId: "01JHEP000000000000000000E9", since, track: "evening" };
const offeredSk = `TASK#group-place#track:evening/${since}`;
const offered: GroupWait = { ...wait, offer: { at: since, taskSk: offeredSk } };
const task = (more: Partial<CareTask> = {}) =>
  buildTask({
    sk: offeredSk,
    taskKind: "group-place",
    about: { type: "group", id: "track:evening" },
    ...more,
  });
const active = buildEpisode({ status: "active" });
const look = (
  one: GroupWait,
  items: readonly CareTask[] = [],
  { places = free, isHere = true, episode = active } = {},
) => followWait(buildState(episode, items), one, ctx, { waits: [one, behind], places, isHere });
const done = (code: string) =>
  task({
    status: "done",
    outcome: { code, recordedBy: "casey", recordedAt: ctx.now },
  });

describe("somebody who waits for a place in a group", () => {
  it("is offered one that is free, by one task, and keeps their place in the line", () => {
    const followed = look(wait);
    if (typeof followed === "string") throw new Error(`Nothing happened: ${followed}`);
    const [put] = followed.change.puts;
    expect(put?.item).toMatchObject({
      taskKind: "group-place",
      assignedFunction: "case-manager",
      about: { id: "track:evening" },
    });
    expect(followed.waits).toEqual([
      { ...wait, offer: { at: ctx.now, taskSk: put?.item.sk } },
      behind,
    ]);
  });

  it("is offered nothing while the group is full, they are on leave, or the offer is open", () => {
    expect(look(wait, [], { places: full })).toBe("full");
    const onLeave = buildEpisode({ status: "onhold" });
    expect(look(wait, [], { episode: onLeave })).toBe("as-it-was");
    expect(look(offered, [task()])).toBe("as-it-was");
  });

  it.each([
    ["declined", [behind], "group-wait-ended"],
    ["taken", [behind], "group-wait-ended"],
    ["not-reached", [{ ...wait, since: ctx.now }, behind], "group-wait-put-back"],
  ])("who answered “%s” is dealt with once", (code, waits, action) => {
    expect(look(offered, [done(code)])).toMatchObject({ waits, change: { audit: { action } } });
  });

  it("whose offer was ended by a plan, or whose place is gone again, waits on as before", () => {
    for (const [items, places] of [
      [[task({ status: "cancelled" })], free],
      [[], free],
      [[task()], full],
    ] as const) {
      const followed = look(offered, items, { places: [...places] });
      expect(followed).toMatchObject({
        waits: [wait, behind],
        change: { audit: { action: "group-place-offer-ended" } },
      });
    }
  });

  it("who went elsewhere, or left, is off the list, and the offer with them", () => {
    const gone = look(offered, [task()], { isHere: false });
    expect(gone).toMatchObject({
      waits: [behind],
      change: { audit: { facts: { why: "not-here" } }, puts: [{ item: { status: "cancelled" } }] },
    });
    const left = buildEpisode({ status: "withdrawn" });
    expect(look(wait, [], { episode: left })).toMatchObject({
      change: { audit: { facts: { why: "not-in-care" } } },
    });
  });
});

describe("putting somebody on the waiting list", () => {
  const ask = (episode = active, track = "evening", actor = caseManager) =>
    waitForGroup(
      buildState(episode),
      { track, reason: "Works in the morning" },
      { ...ctx, actor },
      { waits: [behind], places: full },
    );
  const sentence = (result: ReturnType<typeof ask>) =>
    isRefusal(result) ? result.sentence : "done";

  it("is done by staff, for somebody who is or will be in the program", () => {
    expect(ask()).toMatchObject({ waits: [behind, { ...wait, since: ctx.now }] });
    expect(sentence(ask(active, "evening", systemActor))).toContain("Only a member of staff");
    expect(sentence(ask(buildEpisode({ status: "aftercare" })))).toContain("comes to no group");
    expect(sentence(ask(buildEpisode({ status: "withdrawn" })))).toContain("has ended");
    expect(sentence(ask(buildEpisode({ status: "waiting" })))).toBe("done");
  });

  it("is refused for a make-up place to who is not in the program yet, and for one that is over", () => {
    const forSession = (on: string, status: "waiting" | "active") =>
      waitForGroup(
        buildState(buildEpisode({ status })),
        {
          sessionId: `${ctx.site.siteId}:${program.programId}:${on}:wed-skills`,
          reason: "Missed Monday",
        },
        { ...ctx, actor: caseManager },
        { waits: [], places: full },
      );
    expect(sentence(forSession("2027-01-13", "waiting"))).toContain("Make-up places are for");
    expect(sentence(forSession("2027-01-06", "active"))).toContain("has begun, or is over");
    expect(sentence(forSession("2027-01-13", "active"))).toBe("done");
  });

  it("is refused where the program has one track only", () => {
    const one = waitForGroup(
      buildState(active),
      { track: "evening", reason: "Works in the morning" },
      { ...buildContext(), actor: caseManager },
      { waits: [], places: full },
    );
    expect(sentence(one)).toBe("This program has one track of groups only.");
  });
});
