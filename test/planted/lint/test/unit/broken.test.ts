import { expect, test } from "vitest";

// expect: lint/suspicious/noFocusedTests
test.only("focused", () => {
  expect(1).toBe(1);
});

// expect: lint/suspicious/noSkippedTests
test.skip("skipped", () => {
  expect(1).toBe(1);
});
