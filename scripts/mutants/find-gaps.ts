import { globSync } from "node:fs";
import type { MutantPart } from "./parts.ts";

/**
 * Patterns of a part that no file of the project matches any more: a file that was moved must not leave
 * its rules untried in silence.
 *
 * @returns a sentence for each
 */
export function findPartGaps(root: string, parts: readonly MutantPart[]): readonly string[] {
  return parts.flatMap(({ name, sources, tests }) =>
    [...sources, ...tests]
      .flatMap(alternativesOf)
      .flatMap((pattern) =>
        globSync(pattern, { cwd: root }).length === 0
          ? [`${name}: no file matches ${pattern}`]
          : [],
      ),
  );
}

/** `{a,b}.ts` as `a.ts` and `b.ts`, so that each of them has to be there. */
function alternativesOf(pattern: string): readonly string[] {
  const [, before = "", inner, after = ""] = /^(.*?)\{([^}]*)\}(.*)$/.exec(pattern) ?? [];
  if (inner === undefined) return [pattern];
  return inner.split(",").flatMap((one) => alternativesOf(`${before}${one}${after}`));
}
