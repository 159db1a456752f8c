import { readdirSync } from "node:fs";
import type { Suite } from "./suites.ts";

const notOurs = ["test/planted/"];

function allTestFiles(root: string): readonly string[] {
  return readdirSync(`${root}/test`, { recursive: true, encoding: "utf8" })
    .map((path) => `test/${path.replaceAll("\\", "/")}`)
    .filter((path) => /\.test\.tsx?$/.test(path))
    .filter((path) => !notOurs.some((prefix) => path.startsWith(prefix)))
    .sort();
}

function isOf(suite: Suite, path: string): boolean {
  return (
    suite.files.some((prefix) => path.startsWith(prefix)) &&
    !(suite.exclude ?? []).some((prefix) => path.startsWith(prefix))
  );
}

/**
 * Lists the test files of a suite, sorted, relative to the project.
 * @param input.root - the project folder (absolute path)
 */
export function findTestFiles(input: { root: string; suite: Suite }): readonly string[] {
  return allTestFiles(input.root).filter((path) => isOf(input.suite, path));
}

/**
 * Says what would make a green run mean less than it seems: a place of a suite that holds no test any more, and a
 * test file that no suite runs, or that two do. One sentence each, none when all is well.
 * @param input.root - the project folder (absolute path)
 */
export function findGaps(input: { root: string; suites: readonly Suite[] }): readonly string[] {
  const files = allTestFiles(input.root);
  const emptyPlaces = input.suites.flatMap((suite) =>
    suite.files
      .filter((prefix) => !files.some((path) => path.startsWith(prefix) && isOf(suite, path)))
      .map((prefix) => `suite ${suite.name} has no test file in ${prefix}`),
  );
  const strays = files.flatMap((path) => {
    const names = input.suites.filter((suite) => isOf(suite, path)).map(({ name }) => name);
    if (names.length === 1) {
      return [];
    }
    return [names.length === 0 ? `no suite runs ${path}` : `${names.join(" and ")} run ${path}`];
  });
  return [...emptyPlaces, ...strays];
}
