import { readdirSync } from "node:fs";
import type { Suite } from "./suites.ts";

/**
 * Lists the test files of a suite, sorted, relative to the project.
 * @param input.root - the project folder (absolute path)
 */
export function findTestFiles(input: { root: string; suite: Suite }): readonly string[] {
  const { root, suite } = input;
  return readdirSync(`${root}/test`, { recursive: true, encoding: "utf8" })
    .map((path) => `test/${path.replaceAll("\\", "/")}`)
    .filter((path) => /\.test\.tsx?$/.test(path))
    .filter((path) => suite.files.some((prefix) => path.startsWith(prefix)))
    .filter((path) => !(suite.exclude ?? []).some((prefix) => path.startsWith(prefix)))
    .sort();
}
