import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A violation as `file:line code`, the file relative to the planted folder. */
export type Finding = string;

/**
 * Reads what the planted files of a folder say about themselves: a comment `expect: CODE` announces a violation in
 * the line after it.
 * @param folder - absolute path
 */
export function expectedFindings(folder: string): readonly Finding[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) =>
      readFileSync(join(folder, path), "utf8")
        .split("\n")
        .flatMap((text, index) => {
          const code = /^\s*\/\/ expect: (\S+)$/.exec(text)?.[1];
          return code === undefined ? [] : [`${path}:${index + 2} ${code}`];
        }),
    )
    .sort();
}

/**
 * Compares what a check reported on planted files with what it should report.
 * @returns sentences about the differences; empty when they agree
 */
export function compareFindings(input: {
  expected: readonly Finding[];
  reported: readonly Finding[];
  /** Whether a report that no comment announces is a difference too. */
  isExact: boolean;
}): readonly string[] {
  const { expected, reported, isExact } = input;
  if (expected.length === 0) {
    return ["no planted violation was found"];
  }
  const missing = expected.filter((finding) => !reported.includes(finding));
  const extra = isExact ? reported.filter((finding) => !expected.includes(finding)) : [];
  return [
    ...missing.map((finding) => `planted violation not reported: ${finding}`),
    ...extra.map((finding) => `reported without being planted: ${finding}`),
  ];
}
