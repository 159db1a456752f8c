import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
  UpdateStateMachineAliasCommand,
  ValidateStateMachineDefinitionCommand,
} from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteEngineStore } from "../../../local/step-functions/engine-store-sqlite.ts";
import { lastToken, machine, startedAt } from "./engine-bench.ts";
import { arn, executionArn, install, serve, start, stop, stopAll } from "./engine-wire-bench.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wire-"));
});
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
});

describe("the ordinary client", () => {
  it("starts, describes, lists and answers an execution, across a restart", async () => {
    const file = join(folder, "step-functions.db");
    const first = await serve(new SqliteEngineStore(file));
    install(first);
    const started = await start(first.client, { driverId: "D1" });
    expect(started).toMatchObject({ executionArn, startDate: new Date(startedAt) });
    expect((await start(first.client, { driverId: "D1" })).executionArn).toBe(executionArn);
    await first.bench.engine.runUntilIdle();
    const taskToken = lastToken(first.bench.called);
    await stop(first);

    const { bench, client } = await serve(new SqliteEngineStore(file));
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"outcome":"reached"}' }));
    await bench.engine.runUntilIdle();
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({
      status: "SUCCEEDED",
      input: '{"driverId":"D1"}',
      output: '{"outcome":"reached"}',
      stateMachineArn: arn,
      stateMachineAliasArn: `${arn}:live`,
      stateMachineVersionArn: `${arn}:1`,
    });
    const listed = await client.send(
      new ListExecutionsCommand({ stateMachineArn: arn, statusFilter: "SUCCEEDED" }),
    );
    expect(listed.executions?.map(({ name }) => name)).toEqual(["outreach-1-g1"]);
  });

  it("reads lists and histories page by page", async () => {
    const running = await serve();
    const { bench, client } = running;
    install(running);
    for (const name of ["a", "b", "c"]) await start(client, {}, name);
    await bench.engine.runUntilIdle();
    const page = await client.send(
      new ListExecutionsCommand({ stateMachineArn: arn, maxResults: 2 }),
    );
    const rest = await client.send(
      new ListExecutionsCommand({ stateMachineArn: arn, nextToken: page.nextToken }),
    );
    const names = [...(page.executions ?? []), ...(rest.executions ?? [])].map(({ name }) => name);
    expect(names).toEqual(["c", "b", "a"]);
    expect(rest.nextToken).toBeUndefined();

    const of = { executionArn: executionArn.replace("outreach-1-g1", "a") };
    const history = await client.send(
      new GetExecutionHistoryCommand({ ...of, maxResults: 3, reverseOrder: true }),
    );
    expect(history.events?.map(({ id, type }) => [id, type])).toEqual([
      [5, "TaskSubmitted"],
      [4, "TaskStarted"],
      [3, "TaskScheduled"],
    ]);
    expect(history.events?.[0]?.timestamp).toEqual(new Date(startedAt));
    const earlier = await client.send(
      new GetExecutionHistoryCommand({
        ...of,
        reverseOrder: true,
        nextToken: history.nextToken,
      }),
    );
    expect(earlier.events?.map(({ id }) => id)).toEqual([2, 1]);
  });

  it("stops an execution and fails a task, with error and cause", async () => {
    const running = await serve();
    const { bench, client } = running;
    install(running);
    await start(client, {});
    const stopped = await client.send(
      new StopExecutionCommand({ executionArn, error: "Reset", cause: "A fresh world" }),
    );
    expect(stopped.stopDate).toEqual(new Date(startedAt));
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: "ABORTED",
      error: "Reset",
      cause: "A fresh world",
    });
    await start(client, {}, "second");
    await bench.engine.runUntilIdle();
    const taskToken = lastToken(bench.called);
    await client.send(new SendTaskFailureCommand({ taskToken, error: "SupersededError" }));
    await bench.engine.runUntilIdle();
    const second = executionArn.replace("outreach-1-g1", "second");
    expect(await client.send(new DescribeExecutionCommand({ executionArn: second }))).toMatchObject(
      { status: "FAILED", error: "SupersededError" },
    );
  });

  it("sees machines, versions and aliases", async () => {
    const running = await serve();
    const { client } = running;
    install(running);
    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    expect(stateMachines?.map(({ stateMachineArn }) => stateMachineArn)).toEqual([arn]);
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    expect(JSON.parse(described.definition ?? "")).toHaveProperty("StartAt", "Hold");
    const versions = await client.send(
      new ListStateMachineVersionsCommand({ stateMachineArn: arn }),
    );
    expect(versions.stateMachineVersions).toMatchObject([{ stateMachineVersionArn: `${arn}:1` }]);
    const aliases = await client.send(new ListStateMachineAliasesCommand({ stateMachineArn: arn }));
    expect(aliases.stateMachineAliases).toMatchObject([{ stateMachineAliasArn: `${arn}:live` }]);
    await client.send(
      new UpdateStateMachineAliasCommand({
        stateMachineAliasArn: `${arn}:live`,
        description: "what runs",
      }),
    );
    expect(
      await client.send(
        new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${arn}:live` }),
      ),
    ).toMatchObject({
      description: "what runs",
      routingConfiguration: [{ stateMachineVersionArn: `${arn}:1`, weight: 100 }],
    });
  });

  it("has a definition checked, with the findings that AWS would give", async () => {
    const { client } = await serve();
    const check = (definition: object) =>
      client.send(
        new ValidateStateMachineDefinitionCommand({ definition: JSON.stringify(definition) }),
      );
    expect(await check(machine({ Done: { Type: "Succeed" } }))).toMatchObject({ result: "OK" });
    expect(await check({})).toMatchObject({
      result: "FAIL",
      diagnostics: [
        {
          code: "SCHEMA_VALIDATION_FAILED",
          message: "These fields are required: [States, StartAt]",
          location: "/",
        },
      ],
    });
  });
});
