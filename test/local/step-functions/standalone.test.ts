import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callTask, machine } from "./engine-bench.ts";

const script = fileURLToPath(
  new URL("../../../local/step-functions/standalone.ts", import.meta.url),
);
type Request = { readonly url: string; readonly body: unknown };

/** Lambda as its clients see it, with three functions that need no code. */
async function fakeLambda(requests: Request[]): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    requests.push({ url: `${request.method} ${request.url}`, body: JSON.parse(text) });
    if (request.url?.includes("/refuse/") === true) {
      response.writeHead(200, { "X-Amz-Function-Error": "Unhandled" });
      response.end('{"errorType":"SupersededError","errorMessage":"A newer one runs","trace":[]}');
    } else if (request.url?.includes("/missing/") === true) {
      response.writeHead(404, { "x-amzn-errortype": "ResourceNotFoundException" });
      response.end('{"Type":"User","Message":"Function not found: missing"}');
    } else {
      response.end(text);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function run(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

async function finish(child: ChildProcess) {
  let [said, complained] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    complained += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, said, complained };
}

describe("the engine started alone", () => {
  const requests: Request[] = [];
  let lambda: Server;
  let child: ChildProcess;
  let client: SFNClient;

  beforeAll(async () => {
    lambda = await fakeLambda(requests);
    const { port } = lambda.address() as AddressInfo;
    child = run(["--port", "0", "--lambda-endpoint", `http://127.0.0.1:${port}`]);
    const endpoint = await new Promise<string>((resolve, reject) => {
      child.stdout?.on("data", (chunk: Buffer) => {
        const address = /ready at (http:\/\/127\.0\.0\.1:\d+)/.exec(chunk.toString())?.[1];
        if (address !== undefined) resolve(address);
      });
      child.once("exit", () => reject(new Error("The engine ended before it was ready")));
    });
    client = new SFNClient({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
  });

  afterAll(async () => {
    client.destroy();
    lambda.close();
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  async function runMachine(name: string, states: Readonly<Record<string, object>>, input: object) {
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({
        name,
        definition: JSON.stringify(machine(states)),
        roleArn: "arn:aws:iam::000000000000:role/local",
      }),
    );
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
    );
    for (;;) {
      const found = await client.send(new DescribeExecutionCommand({ executionArn }));
      if (found.status !== "RUNNING") return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it("calls functions in Lambda's wire format, in real time", async () => {
    const before = Date.now();
    const ended = await runMachine(
      "climb",
      { Wait: { Type: "Wait", Seconds: 1, Next: "Climb" }, Climb: callTask("climb:live") },
      { rung: 2 },
    );
    expect(ended).toMatchObject({ status: "SUCCEEDED", output: '{"rung":2}' });
    expect(Date.now() - before).toBeGreaterThanOrEqual(1000);
    expect(requests.at(-1)).toEqual({
      url: "POST /2015-03-31/functions/climb/invocations?Qualifier=live",
      body: { rung: 2 },
    });
  });

  it("reports a function's own error by its type", async () => {
    const ended = await runMachine("refuse", { Climb: callTask("refuse") }, {});
    expect(ended).toMatchObject({ status: "FAILED", error: "SupersededError" });
    expect(JSON.parse(ended.cause ?? "")).toEqual({
      errorType: "SupersededError",
      errorMessage: "A newer one runs",
      trace: [],
    });
  });

  it("reports what Lambda itself refused, and a connection that fails", async () => {
    expect(await runMachine("missing", { Climb: callTask("missing") }, {})).toMatchObject({
      status: "FAILED",
      error: "Lambda.ResourceNotFoundException",
      cause: "Function not found: missing",
    });
    lambda.closeAllConnections();
    await new Promise((resolve) => lambda.close(resolve));
    expect(await runMachine("climb-again", { Climb: callTask("climb") }, {})).toMatchObject({
      status: "FAILED",
      error: "Lambda.SdkClientException",
    });
  });
});

describe("its command line", () => {
  it.each([
    [["--prot", "1"], "--prot"],
    [["--port", "many"], "--port takes a number"],
    [["--lambda-endpoint", "somewhere"], "--lambda-endpoint takes an http or https URL"],
  ])("refuses %s with exit code 2 and says why", async (args, reason) => {
    const { code, complained } = await finish(run(args));
    expect(code).toBe(2);
    expect(complained).toContain(reason);
  });

  it("explains itself", async () => {
    const { code, said } = await finish(run(["--help"]));
    expect(code).toBe(0);
    expect(said).toContain("--lambda-endpoint URL");
  });

  it("says so where the port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const { code, complained } = await finish(run(["--port", String(port)]));
    server.close();
    expect(code).toBe(1);
    expect(complained).toContain(String(port));
  });
});
