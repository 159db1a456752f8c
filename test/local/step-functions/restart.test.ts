import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteEngineStore } from "../../../local/step-functions/engine-store-sqlite.ts";
import { callTask, EngineBench, failure, holdTask, lastToken } from "./engine-bench.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-"));
  file = join(folder, "step-functions.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (at?: string) =>
  new EngineBench({ store: new SqliteEngineStore(file), ...(at === undefined ? {} : { at }) });

describe("an engine that begins where another was ended", () => {
  it("makes a call again that was under way, with the same arguments", async () => {
    const first = open();
    first.answer = () => new Promise(() => {});
    const arn = first.start({ "Climb the next rung": callTask("climb") }, { input: { rung: 3 } });
    await first.engine.pump();
    first.engine.close();

    const second = open("2027-01-04T15:05:00.000Z");
    await second.engine.runUntilIdle();
    expect(second.called).toEqual([{ ...first.called[0], at: "2027-01-04T15:05:00.000Z" }]);
    expect(second.engine.describeExecution(arn)).toMatchObject({
      status: "SUCCEEDED",
      output: { rung: 3 },
    });
    expect(second.eventTypes(arn)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
    second.engine.close();
  });

  it("gives a call up whose time ran out while nothing ran", async () => {
    const first = open();
    first.answer = () => new Promise(() => {});
    const arn = first.start({ "Climb the next rung": callTask("climb", { TimeoutSeconds: 30 }) });
    await first.engine.pump();
    first.engine.close();

    const second = open("2027-01-04T15:05:00.000Z");
    await second.engine.runUntilIdle();
    expect(second.called).toEqual([]);
    expect(second.engine.describeExecution(arn).error).toBe("States.Timeout");
    second.engine.close();
  });

  it("still takes the answer to a token that it handed out before", async () => {
    const first = open();
    const arn = first.start({ Hold: holdTask({ TimeoutSeconds: 86_400 }) });
    await first.engine.runUntilIdle();
    first.engine.close();

    const second = open("2027-01-05T09:00:00.000Z");
    await second.engine.runUntilIdle();
    expect(second.called).toEqual([]);
    expect(second.engine.nextDueAt()).toBe(Date.parse("2027-01-05T15:00:00.000Z"));
    second.engine.sendTaskSuccess({ taskToken: lastToken(first.called), output: "approved" });
    second.engine.close();

    const third = open("2027-01-05T09:00:01.000Z");
    await third.engine.runUntilIdle();
    expect(third.engine.describeExecution(arn)).toMatchObject({
      status: "SUCCEEDED",
      output: "approved",
    });
    third.engine.close();
  });

  it("waits on to the same instant, and for the retry that was due, with variables and history", async () => {
    const first = open();
    first.answer = () => failure("StoreUnavailableError");
    const arn = first.start({
      "Until Monday": {
        Type: "Wait",
        Timestamp: "2027-01-11T14:00:00Z",
        Assign: { rung: 1 },
        Next: "Climb the next rung",
      },
      "Climb the next rung": callTask("climb", {
        Arguments: { FunctionName: "climb", Payload: { rung: "{% $rung %}" } },
        Retry: [{ ErrorEquals: ["StoreUnavailableError"], IntervalSeconds: 40, MaxAttempts: 1 }],
      }),
    });
    await first.engine.runUntilIdle();
    first.engine.close();

    const second = open("2027-01-10T00:00:00.000Z");
    second.answer = first.answer;
    expect(second.engine.nextDueAt()).toBe(Date.parse("2027-01-11T14:00:00Z"));
    await second.advanceTo("2027-01-11T14:00:10.000Z");
    second.engine.close();

    const third = open("2027-01-11T14:00:20.000Z");
    await third.advanceTo("2027-01-11T15:00:00.000Z");
    expect([...second.called, ...third.called]).toEqual([
      { at: "2027-01-11T14:00:00.000Z", name: "climb", payload: { rung: 1 } },
      { at: "2027-01-11T14:00:40.000Z", name: "climb", payload: { rung: 1 } },
    ]);
    const history = third.engine.getExecutionHistory(arn);
    expect(history.map(({ id }) => id)).toEqual(history.map((_event, index) => index + 1));
    third.engine.close();
  });

  it("knows its machines, versions and aliases, and what is closed", async () => {
    const first = open();
    const arn = first.start({ "Climb the next rung": callTask("climb") });
    const { stateMachineArn } = first.engine.describeExecution(arn);
    const { stateMachineVersionArn } = first.engine.publishVersion(stateMachineArn);
    first.engine.createAlias({
      name: "live",
      routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
    });
    await first.engine.runUntilIdle();
    const before = first.engine.listExecutions({});
    first.engine.close();

    const second = open();
    expect(second.engine.listExecutions({})).toEqual(before);
    const { executionArn } = second.engine.startExecution({
      stateMachineArn: `${stateMachineArn}:live`,
    });
    expect(second.engine.describeExecution(executionArn).stateMachineVersionArn).toBe(
      stateMachineVersionArn,
    );
    expect(second.engine.listExecutions({ statusFilter: "RUNNING" })).toHaveLength(1);
    await second.engine.deleteAllExecutions();
    expect(second.engine.listExecutions({})).toEqual([]);
    second.engine.close();
  });
});

describe("a process that is killed with kill -9", () => {
  it("in the middle of a function call loses nothing that it had begun", async () => {
    const victim = spawn(
      process.execPath,
      [fileURLToPath(new URL("./engine-victim.ts", import.meta.url)), file],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const calledFirst = await new Promise<string>((resolve) => {
      victim.stdout.once("data", (line: Buffer) => resolve(line.toString().trim()));
    });
    const ended = new Promise((resolve) => victim.once("exit", resolve));
    victim.kill("SIGKILL");
    await ended;

    const next = open();
    await next.engine.runUntilIdle();
    expect(JSON.stringify(next.called[0]?.payload)).toBe(calledFirst);
    const statuses = next.engine.listExecutions({}).map(({ name, status }) => [name, status]);
    expect(statuses).toEqual([
      ["waiting", "RUNNING"],
      ["calling", "SUCCEEDED"],
    ]);
    expect(next.engine.nextDueAt()).toBe(Date.parse("2027-06-01T12:00:00Z"));
    next.engine.close();
  });
});
