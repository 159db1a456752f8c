import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { SqliteEngineStore } from "../../../local/step-functions/engine-store-sqlite.ts";
import { executionCount, runToTheEnd, states } from "./kill-bench.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kills-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** After so many writes: among the starts, calls, waits, tokens and ends of the executions. */
const killPoints = [90, 130, 1, 60, 151, 97, 175, 40, 133, 88, 211, 73] as const;

it("killed with kill -9 at twelve points, the engine loses none of 200 executions and enters no state twice", async () => {
  const files = [join(folder, "step-functions.db"), join(folder, "tokens")] as const;
  const victim = fileURLToPath(new URL("./kill-victim.ts", import.meta.url));
  const hour = (number: number) =>
    new Date(Date.parse("2027-01-04T15:00:00.000Z") + number * 3_600_000).toISOString();
  for (const [index, writes] of killPoints.entries()) {
    const when = index % 2 === 0 ? "after" : "before";
    const args = [victim, ...files, hour(index), String(writes), when];
    const ended = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(ended.signal, ended.stderr).toBe("SIGKILL");
  }
  const [file, tokenFile] = files;
  const store = new SqliteEngineStore(file);
  const left = store.listExecutions({ statusFilter: "RUNNING" }).length;
  expect(left, "the kills come too late").toBeGreaterThan(0);
  const { engine } = await runToTheEnd({ store, tokenFile, at: hour(killPoints.length) });

  const executions = engine.listExecutions({});
  expect(executions.map(({ name }) => name).sort()).toEqual(
    Array.from({ length: executionCount }, (_, index) => `outreach-${index + 1}-g1`).sort(),
  );
  const wanted = Object.keys(states);
  for (const { executionArn, status } of executions) {
    const history = engine.getExecutionHistory(executionArn);
    const names = (ending: string) =>
      history
        .filter(({ type }) => type.endsWith(ending))
        .map((event) => Object.values(event).find((value) => typeof value === "object"))
        .map((details) => (details as { readonly name: string }).name);
    expect([status, names("StateEntered"), names("StateExited")]).toEqual([
      "SUCCEEDED",
      wanted,
      wanted,
    ]);
    expect(history.map(({ id }) => id)).toEqual(history.map((_event, index) => index + 1));
  }
  engine.close();
}, 900_000);
