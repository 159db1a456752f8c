import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../../shared/care/change/change.ts";
import { Draft } from "../../../../shared/care/change/draft.ts";
import type { CareTask } from "../../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../../shared/care/episode/episode.ts";
import { episodeStatuses } from "../../../../shared/care/episode/status.ts";
import { askForPlans } from "../../../../shared/care/plans/ask-for-plans.ts";
import { partsFor } from "../../../../shared/care/plans/plan-parts.ts";
import { type PlanToWrite, writePlan } from "../../../../shared/care/plans/write-plan.ts";
import { planKindRecords, planKinds } from "../../../../shared/care/program/plan-kinds.ts";
import type { Program } from "../../../../shared/care/program/program.ts";
import { buildProgram, buildSite } from "../../../builders/program.ts";
import { shippedProgram } from "../../../builders/program-files.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  clinician,
} from "../../../builders/state.ts";

const plan: PlanToWrite = {
  planKind: "crisis",
  sections: { "own-ways": "  Walk by the lake \n", reasons: "My daughter", professionals: " " },
  isShown: true,
  version: 0,
  safetyConcern: false,
};

function write(
  input: Partial<PlanToWrite> = {},
  more: Partial<Episode> = {},
  tasks: CareTask[] = [],
) {
  const state = buildState(buildEpisode({ status: "active", week: 1, ...more }), tasks);
  return writePlan(
    state,
    { ...plan, ...input },
    buildContext({ actor: clinician, program: { ...buildProgram(), plans } }),
  );
}

function done(...given: Parameters<typeof write>) {
  const change = write(...given);
  if (isRefusal(change)) throw new Error(change.sentence);
  return change;
}

const { plans = [] } = shippedProgram().program;

/** What is on the list after a week of this number closed. */
function askedFor(week: number, more: Partial<Episode> = {}) {
  const state = buildState(buildEpisode({ status: "active", week, ...more }));
  const ctx = buildContext({ program: { ...buildProgram(), plans } });
  const draft = new Draft(state, ctx);
  askForPlans(draft, ctx, week);
  return draft
    .items()
    .map((item) => (item.kind === "task" ? [item.about?.id, item.assignedFunction] : []));
}

const standing = {
  version: 2,
  writtenAt: "2027-01-05T16:00:00.000Z",
  isShown: false,
};

