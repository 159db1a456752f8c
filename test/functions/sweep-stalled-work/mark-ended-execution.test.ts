import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { markEndedExecution } from "../../../functions/sweep-stalled-work/mark-ended-execution.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { endedExecution, sweepEventSchema } from "../../../shared/contracts/sweep-event.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { buildRun, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";
import { executionFailed } from "../../infra/documented/events.ts";

const run = buildRun("intake");
const name = `${run.driverId}-g1`;
const input = JSON.stringify({
  schemaVersion: 1,
  driverId: run.driverId,
  episodeId,
  generation: 1,
});

let world: StaffWorld;
let runner: MemoryWorkflowRunner;

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside"), items: [run] });
  runner = new MemoryWorkflowRunner();
  await runner.start({ workflow: "intake", name, input });
  runner.end(name, "FAILED");
});

const documented = z.looseObject({ detail: z.looseObject({}) }).parse(executionFailed.event);

/** The event as EventBridge brings it, with these details in the place of the documented ones. */
const ended = (detail: object) => {
  const event = sweepEventSchema.parse({
    ...documented,
    detail: {
      ...documented.detail,
      executionArn: `arn:aws:states:us-east-1:000000000000:execution:throughcare-intake:${name}`,
      name,
      ...detail,
    },
  });
  const execution = endedExecution(event);
  if (execution === undefined) throw new Error("The event tells of no execution");
  return markEndedExecution(
    {
      ...world.deps,
      runner,
      functions: new MemoryFunctionRunner(),
      logger: { info: () => {}, warn: () => {}, error: () => {} },
    },
    execution,
  );
};

const storedRun = () => world.store.get("care", keys.episode(episodeId).pk, run.sk);

describe("an execution that ended badly", () => {
  it("has its run go on in a new one, by what the event says", async () => {
    await ended({ input });
    expect(await storedRun()).toMatchObject({ generation: 2 });
    expect([...runner.executions.keys()]).toEqual([name, `${run.driverId}-g2`]);
  });

  it.each([
    ["leaves out what it was started with", { input: null, inputDetails: { included: false } }],
    ["says nothing of what it was started with", { input: undefined }],
    ["brings an input that is cut short", { input: input.slice(0, 20) }],
  ])("has its run go on where the event %s, by what the execution says", async (_, detail) => {
    await ended(detail);
    expect(await storedRun()).toMatchObject({ generation: 2 });
  });

  it.each([
    [
      "of another machine",
      { executionArn: "arn:aws:states:us-east-1:000000000000:execution:other:x" },
    ],
    [
      "that is no longer known",
      {
        executionArn:
          "arn:aws:states:us-east-1:000000000000:execution:throughcare-intake:intake-gone-g1",
      },
    ],
  ])("%s is kept for a person, and changes nothing", async (_, detail) => {
    await expect(ended({ input: null, ...detail })).rejects.toThrow(
      "An execution ended whose input names no driver",
    );
    expect(await storedRun()).toMatchObject({ generation: 1 });
  });
});
