import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { findBareLookups } from "./bare-lookups.ts";
import { findForbiddenUses } from "./forbidden-uses.ts";
import type { CheckOutcome } from "./outcome.ts";
import { compareFindings, expectedFindings } from "./planted-lines.ts";
import { findMissingForReaders } from "./written-for-readers.ts";

const sourceFolders = [
  "shared",
  "functions",
  "workflows",
  "local",
  "cli",
  "infra",
  "console",
  "test",
  "scripts",
];
const notOurs = /(^|\/)(node_modules|dist|cdk\.out)\/|^test\/planted\//;

/** Code that meets keys from outside: paths, bodies, events, programs. */
const mayMeetOutsideKeys = /^(functions|workflows|shared\/(?!aws\/|store\/(?:memory|rules)\/))/;

function sourceFiles(root: string): readonly string[] {
  return sourceFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .filter((path) => /\.(tsx?|mjs)$/.test(path) && !path.endsWith(".d.ts") && !notOurs.test(path))
    .sort();
}

function checkPlanted(root: string): { blindSpots: readonly string[]; plantedCount: number } {
  const folder = join(root, "test/planted/house-rules");
  const reported = readdirSync(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const path = /^\/\/ read as: (\S+)/.exec(text)?.[1] ?? file;
    const uses = findForbiddenUses({ path, text }).map(({ line, rule }) => ({ line, rule }));
    const lookups = findBareLookups([join(folder, file)]).map(({ line, rule }) => ({ line, rule }));
    const missing = findMissingForReaders({ path, text });
    return [...uses, ...lookups, ...missing].map(({ line, rule }) => `${file}:${line} ${rule}`);
  });
  const expected = expectedFindings(folder);
  return {
    blindSpots: compareFindings({ expected, reported, isExact: true }),
    plantedCount: expected.length,
  };
}

/** Checks the rules that need to know which folder a file is in. */
export function checkHouseRules(root: string): CheckOutcome {
  const violations: string[] = [];
  const files = sourceFiles(root);
  for (const path of files) {
    const text = readFileSync(join(root, path), "utf8");
    for (const { line, rule, sentence } of [
      ...findForbiddenUses({ path, text }),
      ...findMissingForReaders({ path, text }),
    ]) {
      violations.push(`${path}:${line} ${rule}: ${sentence}`);
    }
  }
  const answering = files.filter((path) => mayMeetOutsideKeys.test(path));
  for (const { file, line, rule, sentence } of findBareLookups(
    answering.map((path) => join(root, path)),
  )) {
    violations.push(`${relative(root, file)}:${line} ${rule}: ${sentence}`);
  }
  const planted = checkPlanted(root);
  return {
    lookedAt: `${files.length} files`,
    violations: violations.join("\n"),
    warnings: [],
    blindSpots:
      files.length === 0 ? [...planted.blindSpots, "no source file was read"] : planted.blindSpots,
    plantedCount: planted.plantedCount,
  };
}
