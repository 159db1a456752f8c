import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestEvent } from "./event-reporter.ts";
import { measureCoverage } from "./measure-coverage.ts";
import type { Suite } from "./suites.ts";

/** What one suite came to; `problems` are failures that no single test stands for. */
export interface SuiteOutcome {
  readonly name: string;
  readonly passedCount: number;
  readonly failedCount: number;
  readonly skipped: readonly string[];
  readonly problems: readonly string[];
  readonly seconds: number;
  /** How long each file took: to load, and its tests. */
  readonly files: readonly { readonly file: string; readonly seconds: number }[];
  /** What vitest printed, to be shown when the suite failed. */
  readonly output: string;
}

/** Counts so far, for the one line of progress. */
export interface SuiteProgress {
  readonly passedCount: number;
  readonly failedCount: number;
  readonly seconds: number;
}

const pollMilliseconds = 250;
/** Where the command and the local run keep it too. Node looks at each source's content: nothing old is taken. */
const compiledFolder = "dist/local/compiled";
/** Full volumes take longer: limits are multiplied by this. */
const fullVolumeFactor = 6;

function readEvents(file: string): readonly TestEvent[] {
  if (!existsSync(file)) {
    return [];
  }
  const text = readFileSync(file, "utf8");
  const complete = text.slice(0, text.lastIndexOf("\n") + 1);
  return complete
    .split("\n")
    .filter((line) => line !== "")
    .map((line): TestEvent => JSON.parse(line));
}

function count(events: readonly TestEvent[], state: "passed" | "failed"): number {
  return events.filter((event) => event.kind === "test" && event.state === state).length;
}

function problemsIn(input: {
  events: readonly TestEvent[];
  exitCode: number | null;
  isOverTime: boolean;
  limitMinutes: number;
}): string[] {
  const { events, exitCode, isOverTime, limitMinutes } = input;
  const problems = events.flatMap((event) =>
    event.kind === "module-failed" ? [`${event.file} could not be run to its end`] : [],
  );
  const end = events.find((event) => event.kind === "end");
  if (isOverTime) {
    problems.push(`stopped after ${limitMinutes} minutes`);
  } else if (end === undefined) {
    problems.push(`vitest ended without a report (exit code ${exitCode ?? "none"})`);
  } else if (end.unhandledErrorCount > 0) {
    problems.push(`${end.unhandledErrorCount} errors outside of any test`);
  }
  if (!events.some((event) => event.kind === "test") && problems.length === 0) {
    problems.push("ran no test");
  }
  if (exitCode !== 0 && problems.length === 0 && count(events, "failed") === 0) {
    problems.push(`vitest exited with ${exitCode ?? "a signal"} although no test failed`);
  }
  return problems;
}

/**
 * Runs the files of one suite in a vitest process of their own.
 * @param input.files - test files relative to `root`, at least one
 * @param input.onProgress - called a few times a second while the suite runs
 */
export function runSuite(input: {
  root: string;
  suite: Suite;
  files: readonly string[];
  env: NodeJS.ProcessEnv;
  onProgress: (progress: SuiteProgress) => void;
}): Promise<SuiteOutcome> {
  const { root, suite, files, env, onProgress } = input;
  const startedAt = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "throughcare-test-"));
  const eventsFile = join(folder, "events.ndjson");
  const coverageFolder = join(folder, "coverage");
  const args = [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    ...files,
    "--reporter=default",
    `--reporter=${join(import.meta.dirname, "event-reporter.ts")}`,
    // Files that share what they load leave nothing behind in a module or in the environment.
    ...(suite.isIsolated ? [] : ["--no-isolate"]),
    ...(suite.isOneFileAtATime ? ["--no-file-parallelism"] : []),
    ...(suite.measuresCoverage
      ? ["--coverage.enabled", `--coverage.reportsDirectory=${coverageFolder}`]
      : []),
  ];
  const isFullVolume = env.THROUGHCARE_TEST_VOLUME === "full";
  const limitMinutes = suite.limitMinutes * (isFullVolume ? fullVolumeFactor : 1);
  const seconds = () => (performance.now() - startedAt) / 1000;

  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: {
        ...env,
        ...(suite.keepsCompiled ? { NODE_COMPILE_CACHE: join(root, compiledFolder) } : {}),
        THROUGHCARE_TEST_EVENTS: eventsFile,
        NO_COLOR: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that servers which a test left behind end with the suite.
      detached: true,
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    let isOverTime = false;
    const progressTimer = setInterval(() => {
      const events = readEvents(eventsFile);
      onProgress({
        passedCount: count(events, "passed"),
        failedCount: count(events, "failed"),
        seconds: seconds(),
      });
    }, pollMilliseconds);
    const limitTimer = setTimeout(() => {
      isOverTime = true;
      endGroup(child.pid);
    }, limitMinutes * 60_000);
    const stopWithParent = () => endGroup(child.pid);
    process.once("exit", stopWithParent);

    child.on("exit", (exitCode) => {
      clearInterval(progressTimer);
      clearTimeout(limitTimer);
      process.off("exit", stopWithParent);
      endGroup(child.pid);
      const events = readEvents(eventsFile);
      const problems = problemsIn({ events, exitCode, isOverTime, limitMinutes });
      if (suite.measuresCoverage) {
        problems.push(...measureCoverage(coverageFolder));
      }
      rmSync(folder, { recursive: true, force: true });
      resolve({
        name: suite.name,
        passedCount: count(events, "passed"),
        failedCount: count(events, "failed") + problems.length,
        skipped: events.flatMap((event) =>
          event.kind === "skipped" ? [`${event.title}: ${event.reason}`] : [],
        ),
        problems,
        seconds: seconds(),
        files: events.flatMap((event) => (event.kind === "module-end" ? [event] : [])),
        output: Buffer.concat(chunks).toString(),
      });
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group has ended already, which is what we want.
  }
}
