import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SendTaskSuccessCommand,
} from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryEngineStore } from "../../../local/step-functions/engine-store-memory.ts";
import { SqliteEngineStore } from "../../../local/step-functions/engine-store-sqlite.ts";
import { lastToken } from "./engine-bench.ts";
import { arn, executionArn, install, serve, start, stopAll } from "./engine-wire-bench.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lists-"));
});
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
});

const refusal = (name: string, message: string) => ({
  name,
  message: expect.stringContaining(message),
  $metadata: { httpStatusCode: 400 },
});

describe("the pages of a list", () => {
  it.each(["memory", "SQLite"])(
    "neither repeat nor hide an execution when others start or end meanwhile: %s",
    async (kind) => {
      const store =
        kind === "memory" ? new MemoryEngineStore() : new SqliteEngineStore(join(folder, "sf.db"));
      const running = await serve(store);
      const { bench, client } = running;
      install(running);
      for (const name of ["a", "b", "c", "d", "e"]) await start(client, {}, name);
      await bench.engine.runUntilIdle();
      const filter = { stateMachineArn: `${arn}:live`, statusFilter: "RUNNING" } as const;
      const page = (nextToken?: string) =>
        client.send(new ListExecutionsCommand({ ...filter, maxResults: 2, nextToken }));
      const first = await page();
      await start(client, {}, "f");
      // The last one of the first page ends: the page after it begins where it would have begun.
      await bench.engine.stopExecution({
        executionArn: executionArn.replace("outreach-1-g1", "d"),
      });
      const second = await page(first.nextToken);
      await start(client, {}, "g");
      const third = await page(second.nextToken);
      const names = [first, second, third].map(({ executions = [] }) =>
        executions.map(({ name }) => name),
      );
      expect(names).toEqual([["e", "d"], ["c", "b"], ["a"]]);
      expect(third.nextToken).toBeUndefined();
      const other = client.send(
        new ListExecutionsCommand({ stateMachineArn: arn, nextToken: first.nextToken }),
      );
      await expect(other).rejects.toMatchObject(refusal("InvalidToken", "Invalid token"));
    },
  );

  it("a history read backwards goes on where it was, whatever has happened since", async () => {
    const running = await serve();
    const { bench, client } = running;
    install(running);
    await start(client, {});
    await bench.engine.runUntilIdle();
    const read = (nextToken?: string) =>
      client.send(
        new GetExecutionHistoryCommand({
          executionArn,
          reverseOrder: true,
          maxResults: 3,
          nextToken,
        }),
      );
    const first = await read();
    await client.send(
      new SendTaskSuccessCommand({ taskToken: lastToken(bench.called), output: "{}" }),
    );
    await bench.engine.runUntilIdle();
    const second = await read(first.nextToken);
    const ids = [...(first.events ?? []), ...(second.events ?? [])].map(({ id }) => id);
    expect(ids).toEqual([5, 4, 3, 2, 1]);
  });

  it.each([-1, 1001])(
    "take no more than a thousand, and no less than none: %i",
    async (maxResults) => {
      const running = await serve();
      install(running);
      const listed = running.client.send(
        new ListExecutionsCommand({ stateMachineArn: arn, maxResults }),
      );
      await expect(listed).rejects.toMatchObject({ name: "ValidationException" });
    },
  );
});

describe("what an answer holds", () => {
  it("tells whether AWS could redrive the execution, and why not", async () => {
    const running = await serve();
    const { bench, client } = running;
    install(running);
    await start(client, {});
    const describeIt = () => client.send(new DescribeExecutionCommand({ executionArn }));
    const expected = (status: string) => ({
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: `Execution is ${status} and cannot be redriven`,
    });
    expect(await describeIt()).toMatchObject(expected("RUNNING"));
    await bench.engine.runUntilIdle();
    await client.send(
      new SendTaskSuccessCommand({ taskToken: lastToken(bench.called), output: "{}" }),
    );
    await bench.engine.runUntilIdle();
    expect(await describeIt()).toMatchObject(expected("SUCCEEDED"));
    await start(client, {}, "stopped");
    const stopped = executionArn.replace("outreach-1-g1", "stopped");
    await bench.engine.stopExecution({ executionArn: stopped });
    const described = await client.send(new DescribeExecutionCommand({ executionArn: stopped }));
    expect(described.redriveStatus).toBe("REDRIVABLE");
    expect(described.redriveStatusReason).toBeUndefined();
    const { executions } = await client.send(
      new ListExecutionsCommand({ stateMachineArn: arn, redriveFilter: "REDRIVEN" }),
    );
    expect(executions).toEqual([]);
  });

  it("leaves out the data where only the metadata is asked for", async () => {
    const running = await serve();
    const { bench, client } = running;
    install(running);
    await start(client, { driverId: "D1" });
    await bench.engine.runUntilIdle();
    const metadata = await client.send(
      new DescribeExecutionCommand({ executionArn, includedData: "METADATA_ONLY" }),
    );
    expect(metadata).toMatchObject({ status: "RUNNING", name: "outreach-1-g1" });
    expect(metadata.input).toBeUndefined();
    const described = await client.send(
      new DescribeStateMachineCommand({ stateMachineArn: arn, includedData: "METADATA_ONLY" }),
    );
    expect(described.definition).toBe("{}");
    const read = (includeExecutionData?: boolean) =>
      client.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData }));
    expect(JSON.stringify((await read()).events)).toContain("D1");
    const bare = await read(false);
    expect(JSON.stringify(bare.events)).not.toContain("D1");
    expect(bare.events?.map(({ type }) => type)).toEqual(
      (await read()).events?.map(({ type }) => type),
    );
  });
});
