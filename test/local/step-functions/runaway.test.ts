import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteEngineStore } from "../../../local/step-functions/engine-store-sqlite.ts";
import { callTask, EngineBench } from "./engine-bench.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "runaway-"));
  file = join(folder, "step-functions.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (maxEvaluationMs?: number) =>
  new EngineBench({
    store: new SqliteEngineStore(file),
    ...(maxEvaluationMs === undefined ? {} : { more: { maxEvaluationMs } }),
  });

const runaways: readonly (readonly [string, string, string])[] = [
  [
    "a loop without end",
    "($f := function($n){$f($n + 1)}; $f(0))",
    "takes longer than 0.3 seconds",
  ],
  [
    "a recursion without end",
    "($f := function($n){1 + $f($n + 1)}; $f(0))",
    "calls itself too often",
  ],
  [
    "a search without end",
    `$contains("${"a".repeat(60)}!", /^(a+)+$/)`,
    "takes longer than 0.3 seconds",
  ],
];

describe("an expression that runs away", () => {
  it.each(runaways)(
    "is ended: %s",
    async (_what, source, reason) => {
      // Time is short where only time ends it.
      const bench = open(reason.includes("seconds") ? 300 : undefined);
      const arn = bench.start({ Count: { Type: "Pass", Output: `{% ${source} %}`, End: true } });
      const waiting = bench.start(
        { Count: { Type: "Pass", Output: `{% ${source} %}`, End: true } },
        { name: "other" },
      );
      await bench.engine.runUntilIdle();
      for (const executionArn of [arn, waiting]) {
        expect(bench.engine.describeExecution(executionArn)).toMatchObject({
          status: "FAILED",
          error: "States.QueryEvaluationError",
          cause: expect.stringContaining(reason),
        });
      }
      bench.engine.close();
      const next = open();
      await next.engine.runUntilIdle();
      expect(next.engine.listExecutions({ statusFilter: "RUNNING" })).toEqual([]);
      next.engine.close();
    },
    900_000,
  );

  it.each([
    [
      "holds itself twice over, forty times",
      "($f := function($n, $x){$n = 0 ? $x : $f($n - 1, [[$x], [$x]])}; $f(40, 'a'))",
      "States.DataLimitExceeded",
    ],
    ...[
      "$string($v)",
      "$v = $v",
      "$hash($string($v), 'MD5')",
      "$count($v.**)",
      "$distinct([$v, $v])",
    ].map((asked) => [
      `is asked for ${asked} while it holds itself twice over, forty times`,
      `($f := function($n, $x){$n = 0 ? $x : $f($n - 1, [[$x], [$x]])}; $v := $f(40, 'a'); ${asked})`,
      "States.DataLimitExceeded",
    ]),
    [
      "is nested five thousand deep",
      "($f := function($n, $x){$n = 0 ? $x : $f($n - 1, {'in': $x})}; $f(5000, 'a'))",
      "States.Runtime",
    ],
    ["is no number", "1 / 0", "States.QueryEvaluationError"],
  ])("its value is refused where it %s", async (_what, source, error) => {
    const bench = open();
    const arn = bench.start({ Count: { Type: "Pass", Output: `{% ${source} %}`, End: true } });
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn)).toMatchObject({ status: "FAILED", error });
    bench.engine.close();
  });

  it("data that grows by one level from state to state ends before nobody can write it", async () => {
    const bench = open();
    const arn = bench.start({
      Wrap: { Type: "Pass", Output: { in: "{% $states.input %}" }, Next: "Wrap" },
    });
    await bench.engine.runUntilIdle();
    expect(bench.engine.describeExecution(arn)).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
    });
    bench.engine.close();
  });
});

it("a data file with an execution that cannot go on opens, says so, and runs the others", async () => {
  const first = open();
  const wait = { Type: "Wait", Seconds: 60, Next: "Climb" };
  const lost = first.start({ Until: wait, Climb: callTask("climb") }, { name: "lost" });
  const { stateMachineArn } = first.engine.createStateMachine({
    name: "other",
    definition: {
      QueryLanguage: "JSONata",
      StartAt: "Until",
      States: { Until: { ...wait, Next: "Done" }, Done: { Type: "Succeed" } },
    },
  });
  const kept = first.engine.startExecution({ stateMachineArn, name: "kept" }).executionArn;
  await first.engine.runUntilIdle();
  first.engine.close();
  const database = new DatabaseSync(file);
  database.exec("UPDATE definitions SET text = '{}' WHERE text LIKE '%climb%'");
  database.close();

  const second = open();
  expect(second.engine.describeExecution(lost)).toMatchObject({
    status: "FAILED",
    error: "States.Runtime",
    cause: expect.stringContaining("cannot be taken up again"),
  });
  await second.advanceSeconds(120);
  expect(second.engine.describeExecution(kept).status).toBe("SUCCEEDED");
  second.engine.close();
});
