import { resolve } from "node:path";
import { expect, test } from "vitest";
import { findPartGaps } from "../../scripts/mutants/find-gaps.ts";
import { mutantParts } from "../../scripts/mutants/parts.ts";

const project = resolve(import.meta.dirname, "../..");

test("every file and test of a part that is mutated is there", () => {
  expect(findPartGaps(project, mutantParts)).toEqual([]);
});

test("a file of a part that was moved away is named, among others that are there", () => {
  const part = {
    name: "consent",
    sources: ["shared/messages/{consent,consent-that-moved}.ts"],
    tests: ["test/shared/messages/consent.test.ts", "test/nowhere/*.test.ts"],
    isStrict: true,
  };
  expect(findPartGaps(project, [part])).toEqual([
    "consent: no file matches shared/messages/consent-that-moved.ts",
    "consent: no file matches test/nowhere/*.test.ts",
  ]);
});
