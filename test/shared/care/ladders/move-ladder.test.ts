// Long because a ladder has many ways on, and each is tried beside what it has to leave alone.
import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import type { EpisodeItem } from "../../../../shared/care/episode/episode-item.ts";
import type { Outreach } from "../../../../shared/care/episode/outreach.ts";
import {
  climbAgain,
  dropWelfareDecision,
  endLadder,
  ladderOf,
  openDecision,
  reportUnreached,
  supersedeCalls,
} from "../../../../shared/care/ladders/move-ladder.ts";
import {
  attendanceCorrected,
  outreachSk,
  startOutreach,
} from "../../../../shared/care/ladders/start-outreach.ts";
import { addMinutes } from "../../../../shared/care/time/instants.ts";
import { buildProgram } from "../../../builders/program.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  tuesdayMorning,
} from "../../../builders/state.ts";

const at = (minutes: number) => addMinutes(tuesdayMorning, minutes);
const ctx = buildContext();
const about = { type: "outreach", id: "out-1" } as const;
const owed = {
  tier: "ORANGE",
  occurrence: "out-1-today",
  steps: [{ to: "clinical-lead", at: at(60) }],
} as const;

function buildLadder(more: Partial<Outreach> = {}): Outreach {
  return {
    kind: "outreach",
    sk: "OUTREACH#missedSession#session-1",
    version: 1,
    outreachId: "out-1",
    ladder: "missedSession",
    about: { type: "session", id: "session-1" },
    status: "climbing",
    nextRung: 2,
    nextRungAt: at(30),
    startedAt: at(-120),
    ...more,
  };
}

const call = (name: string, more: Partial<CareTask> = {}) =>
  buildTask({ sk: `TASK#${name}`, taskKind: "outreach-call", about, ...more });
const draftOf = (...items: readonly EpisodeItem[]) =>
  new Draft(buildState(buildEpisode({ status: "active" }), items), ctx);
const statusOf = (draft: Draft, sk: string) => {
  const item = draft.item(sk);
  return item !== undefined && "status" in item ? item.status : undefined;
};
const tasksOf = (draft: Draft, taskKind: CareTask["taskKind"]) =>
  draft
    .items()
    .filter((item): item is CareTask => item.kind === "task" && item.taskKind === taskKind);
const program = buildProgram();
const withoutRungs = buildContext({
  program: { ...program, outreach: { ...program.outreach, missedSession: [] } },
});
const { about: _about, ...aboutNothing } = call("about-nothing");

describe("the ladder of a task", () => {
  it("is its own, while it is climbed or waits for a decision", () => {
    const other = buildLadder({ sk: "OUTREACH#other", outreachId: "out-2" });
    for (const [status, isFound] of [
      ["climbing", true],
      ["decision-needed", true],
      ["reached", false],
      ["withdrawn", false],
    ] as const) {
      const ladder = buildLadder({ status });
      const found = ladderOf(draftOf(other, ladder, call("one")), "out-1");
      expect(found, status).toBe(isFound ? ladder : undefined);
    }
    expect(ladderOf(draftOf(call("one"), buildLadder()), undefined)).toBeUndefined();
  });
});

describe("what a person found out", () => {
  const welfare = call("welfare", { owed });

  it.each([
    ["reached", "reached", "cancelled"],
    ["declined", "reached", "cancelled"],
    ["withdrawn", "withdrawn", "open"],
    [attendanceCorrected, "withdrawn", "open"],
  ])(
    "%s ends the ladder as %s, and leaves the decision about welfare %s",
    (outcome, status, left) => {
      const ladder = buildLadder();
      const draft = draftOf(ladder, welfare);
      endLadder(draft, ladder, outcome);
      expect(draft.item(ladder.sk)).toMatchObject({ status, outcome });
      expect(statusOf(draft, welfare.sk)).toBe(left);
    },
  );

  it("ends no call that is not owed, of another ladder, of another kind, or done", () => {
    const others = [
      call("not-owed"),
      call("another", { owed, about: { type: "outreach", id: "out-2" } }),
      call("decision", { owed, taskKind: "outreach-decision" }),
      call("done", { owed, status: "done" }),
      { ...aboutNothing, owed },
    ];
    const ladder = buildLadder();
    const draft = draftOf(ladder, welfare, ...others);
    dropWelfareDecision(draft, ladder);
    expect(statusOf(draft, welfare.sk)).toBe("cancelled");
    for (const other of others) expect(draft.item(other.sk), other.sk).toBe(other);
  });
});

