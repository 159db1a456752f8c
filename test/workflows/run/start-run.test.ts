import { beforeEach, describe, expect, it } from "vitest";
import { holdCare } from "../../../functions/hold-care/hold-care.ts";
import { markExecutionLost } from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import type { WorkflowRun } from "../../../shared/care/episode/workflow-run.ts";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { reviveRun, startRun, wakeRun } from "../../../workflows/run/start-run.ts";
import { buildRun, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const run = buildRun("intake");
const first = `${run.driverId}-g1`;
const second = `${run.driverId}-g2`;
const logger = { info: () => {}, warn: () => {}, error: () => {} };
let world: StaffWorld;
let runner: MemoryWorkflowRunner;

async function having(more: Partial<WorkflowRun>): Promise<void> {
  world = await StaffWorld.create(tuesdayMorning);
  runner = new MemoryWorkflowRunner();
  await world.add({ episode: personAt("riverside"), items: [{ ...run, ...more }] });
}
beforeEach(() => having({}));

const deps = () => ({ ...world.deps, runner, functions: new MemoryFunctionRunner(), logger });
const stored = () => world.item(episodeId, run.sk);
const names = () => [...runner.executions.keys()];

/** Registers a wait of the run, as its machine does. */
async function waitsWith(token: string, generation = 1): Promise<void> {
  runner.waitOn(token);
  const root = await world.store.get("care", keys.episode(episodeId).pk, "EPISODE");
  await holdCare(world.deps, {
    schemaVersion: 1,
    workflow: "intake",
    episodeId,
    driverId: run.driverId,
    generation,
    token,
    holdUntil: addMinutes(tuesdayMorning, 60),
    plannedAtVersion: Number(root?.version),
    enteredAt: tuesdayMorning,
    retryCount: 0,
  });
}

const started = () => startRun(deps(), episodeId, run.sk);

describe("a wait that is registered", () => {
  it("is missed ten minutes after it should have ended", async () => {
    await waitsWith("a-token");
    expect(await stored()).toMatchObject({
      status: "running",
      expectedBy: addMinutes(tuesdayMorning, 70),
      workAt: addMinutes(tuesdayMorning, 70),
    });
  });

  it("is refused of an execution that another has taken over from, and of a run that is done", async () => {
    await having({ generation: 2 });
    await expect(waitsWith("a-token", 1)).rejects.toMatchObject({ name: "SupersededError" });
    await having({ status: "done" });
    await expect(waitsWith("a-token")).rejects.toMatchObject({ name: "SupersededError" });
  });
});

describe("a run that is woken", () => {
  it("has its wait ended, and its execution goes on", async () => {
    await started();
    await waitsWith("a-token");
    await wakeRun(deps(), episodeId, run.sk);
    expect(runner.woken).toEqual([{ token: "a-token", output: "{}" }]);
    expect(names()).toEqual([first]);
  });

  it("whose wait is of an execution before is left alone: the one that runs looks by itself", async () => {
    await started();
    await waitsWith("a-token");
    runner.end(first, "FAILED");
    await markExecutionLost(deps(), { driverId: run.driverId, episodeId });
    expect(names()).toEqual([first, second]);
    await wakeRun(deps(), episodeId, run.sk);
    expect(runner.woken).toEqual([]);
    expect(names()).toEqual([first, second]);
  });
});

describe("a run that is overdue", () => {
  it("and whose execution runs is given ten minutes more and woken to look again", async () => {
    await started();
    await waitsWith("a-token");
    world.clock.advanceMinutes(71);
    await reviveRun(deps(), episodeId, run.sk);
    expect(runner.woken).toEqual([{ token: "a-token", output: "{}" }]);
    expect(await stored()).toMatchObject({
      generation: 1,
      expectedBy: addMinutes(tuesdayMorning, 81),
    });
  });

  it("and whose execution is gone goes on in the next; before its time it is let be", async () => {
    await started();
    await waitsWith("a-token");
    runner.end(first, "TIMED_OUT");
    world.clock.advanceMinutes(69);
    await reviveRun(deps(), episodeId, run.sk);
    expect(names()).toEqual([first]);
    world.clock.advanceMinutes(1);
    await reviveRun(deps(), episodeId, run.sk);
    expect(names()).toEqual([first, second]);
    expect(await stored()).toMatchObject({ generation: 2, status: "running" });
  });
});

describe("an execution that ended badly", () => {
  it.each(["done", "dormant", "lost"] as const)(
    "of a run that is %s starts nothing at once",
    async (status) => {
      await having({ status });
      await markExecutionLost(deps(), { driverId: run.driverId, episodeId });
      expect(names()).toEqual([]);
      expect(await stored()).toMatchObject({ status, generation: 1 });
    },
  );

  it("and whose name is taken is not taken for one that runs", async () => {
    await started();
    for (const status of ["FAILED", "ABORTED", "TIMED_OUT", "SUCCEEDED"] as const) {
      await having({});
      await started();
      runner.end(first, status);
      await started();
      expect(names(), status).toEqual([first, second]);
    }
    await having({ status: "done" });
    await started();
    expect(names()).toEqual([]);
  });
});
