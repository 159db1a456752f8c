import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SqliteEngineStore } from "../../local/step-functions/engine-store-sqlite.ts";
import { cpuMilliseconds, type Figure } from "./measure.ts";
import { timePathways } from "./pathway.ts";
import { type RecordedExecution, recordPathway, replay } from "./recorded-pathway.ts";

const peopleCount = 10;
const rounds = 5;

/**
 * What the pathway costs against things that are measured beside it, in turn, the fastest of each: what
 * else the machine does can only add.
 */
export async function ratioFigures(): Promise<readonly Figure[]> {
  const recorded = await recordPathway(peopleCount);
  await timePathways(peopleCount);
  let [pathway, memory, sqlite] = [Infinity, Infinity, Infinity];
  for (let round = 0; round < rounds; round += 1) {
    pathway = Math.min(pathway, (await timePathways(peopleCount)).milliseconds);
    memory = Math.min(memory, await timeOf(() => replay(recorded)));
    sqlite = Math.min(sqlite, await timeOnDisk(recorded));
  }
  const sum = (count: (execution: RecordedExecution) => number) =>
    recorded.reduce((total, execution) => total + count(execution), 0) / peopleCount;
  const calls = Math.round(sum(({ calls: made }) => made.length));
  const holds = Math.round(sum(({ holds: held }) => held.length));
  const durable = durableMilliseconds(calls, holds) - durableMilliseconds(1, 0);
  const transitions = `${Math.round(sum((execution) => execution.transitions))} transitions each`;
  const perSecond = (milliseconds: number) => (recorded.length / milliseconds) * 1000;
  return [
    {
      name: "pathway against the engine alone",
      value: pathway / memory,
      unit: "×",
      target: 4,
      better: "less",
      note: transitions,
    },
    {
      name: "AWS's local durable runner against the pathway",
      value: durable / (pathway / peopleCount),
      unit: "× as long",
      target: 100,
      better: "more",
      note: `${calls} steps and ${holds} waits, ${Math.round(durable)} ms`,
    },
    {
      name: "engine in memory",
      value: perSecond(memory),
      unit: "executions/s",
      better: "more",
      note: transitions,
    },
    {
      name: "engine on SQLite",
      value: perSecond(sqlite),
      unit: "executions/s",
      better: "more",
      note: transitions,
    },
  ];
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const startedAt = cpuMilliseconds();
  await act();
  return cpuMilliseconds() - startedAt;
}

async function timeOnDisk(recorded: readonly RecordedExecution[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "engine-bench-"));
  try {
    const store = new SqliteEngineStore(join(folder, "engine.db"));
    return await timeOf(() => replay(recorded, store));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of a process in which AWS's runner takes so many steps and skips so many waits. */
function durableMilliseconds(calls: number, holds: number): number {
  const script = fileURLToPath(new URL("./durable-steps.ts", import.meta.url));
  const startedAt = performance.now();
  const result = spawnSync(process.execPath, [script, String(calls), String(holds)], {
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`AWS's runner failed: ${result.stderr}`);
  return performance.now() - startedAt;
}
