import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findGaps } from "../../scripts/tests/find-test-files.ts";
import { runInLanes } from "../../scripts/tests/run-in-lanes.ts";
import { runSuite } from "../../scripts/tests/run-suite.ts";
import { type Suite, suites } from "../../scripts/tests/suites.ts";

const project = resolve(import.meta.dirname, "../..");
const suite: Suite = {
  name: "planted",
  files: [""],
  isOneFileAtATime: true,
  keepsCompiled: false,
  isIsolated: true,
  measuresCoverage: false,
  limitMinutes: 1,
};
let root = "";

function run(...files: readonly string[]) {
  // The environment of the vitest that runs this test must not leak into the one under test.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  return runSuite({ root, suite, files, env, onProgress: () => undefined });
}

describe("the test runner", () => {
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "throughcare-planted-"));
    cpSync(join(project, "test/planted/tests"), root, { recursive: true });
    symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
    writeFileSync(join(root, "package.json"), '{ "type": "module" }');
    writeFileSync(
      join(root, "vitest.config.ts"),
      'export default { test: { pool: "threads", include: ["*.planted.ts"] } };',
    );
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("counts what passed and failed, and gives the reason of what was skipped", async () => {
    const outcome = await run("mixed.planted.ts");
    expect(outcome).toMatchObject({ passedCount: 1, failedCount: 1, problems: [] });
    expect(outcome.files).toMatchObject([{ file: "mixed.planted.ts" }]);
    expect(outcome.skipped).toEqual(["mixed.planted.ts > is skipped: the machine has no browser"]);
  });

  test("counts a file that does not load as a failure", async () => {
    const outcome = await run("broken-file.planted.ts");
    expect(outcome).toMatchObject({ passedCount: 0, failedCount: 1 });
    expect(outcome.problems).toEqual(["broken-file.planted.ts could not be run to its end"]);
  });

  test("counts a suite whose process died as a failure", async () => {
    const outcome = await run("crash.planted.ts");
    expect(outcome.failedCount).toBe(1);
    expect(outcome.problems.join()).toContain("vitest ended without a report");
  });

  test("counts a suite that ran no test as a failure", async () => {
    const outcome = await run("no-such.planted.ts");
    expect(outcome.failedCount).toBe(1);
  });
});

describe("the files of the suites", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "throughcare-suites-"));
    for (const path of ["care/leave", "care/leave-long", "store/claims", "pages/start"]) {
      const file = join(folder, `test/${path}.test.ts`);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, "");
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const named = (name: string, files: readonly string[]): Suite => ({ ...suite, name, files });

  test("name a suite whose place is empty, a file that nobody runs and one that is run twice", () => {
    const gaps = findGaps({
      root: folder,
      suites: [
        named("care", ["test/care/", "test/plans/"]),
        named("leave", ["test/care/leave-long"]),
        named("store", ["test/store/"]),
      ],
    });
    expect(gaps).toEqual([
      "suite care has no test file in test/plans/",
      "care and leave run test/care/leave-long.test.ts",
      "no suite runs test/pages/start.test.ts",
    ]);
  });

  test("are complete here", () => {
    expect(findGaps({ root: project, suites })).toEqual([]);
  });
});

describe("the lanes", () => {
  test("let one suite of one file at a time run beside one of many, and three beside each other", async () => {
    const running = new Set<string>();
    const together: string[] = [];
    const wide = (name: string): Suite => ({ ...suite, name, isOneFileAtATime: false });
    const narrow = (name: string): Suite => ({ ...suite, name, isOneFileAtATime: true });
    await runInLanes({
      suites: [wide("rules"), wide("store"), narrow("kills"), narrow("browser"), narrow("fuzz")],
      run: async ({ name }) => {
        running.add(name);
        together.push([...running].join("+"));
        await new Promise((resolve) => setImmediate(resolve));
        running.delete(name);
      },
    });
    expect(together).toEqual([
      "rules",
      "rules+kills",
      "kills+store",
      "store+browser",
      "browser+fuzz",
    ]);
  });
});