describe("a plan", () => {
  it("of the crisis has seven parts and one for whom opioids concern, the one for staying well six", () => {
    const parts = (episode: Parameters<typeof partsFor>[1], screens: Program["screens"] = []) =>
      partsFor("crisis", episode, { screens }).map(({ id }) => id);
    const taken = { version: 1, recordedAt: "2027-01-05T16:00:00.000Z", isTaken: true };
    expect(parts({})).toHaveLength(7);
    expect(parts({ medicines: { lithium: taken } })).not.toContain("naloxone");
    expect(parts({ medicines: { methadone: taken } })).toContain("naloxone");
    expect(parts({ medicines: { methadone: { ...taken, isTaken: false } } })).toHaveLength(7);
    expect(parts({}, shippedProgram("sud-iop").program.screens)).toContain("naloxone");
    expect(parts({}, shippedProgram("adult-iop").program.screens)).not.toContain("naloxone");
    expect(planKindRecords["relapse-prevention"].sections).toHaveLength(6);
    for (const kind of planKinds)
      for (const { label } of planKindRecords[kind].sections) expect(label.es).not.toBe(label.en);
  });

  it("is kept as a version of its own, with the parts that were talked about", () => {
    const change = done();
    expect(change.episode.plans?.crisis).toMatchObject({ version: 1, isShown: true });
    expect(change.identityPuts[0]?.attributes).toMatchObject({
      planKind: "crisis",
      version: 1,
      sections: { "own-ways": "Walk by the lake", reasons: "My daughter" },
      by: "avery",
    });
    expect(JSON.stringify([change.audit, change.puts, change.episode])).not.toContain("lake");
  });

  it("never changes what was written before", () => {
    const change = done({ version: 2 }, { plans: { crisis: standing } });
    expect(change.identityPuts[0]?.sk).toMatch(/#000003$/);
  });

  it.each([
    ["written over what somebody else wrote meanwhile", { version: 1 }, "stale-version"],
    ["of nothing", { sections: { reasons: " " } }, "invalid"],
    ["with a part of another plan", { sections: { goals: "Sleep" } }, "invalid"],
  ] as const)("is refused %s", (_what, input, code) => {
    const outcome = write(
      input,
      input === undefined ? {} : "version" in input ? { plans: { crisis: standing } } : {},
    );
    expect(outcome).toMatchObject({ refused: code });
  });

  it("of treatment is gone through again 30 days later", () => {
    const change = done({ planKind: "treatment", sections: { goals: "Sleep" } });
    expect(change.episode.plans?.treatment?.reviewOn).toBe("2027-02-11");
  });

  it.each([
    ["2027-01-13T02:00:00.000Z", "America/New_York"],
    ["2027-01-11T22:00:00.000Z", "Pacific/Auckland"],
  ])("counts its days from the day at the site: %s in %s is the 12th", (now, timeZone) => {
    const program = { ...buildProgram(), plans };
    const ctx = buildContext({ actor: clinician, program, now, site: buildSite({ timeZone }) });
    const input = { ...plan, planKind: "treatment", sections: { goals: "Sleep" } } as const;
    const change = writePlan(buildState(buildEpisode({ status: "active" })), input, ctx);
    expect(!isRefusal(change) && change.episode.plans?.treatment?.reviewOn).toBe("2027-02-11");
    const due = { ...standing, reviewOn: "2027-01-20" };
    const state = buildState(buildEpisode({ status: "active", plans: { treatment: due } }));
    const draft = new Draft(state, ctx);
    // Within the week that begins on the 12th are the days to the 19th.
    askForPlans(draft, ctx, 0);
    expect(draft.items()).toEqual([]);
  });

  it("is in the audit trail with its version, and with whether the person sees it, without its words", () => {
    expect(done({ version: 2 }, { plans: { crisis: standing } }).audit).toMatchObject({
      action: "plan-written",
      facts: { planKind: "crisis", planVersion: 3, isShown: true },
    });
    expect(done({ isShown: false }).audit.facts).toMatchObject({ planVersion: 1, isShown: false });
  });

  it.each(episodeStatuses)(
    "is written in an episode that is %s as long as it has not ended",
    (status) => {
      const isEnded = ["closed", "declined", "withdrawn"].includes(status);
      expect(isRefusal(write({}, { status }))).toBe(isEnded);
    },
  );

  it("takes off the list what asked for it, and nothing else", () => {
    const due = (id: string) =>
      buildTask({
        sk: `TASK#plan-due#${id}-missing`,
        taskKind: "plan-due",
        about: { type: "plan", id },
      });
    const change = done({}, {}, [due("crisis"), due("treatment")]);
    expect(change.puts.map(({ item }) => item)).toMatchObject([
      { sk: "TASK#plan-due#crisis-missing", status: "cancelled" },
    ]);
  });

  it("that names danger is read by a clinician, and rings nobody where its writer sees no concern", () => {
    const change = done({
      sections: { "warning-signs": "When I think of killing myself at night" },
    });
    expect(change.puts.map(({ item }) => item)).toMatchObject([
      { kind: "task", taskKind: "clinician-review", priority: "safety" },
    ]);
    const worried = done({ safetyConcern: true });
    expect(worried.puts.map(({ item }) => item)).toContainEqual(
      expect.objectContaining({ kind: "escalation", tier: "ORANGE" }),
    );
  });

  it("is asked for by the end of its week, of whom the program says", () => {
    expect(askedFor(1)).toEqual([
      ["crisis", "clinician"],
      ["treatment", "case-manager"],
    ]);
    expect(askedFor(3, { plans: { crisis: standing, treatment: standing } })).toEqual([]);
    expect(askedFor(4, { plans: { crisis: standing, treatment: standing } })).toEqual([
      ["relapse-prevention", "case-manager"],
    ]);
  });

  it.each([
    ["2027-01-19", true],
    ["2027-01-20", false],
  ])("of treatment due again on %s is on the list on January 12: %s", (reviewOn, isAsked) => {
    const treatment = { ...standing, reviewOn };
    const asked = askedFor(2, { plans: { crisis: standing, treatment } });
    expect(asked).toEqual(isAsked ? [["treatment", "case-manager"]] : []);
  });
});
