import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { WhatStood } from "../../../../shared/care/episode/episode.ts";
import type { GroupPlaces } from "../../../../shared/care/sessions/full-groups.ts";
import { MemoryStore } from "../../../../shared/store/memory/memory-store.ts";
import {
  isApartIn,
  returnPlaces,
  sayPlaces,
} from "../../../../workflows/run/people/return-to-groups.ts";
import { buildSession, inProgram } from "../../../builders/attendance.ts";
import { buildProgram } from "../../../builders/program.ts";
import { buildContext, putsOf } from "../../../builders/state.ts";

const free: GroupPlaces = { slot: "mon-group", title: "Monday", on: "2027-01-11", taken: 1 };
const full: GroupPlaces = { ...free, capacity: 1 };
const apart: GroupPlaces = { ...free, slot: "wed-group", on: "2027-01-13", isApart: true };
const early = "2027-01-11T13:00:00.000Z";

function said(groups: readonly GroupPlaces[]) {
  const ctx = buildContext({ now: early });
  const draft = new Draft(inProgram([]), ctx);
  const facts = sayPlaces(draft, ctx, groups);
  const tasks = Object.values(putsOf(draft.finish("death-corrected", {}))).filter(
    (item) => item.kind === "task",
  );
  return { facts, words: tasks.map((task) => ("words" in task ? task.words : "")) };
}

describe("somebody who comes back to groups", () => {
  it("is nobody's work where there is a place, or no number of places", () => {
    expect(said([free, { ...full, capacity: 2 }])).toEqual({ facts: {}, words: [] });
  });

  it("is one task that names each group which is full, or has somebody whom they are not to meet", () => {
    const { facts, words } = said([free, full, apart]);
    expect(facts).toEqual({ overCapacity: true, apart: true });
    expect(words).toEqual([
      expect.stringMatching(/not to be in one group.*1 other is expected, and it has 1 place\./),
    ]);
    expect(said([{ ...full, taken: 3, capacity: 2 }]).words[0]).toContain(
      "3 others are expected, and it has 2 places.",
    );
  });

  it("is kept out of the one session in which that somebody sits", () => {
    const wednesday = buildSession({
      slot: "wed-group",
      groupSessionId: "riverside:adult-iop:2027-01-13:wed-group",
    });
    expect(isApartIn(wednesday, [free, apart])).toBe(true);
    expect(isApartIn(buildSession(), [full, apart])).toBe(false);
  });
});

describe("the groups that are looked at", () => {
  const program = buildProgram();
  const limited = {
    ...program,
    sessions: program.sessions.map((slot) => ({ ...slot, capacity: 4 })),
  };
  const session = buildSession();
  const stood = { status: "active", items: [{ sk: session.sk }] } as unknown as WhatStood;
  const look = async (now: string, what: WhatStood | undefined) => {
    const ctx = buildContext({ now, program: limited });
    const { groups } = await returnPlaces(new MemoryStore(), ctx, inProgram([session]), what);
    return groups.map(({ slot, on }) => `${slot} ${on}`);
  };

  it("are those of sessions that come back, and else the next of each", async () => {
    const before = await look(early, stood);
    expect(before).toContain("mon-group 2027-01-11");
    const after = await look("2027-01-12T13:00:00.000Z", stood);
    expect(after).toContain("mon-group 2027-01-18");
    expect(after).toHaveLength(before.length);
  });

  it("are none where nobody comes back to any", async () => {
    expect(await look(early, undefined)).toEqual([]);
    expect(await look(early, { ...stood, status: "aftercare" })).toEqual([]);
  });
});
