import { describe, expect, it } from "vitest";
import { callTask, EngineBench, holdTask, lastToken, machine } from "./engine-bench.ts";

describe("history", () => {
  it("numbers its events and names the one before, as AWS does", async () => {
    const bench = new EngineBench();
    const arn = bench.start({ "Climb the next rung": callTask("climb") }, { input: { rung: 2 } });
    await bench.engine.runUntilIdle();
    const history = bench.engine.getExecutionHistory(arn);
    expect(history.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, "ExecutionStarted"],
      [2, 0, "TaskStateEntered"],
      [3, 2, "TaskScheduled"],
      [4, 3, "TaskStarted"],
      [5, 4, "TaskSucceeded"],
      [6, 5, "TaskStateExited"],
      [7, 6, "ExecutionSucceeded"],
    ]);
    expect(history[2]?.taskScheduledEventDetails).toEqual({
      resourceType: "lambda",
      resource: "invoke",
      region: "us-east-1",
      parameters: '{"FunctionName":"climb","Payload":{"rung":2}}',
    });
  });

  it("keeps what a state saw, also where it hands on all of it", async () => {
    const bench = new EngineBench();
    const arn = bench.start({
      First: { Type: "Pass", Output: "{% $states %}", Next: "Second" },
      Second: { Type: "Pass", Output: "{% $states.input.context.State.Name %}", End: true },
    });
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn).output).toBe("First");
  });

  it("ends a loop without a wait at AWS's limit of events", async () => {
    const bench = new EngineBench();
    const arn = bench.start({
      Round: { Type: "Pass", Next: "And round" },
      "And round": { Type: "Choice", Choices: [{ Condition: true, Next: "Round" }] },
    });
    await bench.engine.runUntilIdle();
    const { status, error, cause } = bench.engine.describeExecution(arn);
    expect({ status, error }).toEqual({ status: "FAILED", error: "States.Runtime" });
    expect(cause).toContain("25000");
  });
});

describe("executions", () => {
  it("are the same for the same name and input while they run, and refused afterwards", async () => {
    const bench = new EngineBench();
    const arn = bench.start({ Hold: holdTask() }, { input: { driverId: "D1" } });
    const { stateMachineArn } = bench.engine.describeExecution(arn);
    const again = (input: unknown) =>
      bench.engine.startExecution({ stateMachineArn, name: "outreach-1-g1", input });
    expect(again({ driverId: "D1" }).executionArn).toBe(arn);
    const taken = expect.objectContaining({ name: "ExecutionAlreadyExists" });
    expect(() => again({ driverId: "D2" })).toThrow(taken);
    await bench.engine.stopExecution({ executionArn: arn, error: "Reset", cause: "A fresh world" });
    expect(bench.engine.describeExecution(arn)).toMatchObject({
      status: "ABORTED",
      error: "Reset",
      cause: "A fresh world",
    });
    expect(() => again({ driverId: "D1" })).toThrow(taken);
  });

  it("run the version that their alias routes to, to the end, whatever is published since", async () => {
    const bench = new EngineBench();
    const say = (word: string) =>
      machine({
        Hold: holdTask({ Output: word, End: undefined, Next: "End" }),
        End: { Type: "Succeed" },
      });
    const { stateMachineArn, stateMachineVersionArn: first = "" } = bench.engine.createStateMachine(
      { name: "outreach", definition: say("one"), publish: true },
    );
    const alias = bench.engine.createAlias({
      name: "live",
      routingConfiguration: [{ stateMachineVersionArn: first, weight: 100 }],
    });
    const start = (name: string) =>
      bench.engine.startExecution({ stateMachineArn: `${stateMachineArn}:live`, name })
        .executionArn;
    const old = start("old");
    await bench.engine.runUntilIdle();
    const oldToken = lastToken(bench.called);
    const { stateMachineVersionArn: second = "" } = bench.engine.updateStateMachine({
      stateMachineArn,
      definition: say("two"),
      publish: true,
    });
    expect(second).toBe(`${stateMachineArn}:2`);
    bench.engine.updateAlias({
      stateMachineAliasArn: alias.stateMachineAliasArn,
      routingConfiguration: [{ stateMachineVersionArn: second, weight: 100 }],
    });
    const young = start("young");
    await bench.engine.runUntilIdle();
    bench.engine.sendTaskSuccess({ taskToken: lastToken(bench.called), output: {} });
    bench.engine.sendTaskSuccess({ taskToken: oldToken, output: {} });
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(old)).toMatchObject({
      output: "one",
      stateMachineVersionArn: first,
      stateMachineAliasArn: alias.stateMachineAliasArn,
    });
    expect(bench.engine.describeExecution(young)).toMatchObject({
      output: "two",
      stateMachineVersionArn: second,
    });
  });

  it("are spread over two versions by the weights of their alias", () => {
    let random = 0;
    const bench = new EngineBench({ random: () => random });
    const { stateMachineArn, stateMachineVersionArn: first = "" } = bench.engine.createStateMachine(
      {
        name: "outreach",
        definition: machine({ One: { Type: "Succeed" } }),
        publish: true,
      },
    );
    const { stateMachineVersionArn: second = "" } = bench.engine.updateStateMachine({
      stateMachineArn,
      definition: machine({ Two: { Type: "Succeed" } }),
      publish: true,
    });
    bench.engine.createAlias({
      name: "live",
      routingConfiguration: [
        { stateMachineVersionArn: first, weight: 90 },
        { stateMachineVersionArn: second, weight: 10 },
      ],
    });
    const versions = [0, 0.899, 0.9, 0.999].map((drawn) => {
      random = drawn;
      const started = bench.engine.startExecution({ stateMachineArn: `${stateMachineArn}:live` });
      return bench.engine.describeExecution(started.executionArn).stateMachineVersionArn;
    });
    expect(versions).toEqual([first, first, second, second]);
  });

  it("call no more functions at once than allowed", async () => {
    const bench = new EngineBench({ more: { maxConcurrentInvocations: 2 } });
    let [atOnce, most] = [0, 0];
    bench.answer = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return { ok: true, payload: {} };
    };
    for (let person = 0; person < 7; person += 1) {
      bench.start({ "Climb the next rung": callTask("climb") }, { name: `outreach-${person}-g1` });
    }
    await bench.engine.runUntilIdle();
    expect([bench.called.length, most]).toEqual([7, 2]);
  });

  it("tell when something became runnable while nobody runs the engine, and not otherwise", async () => {
    const bench = new EngineBench();
    let told = 0;
    bench.engine.onRunnable(() => {
      told += 1;
    });
    bench.start({ Hold: holdTask() });
    expect(told).toBe(1);
    await bench.engine.runUntilIdle();
    expect(told).toBe(1);
    bench.engine.sendTaskSuccess({ taskToken: lastToken(bench.called), output: {} });
    expect(told).toBe(2);
  });

  it("are forgotten with their waits when all are deleted, and nobody is told", async () => {
    const bench = new EngineBench();
    const arn = bench.start({ Hold: holdTask({ TimeoutSeconds: 60 }) });
    await bench.engine.runUntilIdle();
    await bench.engine.deleteAllExecutions();
    expect(bench.engine.nextDueAt()).toBeUndefined();
    expect(() => bench.engine.describeExecution(arn)).toThrow(
      expect.objectContaining({ name: "ExecutionDoesNotExist" }),
    );
    expect(bench.changes.map(({ status }) => status)).toEqual(["RUNNING"]);
    expect(bench.start({ Hold: holdTask({ TimeoutSeconds: 60 }) })).toBe(arn);
  });
});
