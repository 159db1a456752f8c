import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { createLambdaClient, MAX_SILENCE_MS } from "../../../local/step-functions/lambda-client.ts";
import { readStandaloneOptions } from "../../../local/step-functions/standalone-options.ts";
import { callTask, EngineBench, holdTask, startedAt } from "./engine-bench.ts";

const atSecond = (seconds: number) =>
  new Date(Date.parse(startedAt) + seconds * 1000).toISOString();

describe("a year, the longest that AWS runs an execution", () => {
  it("ends one that waits longer, whatever it waits for", async () => {
    const bench = new EngineBench();
    const waiting = bench.start({
      Until: { Type: "Wait", Timestamp: "2028-03-01T14:00:00Z", Next: "Ask" },
      Ask: callTask("ask"),
    });
    const holding = bench.engine.startExecution({
      stateMachineArn: bench.engine.createStateMachine({
        name: "holding",
        definition: { QueryLanguage: "JSONata", StartAt: "Hold", States: { Hold: holdTask() } },
      }).stateMachineArn,
    }).executionArn;
    await bench.advanceTo("2028-03-02T00:00:00.000Z");
    for (const arn of [waiting, holding]) {
      expect(bench.engine.describeExecution(arn)).toMatchObject({
        status: "TIMED_OUT",
        stopDate: Date.parse("2028-01-04T15:00:00.000Z"),
      });
    }
    expect(bench.called.map(({ name }) => name)).toEqual(["hold-care"]);
  });

  it("a wait for a time beyond all limits fails at once", async () => {
    const bench = new EngineBench();
    const arn = bench.start({
      Until: { Type: "Wait", Timestamp: "2031-01-01T00:00:00Z", End: true },
    });
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn)).toMatchObject({
      status: "FAILED",
      error: "States.QueryEvaluationError",
      cause: expect.stringContaining("lies more than 99999999 seconds ahead"),
    });
  });
});

it.each([
  ["TimeoutSeconds", { TimeoutSeconds: 60 }],
  ["HeartbeatSeconds", { HeartbeatSeconds: 60 }],
])("a caught timeout has an empty cause: %s", async (_field, limit) => {
  const bench = new EngineBench();
  const caught = { ...limit, Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Too late" }] };
  const arn = bench.start({ Hold: holdTask(caught), "Too late": { Type: "Succeed" } });
  await bench.advanceSeconds(120);
  expect(bench.engine.describeExecution(arn).output).toEqual({
    Error: "States.Timeout",
    Cause: "",
  });
});

describe("waiting for a turn", () => {
  it.each([1, 2])(
    "is not the task's time, with %i calls at once",
    async (maxConcurrentInvocations) => {
      const bench = new EngineBench({ more: { maxConcurrentInvocations } });
      const ends: (() => void)[] = [];
      bench.answer = () =>
        new Promise((resolve) => ends.push(() => resolve({ ok: true, payload: 1 })));
      const limited = callTask("climb", { TimeoutSeconds: 60, HeartbeatSeconds: 50 });
      const arns = ["a", "b", "c"].map((name) => bench.start({ Climb: limited }, { name }));
      await bench.engine.pump();
      expect(bench.called).toHaveLength(maxConcurrentInvocations);
      for (let round = 1; round <= 3; round += 1) {
        bench.jumpTo(atSecond(40 * round));
        for (const end of ends.splice(0)) end();
        await new Promise((resolve) => setImmediate(resolve));
        await bench.engine.pump();
      }
      expect(arns.map((arn) => bench.engine.describeExecution(arn).status)).toEqual([
        "SUCCEEDED",
        "SUCCEEDED",
        "SUCCEEDED",
      ]);
    },
  );

  it("leaves a queued call its whole time, and then no more", async () => {
    const bench = new EngineBench({ more: { maxConcurrentInvocations: 1 } });
    bench.answer = () => new Promise(() => {});
    const limited = callTask("climb", { TimeoutSeconds: 60 });
    const arns = ["a", "b"].map((name) => bench.start({ Climb: limited }, { name }));
    await bench.engine.pump();
    expect(bench.engine.nextDueAt()).toBe(Date.parse(atSecond(60)));
    bench.jumpTo(atSecond(60));
    await bench.engine.pump();
    expect(bench.called).toHaveLength(2);
    expect(arns.map((arn) => bench.engine.describeExecution(arn).status)).toEqual([
      "FAILED",
      "RUNNING",
    ]);
    expect(bench.engine.nextDueAt()).toBe(Date.parse(atSecond(120)));
  });

  it("how many calls are made at once is an option of the command", () => {
    expect(readStandaloneOptions(["--concurrency", "40"])).toMatchObject({ concurrency: 40 });
    expect(readStandaloneOptions([])).toMatchObject({ concurrency: 16 });
    expect(readStandaloneOptions(["--concurrency", "0"])).toHaveProperty("problem");
  });
});

it("a call waits as long as Lambda lets a function run, 15 minutes, and not for ever", async () => {
  expect(MAX_SILENCE_MS).toBeGreaterThan(15 * 60_000);
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const call = createLambdaClient(`http://127.0.0.1:${port}`, 100);
  await expect(call("climb", {}, { executionArn: "any" })).rejects.toThrow(
    "No answer came within 0.1 seconds",
  );
  server.closeAllConnections();
  server.close();
});

it("arguments that only an expression names are refused by their name", async () => {
  const bench = new EngineBench();
  const computed = "{% {'FunctionName': 'climb', 'InvocationType': 'Event'} %}";
  const arn = bench.start({ Climb: callTask("climb", { Arguments: computed }) });
  await bench.engine.runUntilIdle();
  expect(bench.called).toEqual([]);
  expect(bench.engine.describeExecution(arn)).toMatchObject({
    status: "FAILED",
    error: "States.Runtime",
    cause: expect.stringContaining("'InvocationType' is not supported"),
  });
});
