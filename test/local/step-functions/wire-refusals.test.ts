import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterEach, describe, expect, it } from "vitest";
import { lastToken, machine } from "./engine-bench.ts";
import { arn, executionArn, install, prefix, serve, start, stopAll } from "./engine-wire-bench.ts";

afterEach(stopAll);

describe("a refused call", () => {
  const missing = executionArn.replace("outreach-1-g1", "nobody");
  const refusals: readonly (readonly [string, (client: SFNClient) => Promise<unknown>])[] = [
    ["ExecutionAlreadyExists", (client) => start(client, { other: true })],
    [
      "ExecutionDoesNotExist",
      (client) => client.send(new DescribeExecutionCommand({ executionArn: missing })),
    ],
    [
      "InvalidArn",
      (client) => client.send(new DescribeExecutionCommand({ executionArn: "nothing" })),
    ],
    [
      "StateMachineDoesNotExist",
      (client) => client.send(new StartExecutionCommand({ stateMachineArn: `${arn}x` })),
    ],
    [
      "StateMachineDoesNotExist",
      (client) => client.send(new StartExecutionCommand({ stateMachineArn: `${arn}:7` })),
    ],
    ["InvalidName", (client) => start(client, {}, "a name with spaces")],
    [
      "InvalidExecutionInput",
      (client) => client.send(new StartExecutionCommand({ stateMachineArn: arn, input: "{" })),
    ],
    [
      "InvalidToken",
      (client) => client.send(new SendTaskHeartbeatCommand({ taskToken: "made up" })),
    ],
    [
      "InvalidToken",
      (client) =>
        client.send(new ListExecutionsCommand({ stateMachineArn: arn, nextToken: "made up" })),
    ],
    [
      "InvalidOutput",
      (client) => client.send(new SendTaskSuccessCommand({ taskToken: "any", output: "{" })),
    ],
    [
      "ResourceNotFound",
      (client) =>
        client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${arn}:old` })),
    ],
    [
      "ValidationException",
      (client) => client.send(new StartExecutionCommand({ stateMachineArn: undefined })),
    ],
    ["UnknownOperationException", (client) => client.send(new ListActivitiesCommand({}))],
    [
      "AccessDeniedException",
      (client) =>
        client.send(new CreateStateMachineCommand({ name: "x", definition: "{}", roleArn: "r" })),
    ],
  ];

  it.each(refusals)("is %s", async (name, call) => {
    const running = await serve();
    install(running);
    await start(running.client, { driverId: "D1" });
    await expect(call(running.client)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(/\S/),
      $metadata: { httpStatusCode: 400 },
    });
  });

  it("is TaskTimedOut for a token that is used up", async () => {
    const running = await serve();
    const { bench, client } = running;
    install(running);
    await start(client, {});
    await bench.engine.runUntilIdle();
    const answer = { taskToken: lastToken(bench.called), output: "{}" };
    await client.send(new SendTaskSuccessCommand(answer));
    await expect(client.send(new SendTaskSuccessCommand(answer))).rejects.toMatchObject({
      name: "TaskTimedOut",
    });
  });

  it("is InvalidDefinition, naming what is not supported, where machines may be made", async () => {
    const { client } = await serve(undefined, true);
    const definition = JSON.stringify(machine({ Each: { Type: "Map", End: true } }));
    await expect(
      client.send(new CreateStateMachineCommand({ name: "x", definition, roleArn: "r" })),
    ).rejects.toMatchObject({
      name: "InvalidDefinition",
      message: expect.stringContaining("'Map' is not supported"),
    });
  });

  it("is an answer even where it is no call of the protocol at all", async () => {
    const { server } = await serve();
    const answer = await fetch(`${server.url}${prefix}`, { method: "POST", body: "not json" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: "UnknownOperationException" });
  });
});
