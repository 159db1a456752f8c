import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningHttpServer } from "../../../local/http/http-server.ts";
import { createHttpServer } from "../../../local/http/http-server.ts";
import type { InvocationResult } from "../../../local/lambda/bundle-host.ts";
import { BundleHost } from "../../../local/lambda/bundle-host.ts";
import type { LambdaEndpoint } from "../../../local/lambda/lambda-endpoint.ts";
import { createLambdaEndpoint } from "../../../local/lambda/lambda-endpoint.ts";

const BUNDLES = {
  "echo-event": `export const handler = async (event, context) => ({
    event, name: context.functionName, id: context.awsRequestId, left: context.getRemainingTimeInMillis(), when: new Date(0) });`,
  "count-calls": "let calls = 0; export const handler = async () => ++calls;",
  "give-nothing": "export const handler = async () => {};",
  "throw-named": `export class EpisodeMovedOnError extends Error { name = "EpisodeMovedOnError"; }
    export const handler = async () => { throw new EpisodeMovedOnError("moved on"); };`,
  "throw-text": 'export const handler = async () => { throw "just text"; };',
  "throw-at-import": 'throw new Error("no table"); export const handler = 1;',
  "no-handler": "export const other = 1;",
  "never-ends": "export const handler = () => new Promise(() => {});",
};

const folder = mkdtempSync(join(tmpdir(), "throughcare-bundles-"));
const host = new BundleHost({ folder, timeoutSeconds: { "never-ends": 0.05 } });

beforeAll(() => {
  for (const [name, source] of Object.entries(BUNDLES)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "index.mjs"), source);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("bundle host", () => {
  it("gives the handler the event and a context, both ways through JSON", async () => {
    const event = { a: 1, gone: undefined, when: new Date(0) };
    const result = await host.invoke("echo-event", event);
    expect(result).toEqual({
      ok: true,
      payload: {
        event: { a: 1, when: "1970-01-01T00:00:00.000Z" },
        name: "echo-event",
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        left: expect.any(Number),
        when: "1970-01-01T00:00:00.000Z",
      },
    });
    const left =
      result.ok &&
      result.payload instanceof Object &&
      "left" in result.payload &&
      result.payload.left;
    expect(left).toBeGreaterThan(25_000);
  });

  it("loads a bundle once", async () => {
    await host.invoke("count-calls", {});
    expect(await host.invoke("count-calls", {})).toEqual({ ok: true, payload: 2 });
  });

  it("answers null where a handler returns nothing", async () => {
    expect(await host.invoke("give-nothing", {})).toEqual({ ok: true, payload: null });
  });

  it.each([
    ["throw-named", "EpisodeMovedOnError", "moved on"],
    ["throw-text", "Error", "just text"],
    ["throw-at-import", "Runtime.ImportModuleError", "no table"],
    ["no-handler", "Runtime.ImportModuleError", "handler"],
    ["not-built", "Runtime.ImportModuleError", "not-built"],
    ["never-ends", "Sandbox.Timedout", "Task timed out after 0.05 seconds"],
  ])("turns the failure of %s into a result named %s", async (name, errorType, message) => {
    expect(await host.invoke(name, {})).toMatchObject({
      ok: false,
      errorType,
      errorMessage: expect.stringContaining(message),
    });
  });

  it("knows what was built and takes no path for a name", () => {
    expect(host.has("echo-event")).toBe(true);
    expect(host.has("not-built")).toBe(false);
    expect(host.has("../echo-event")).toBe(false);
  });
});

describe("lambda endpoint", () => {
  let server: RunningHttpServer;
  let client: LambdaClient;
  let endpoint: LambdaEndpoint;
  const ended: [string, InvocationResult][] = [];

  beforeAll(async () => {
    endpoint = createLambdaEndpoint({
      invoke: (name, event) => host.invoke(name, event),
      has: (name) => host.has(name),
      onEventResult: (name, result) => ended.push([name, result]),
    });
    server = await createHttpServer({
      routes: [{ prefix: "/", handle: endpoint.handle }],
      port: 0,
    });
    client = new LambdaClient({
      region: "us-east-1",
      endpoint: server.url,
      maxAttempts: 1,
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
  });

  afterAll(async () => {
    client.destroy();
    await server.close();
  });

  it.each([
    "echo-event",
    "echo-event:live",
    "arn:aws:lambda:us-east-1:000000000000:function:echo-event",
    "arn:aws:lambda:us-east-1:000000000000:function:echo-event:7",
  ])("calls %s and gives its payload", async (FunctionName) => {
    const answer = await client.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from('{"x":1}') }),
    );
    expect(answer.StatusCode).toBe(200);
    expect(answer.FunctionError).toBeUndefined();
    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toMatchObject({
      event: { x: 1 },
      name: "echo-event",
    });
  });

  it("reports a failed function as one, with the error's name", async () => {
    const answer = await client.send(new InvokeCommand({ FunctionName: "throw-named" }));
    expect(answer.FunctionError).toBe("Unhandled");
    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toMatchObject({
      errorType: "EpisodeMovedOnError",
      errorMessage: "moved on",
    });
  });

  it("accepts an asynchronous call at once and reports how it ended", async () => {
    const answer = await client.send(
      new InvokeCommand({ FunctionName: "throw-text", InvocationType: "Event" }),
    );
    expect(answer.StatusCode).toBe(202);
    await endpoint.idle();
    expect(ended).toEqual([
      ["throw-text", expect.objectContaining({ ok: false, errorMessage: "just text" })],
    ]);
  });

  it("refuses an unknown function, a payload that is no JSON, and any other call", async () => {
    const call = (input: ConstructorParameters<typeof InvokeCommand>[0]) =>
      client.send(new InvokeCommand(input));
    await expect(call({ FunctionName: "not-built" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await expect(
      call({ FunctionName: "echo-event", Payload: Buffer.from("{") }),
    ).rejects.toMatchObject({
      name: "InvalidRequestContentException",
    });
    await expect(client.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
  });
});