describe("a ladder that is climbed again", () => {
  it("begins at its first rung, in its time, with nothing undone, and counts its rounds", () => {
    const ladder = buildLadder({ status: "decision-needed", notDone: 2 });
    const draft = draftOf(ladder);
    climbAgain(draft, ctx, ladder);
    const again = draft.item(ladder.sk) as Outreach;
    expect(again).toMatchObject({
      status: "climbing",
      nextRung: 0,
      round: 2,
      nextRungAt: at(15),
    });
    expect(again).not.toHaveProperty("notDone");
    climbAgain(draft, ctx, again);
    expect(draft.item(ladder.sk)).toMatchObject({ round: 3 });
  });

  it("is due at once where the program has no rungs for it", () => {
    const ladder = buildLadder();
    const draft = draftOf(ladder);
    climbAgain(draft, withoutRungs, ladder);
    expect(draft.item(ladder.sk)).toMatchObject({ nextRungAt: tuesdayMorning });
  });
});

describe("a ladder that ran out", () => {
  const ranOut = (more: Partial<Outreach> = {}) =>
    buildLadder({ status: "decision-needed", nextRung: 3, ...more });
  const decisionOf = (more: Partial<Outreach>, ...items: readonly EpisodeItem[]) => {
    const ladder = ranOut(more);
    const draft = draftOf(ladder, ...items);
    openDecision(draft, ctx, ladder, "out-1");
    return tasksOf(draft, "outreach-decision");
  };
  const ask = "Decide what happens: try again, welfare check, or another way.";

  it("asks the case manager to decide, and says how far it went", () => {
    const [decision, ...more] = decisionOf({});
    expect(more).toEqual([]);
    expect(decision).toMatchObject({
      words: `Not reached on any rung of the ladder. ${ask}`,
      assignedFunction: "case-manager",
      about,
      driverId: "outreach-out-1",
      evidence: { ladder: "missedSession", rungs: 3 },
    });
    expect(decision?.sk.endsWith("out-1")).toBe(true);
    expect(decision).not.toHaveProperty("handedUp");
  });

  it("says what nobody did, and has the next person see that", () => {
    const [one] = decisionOf({ notDone: 1 });
    expect(one?.words).toBe(`One step of the ladder was not done: nobody called then. ${ask}`);
    expect(one?.handedUp).toMatchObject([{ from: "case-manager", at: tuesdayMorning }]);
    const [two] = decisionOf({ notDone: 2 });
    expect(two?.words).toBe(`2 steps of the ladder were not done: nobody called then. ${ask}`);
  });

  it("asks once, and does not take another's question for its own", () => {
    const asked = (more: Partial<CareTask> = {}) =>
      call("asked", { taskKind: "outreach-decision", ...more });
    expect(decisionOf({}, asked())).toHaveLength(1);
    expect(decisionOf({}, asked({ status: "done" }))).toHaveLength(2);
    expect(decisionOf({}, asked({ about: { type: "outreach", id: "out-2" } }))).toHaveLength(2);
    expect(decisionOf({}, { ...aboutNothing, taskKind: "outreach-decision" })).toHaveLength(2);
    expect(decisionOf({}, call("call"))).toHaveLength(1);
    expect(decisionOf({}, call("call"), asked())).toHaveLength(1);
  });

  it("asks anew where nobody was reached again; while it climbs its next rung comes", () => {
    const ladder = ranOut();
    const draft = draftOf(ladder);
    reportUnreached(draft, ctx, ladder);
    const [decision] = tasksOf(draft, "outreach-decision");
    expect(decision?.sk.endsWith(`out-1-${draft.episode.version}`)).toBe(true);
    const climbing = buildLadder();
    const still = draftOf(climbing);
    reportUnreached(still, ctx, climbing);
    expect(tasksOf(still, "outreach-decision")).toEqual([]);
  });
});

