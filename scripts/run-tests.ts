import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findGaps, findTestFiles } from "./tests/find-test-files.ts";
import { folderInMemory } from "./tests/folder-in-memory.ts";
import { runInLanes } from "./tests/run-in-lanes.ts";
import { runSuite, type SuiteOutcome } from "./tests/run-suite.ts";
import { type Suite, suites } from "./tests/suites.ts";

const root = join(import.meta.dirname, "..");
const isTerminal = process.stdout.isTTY === true;
/** Without a terminal a line that rewrites itself is noise; one line in this many seconds is not. */
const quietProgressSeconds = 15;
const slowestCount = 15;

function failure(name: string, problem: string): SuiteOutcome {
  return {
    name,
    passedCount: 0,
    failedCount: 1,
    skipped: [],
    problems: [problem],
    seconds: 0,
    files: [],
    output: "",
  };
}

function buildFunctions(env: NodeJS.ProcessEnv): SuiteOutcome | undefined {
  if (
    !existsSync(join(root, "scripts/build-functions.ts")) ||
    !existsSync(join(root, "functions"))
  ) {
    return undefined;
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["scripts/build-functions.ts", "--quiet"],
    {
      cwd: root,
      env,
      encoding: "utf8",
    },
  );
  if (status === 0) {
    return undefined;
  }
  return {
    ...failure("build", "the functions could not be bundled"),
    output: `${stdout}${stderr}`,
  };
}

function progressLine(name: string, files: readonly string[]) {
  let printedAtSeconds = 0;
  return (progress: { passedCount: number; failedCount: number; seconds: number }) => {
    const line = `${name} (${files.length} files): ${progress.passedCount} passed, ${progress.failedCount} failed, ${progress.seconds.toFixed(0)} s`;
    if (isTerminal) {
      process.stdout.write(`\r\u001b[K${line}`);
    } else if (progress.seconds - printedAtSeconds >= quietProgressSeconds) {
      printedAtSeconds = progress.seconds;
      console.log(`  … ${line}`);
    }
  };
}

function report(outcome: SuiteOutcome): void {
  if (isTerminal) {
    process.stdout.write("\r\u001b[K");
  }
  if (outcome.failedCount > 0) {
    console.log(outcome.output.trimEnd());
  }
  const word = outcome.failedCount > 0 ? "FAILED" : "ok";
  console.log(
    `${word} ${outcome.name}: ${outcome.passedCount} passed, ${outcome.failedCount} failed, ${outcome.seconds.toFixed(1)} s`,
  );
  for (const problem of outcome.problems) {
    console.log(`  failed: ${problem}`);
  }
  for (const skipped of outcome.skipped) {
    console.log(`  skipped: ${skipped}`);
  }
}

async function run(suite: Suite, env: NodeJS.ProcessEnv): Promise<SuiteOutcome> {
  const files = findTestFiles({ root, suite });
  if (files.length === 0) {
    return failure(suite.name, `has no test file in ${suite.files.join(", ")}`);
  }
  return await runSuite({ root, suite, files, env, onProgress: progressLine(suite.name, files) });
}

function printTable(outcomes: readonly SuiteOutcome[]): void {
  const width = Math.max(5, ...outcomes.map(({ name }) => name.length));
  const row = (cells: readonly [string, string, string, string]) =>
    `${cells[0].padEnd(width)} ${cells
      .slice(1)
      .map((cell) => cell.padStart(8))
      .join(" ")}`;
  console.log(`\n${row(["suite", "passed", "failed", "seconds"])}`);
  for (const { name, passedCount, failedCount, seconds } of outcomes) {
    console.log(row([name, String(passedCount), String(failedCount), seconds.toFixed(1)]));
  }
}

/** The files that take longest: where the next second is won. */
function printSlowest(outcomes: readonly SuiteOutcome[]): void {
  const slowest = outcomes
    .flatMap(({ files }) => files)
    .sort((left, right) => right.seconds - left.seconds)
    .slice(0, slowestCount);
  if (slowest.length === 0) return;
  console.log("\nslowest files, beside what else ran");
  for (const { file, seconds } of slowest)
    console.log(`${seconds.toFixed(1).padStart(8)} s  ${file}`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { volume: { type: "string" } },
});
const unknown = positionals.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0 || (values.volume !== undefined && values.volume !== "full")) {
  console.error(
    `usage: node scripts/run-tests.ts [--volume=full] [${suites.map(({ name }) => name).join(" | ")} …]`,
  );
  process.exit(2);
}
const temporaryFolder = folderInMemory();
const env: NodeJS.ProcessEnv = {
  ...process.env,
  ...(temporaryFolder === undefined ? {} : { TMPDIR: temporaryFolder }),
  ...(values.volume === "full" ? { THROUGHCARE_TEST_VOLUME: "full" } : {}),
};
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  // Through `exit`, so that the suite that is running is ended with us.
  process.once(signal, () => process.exit(130));
}

const outcomes: SuiteOutcome[] = [];
const buildFailure = buildFunctions(env);
if (buildFailure !== undefined) {
  outcomes.push(buildFailure);
  report(buildFailure);
}
for (const gap of findGaps({ root, suites })) {
  const outcome = failure("files", gap);
  outcomes.push(outcome);
  report(outcome);
}
await runInLanes({
  suites: suites.filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
  run: async (suite) => {
    const outcome = await run(suite, env);
    outcomes.push(outcome);
    report(outcome);
  },
});
printSlowest(outcomes);
printTable(outcomes);
const passedCount = outcomes.reduce((sum, outcome) => sum + outcome.passedCount, 0);
const failedCount = outcomes.reduce((sum, outcome) => sum + outcome.failedCount, 0);
process.exitCode = failedCount > 0 ? 1 : 0;
console.log(`${passedCount} passed, ${failedCount} failed`);
