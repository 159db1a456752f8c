import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runSuite } from "../../../scripts/tests/run-suite.ts";
import type { Suite } from "../../../scripts/tests/suites.ts";

const project = resolve(import.meta.dirname, "../../..");
const suite: Suite = {
  name: "planted",
  files: [""],
  isRequired: true,
  isOneFileAtATime: true,
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