describe("a rung that asks for more", () => {
  it("takes the calls before it off the list, and remembers that nobody made them", () => {
    const ladder = buildLadder();
    const draft = draftOf(ladder, call("one"), call("two"));
    expect(supersedeCalls(draft, ladder)).toBe(2);
    expect(statusOf(draft, "TASK#one")).toBe("cancelled");
    expect(statusOf(draft, "TASK#two")).toBe("cancelled");
    expect(draft.item(ladder.sk)).toMatchObject({ notDone: 2 });
    const before = buildLadder({ notDone: 3 });
    const later = draftOf(before, call("one"));
    expect(supersedeCalls(later, before)).toBe(1);
    expect(later.item(before.sk)).toMatchObject({ notDone: 4 });
  });

  it("leaves what is owed, another's, of another kind or done, and then nothing was left undone", () => {
    const others = [
      call("owed", { owed }),
      call("another", { about: { type: "outreach", id: "out-2" } }),
      call("decision", { taskKind: "outreach-decision" }),
      call("done", { status: "done" }),
      aboutNothing,
    ];
    const ladder = buildLadder();
    const draft = draftOf(ladder, ...others);
    expect(supersedeCalls(draft, ladder)).toBe(0);
    for (const other of others) expect(draft.item(other.sk), other.sk).toBe(other);
    expect(draft.item(ladder.sk)).toBe(ladder);
  });
});

describe("a ladder that is started", () => {
  const input = {
    ladder: "missedSession",
    about: { type: "session", id: "session-1" },
  } as const;
  const sk = outreachSk("missedSession", "session-1");
  const runsOf = (draft: Draft) => draft.items().filter((item) => item.kind === "driver");

  it("stands under what it is about, and its workflow begins with the first rung", () => {
    const draft = draftOf();
    startOutreach(draft, ctx, input);
    expect(sk).toBe("OUTREACH#missedSession#session-1");
    const ladder = draft.item(sk) as Outreach;
    expect(ladder).toEqual({
      kind: "outreach",
      sk,
      version: 1,
      outreachId: expect.any(String),
      ...input,
      status: "climbing",
      nextRung: 0,
      nextRungAt: at(15),
      startedAt: tuesdayMorning,
    });
    expect(runsOf(draft)).toMatchObject([
      { workflow: "outreach", subject: ladder.outreachId, status: "dormant", startAt: at(15) },
    ]);
  });

  it("is due at once where the program has no rungs for it", () => {
    const draft = draftOf();
    startOutreach(draft, withoutRungs, input);
    expect(draft.item(sk)).toMatchObject({ nextRungAt: tuesdayMorning });
  });

  it.each([
    ["is climbed", {}],
    ["has its end", { status: "reached", outcome: "reached" }],
    ["was withdrawn by a decision", { status: "withdrawn", outcome: "close-ladder" }],
  ] as const)("is the same one where it %s already", (_what, more) => {
    const known = buildLadder(more);
    const draft = draftOf(known);
    startOutreach(draft, ctx, input);
    expect(draft.item(sk)).toBe(known);
    expect(runsOf(draft)).toEqual([]);
  });

  it("starts anew, as another one, where a correction had withdrawn it", () => {
    const known = buildLadder({
      version: 4,
      status: "withdrawn",
      outcome: attendanceCorrected,
      notDone: 1,
    });
    const draft = draftOf(known);
    startOutreach(draft, ctx, input);
    const again = draft.item(sk) as Outreach;
    expect(again).toMatchObject({ status: "climbing", nextRung: 0, nextRungAt: at(15) });
    expect(again.outreachId).not.toBe("out-1");
    expect(again).not.toHaveProperty("outcome");
    expect(again).not.toHaveProperty("notDone");
    expect(runsOf(draft)).toMatchObject([{ subject: again.outreachId }]);
    expect(attendanceCorrected).toBe("attendance-corrected");
    const [put] = draft.finish("started").puts.filter(({ item }) => item.sk === sk);
    expect(put).toMatchObject({ expects: { version: 4 }, item: { version: 5 } });
  });
});
