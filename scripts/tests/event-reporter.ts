import { appendFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule, TestRunEndReason } from "vitest/node";

/** One line of the file that the runner reads while vitest is still running. */
export type TestEvent =
  | { kind: "test"; state: "passed" | "failed" }
  | { kind: "skipped"; title: string; reason: string }
  | { kind: "module-failed"; file: string }
  | { kind: "module-end"; file: string; seconds: number }
  | { kind: "end"; reason: TestRunEndReason; unhandledErrorCount: number };

/**
 * Writes one JSON line per finished test to the file named by `THROUGHCARE_TEST_EVENTS`. vitest's own JSON report
 * comes only at the end and leaves out why a test was skipped.
 */
export default class EventReporter implements Reporter {
  #write(event: TestEvent): void {
    const file = process.env.THROUGHCARE_TEST_EVENTS;
    if (file !== undefined) {
      appendFileSync(file, `${JSON.stringify(event)}\n`);
    }
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state === "passed" || result.state === "failed") {
      this.#write({ kind: "test", state: result.state });
    } else {
      const reason =
        "note" in result && result.note !== undefined ? result.note : "no reason given";
      this.#write({
        kind: "skipped",
        title: `${test.module.relativeModuleId} > ${test.fullName}`,
        reason,
      });
    }
  }

  onTestModuleEnd(module: TestModule): void {
    const { collectDuration, duration } = module.diagnostic();
    this.#write({
      kind: "module-end",
      file: module.relativeModuleId,
      seconds: (collectDuration + duration) / 1000,
    });
    const hasFailedTest = [...module.children.allTests("failed")].length > 0;
    if (!module.ok() && !hasFailedTest) {
      // The file did not load, or a hook around its tests threw: no single test tells of it.
      this.#write({ kind: "module-failed", file: module.relativeModuleId });
    }
  }

  onTestRunEnd(
    _modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    this.#write({ kind: "end", reason, unhandledErrorCount: unhandledErrors.length });
  }
}
