import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import { equivalentMutants } from "./mutants/equivalent.ts";
import { findPartGaps } from "./mutants/find-gaps.ts";
import { testsVariable } from "./mutants/kept-runner.ts";
import { type MutantPart, mutantParts } from "./mutants/parts.ts";

/** Of the mutants that somebody could notice, so many in a hundred must be noticed. */
const leastScore = 85;
const root = join(import.meta.dirname, "..");

type Mutant = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

/** Mutates one part, with the tests of the part alone. */
async function mutate(part: MutantPart): Promise<readonly Mutant[]> {
  process.env[testsVariable] = JSON.stringify(part.tests);
  const stryker = new Stryker({
    testRunner: "kept",
    plugins: [
      fileURLToPath(import.meta.resolve("@stryker-mutator/vitest-runner")),
      join(root, "scripts/mutants/ignore-words.ts"),
      join(root, "scripts/mutants/kept-runner.ts"),
    ],
    ignorers: ["words"],
    vitest: { related: false },
    mutate: [...part.sources],
    coverageAnalysis: "perTest",
    concurrency: Number(process.env.THROUGHCARE_MUTANTS_AT_ONCE ?? 2),
    reporters: ["progress-append-only"],
    allowConsoleColors: false,
    timeoutMS: 15_000,
    tempDirName: ".throughcare/mutants",
    cleanTempDir: "always",
    ignorePatterns: ["coverage", "cdk.out", "dist", ".throughcare"],
  });
  return stryker.runMutationTest();
}

function lineOf({ fileName, location }: Mutant): string {
  return readFileSync(fileName, "utf8").split("\n")[location.start.line - 1]?.trim() ?? "";
}

/** A part's score, and whoever survived that should not have. */
function judge(part: MutantPart, mutants: readonly Mutant[]): boolean {
  const tried = mutants.filter(({ status }) => status !== "Ignored" && !/Error$/.test(status));
  const noticed = tried.filter(({ status }) => status === "Killed" || status === "Timeout");
  const alive = tried.filter((mutant) => !noticed.includes(mutant));
  const isEquivalent = (mutant: Mutant) =>
    equivalentMutants.some(
      ({ line, replacement }) => line === lineOf(mutant) && replacement === mutant.replacement,
    );
  const survivors = alive.filter((mutant) => !isEquivalent(mutant));
  const score = (100 * noticed.length) / Math.max(1, noticed.length + survivors.length);
  for (const mutant of survivors) {
    const { fileName, location, replacement, status } = mutant;
    const place = `${fileName.replace(`${root}/`, "")}:${location.start.line}:${location.start.column + 1}`;
    console.log(`  ${status === "NoCoverage" ? "no test reaches" : "survived"} ${place}`);
    console.log(
      `    ${lineOf(mutant)}\n    → ${String(replacement).replace(/\s+/g, " ").slice(0, 160)}`,
    );
  }
  const isGood =
    score >= leastScore && (!part.isStrict || survivors.length === 0) && noticed.length > 0;
  console.log(
    `${isGood ? "ok" : "FAILED"} ${part.name}: ${score.toFixed(1)} % of ${tried.length} mutants noticed, ${survivors.length} survived, ${alive.length - survivors.length} are equivalent`,
  );
  return isGood;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !mutantParts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(
    `usage: npm run test:mutants -- [${mutantParts.map(({ name }) => name).join(" | ")} …]`,
  );
  process.exit(2);
}
const gaps = findPartGaps(root, mutantParts);
for (const gap of gaps) console.error(gap);
let isGood = gaps.length === 0;
for (const part of mutantParts) {
  if (asked.length > 0 && !asked.includes(part.name)) continue;
  const startedAt = performance.now();
  isGood = judge(part, await mutate(part)) && isGood;
  console.log(`  ${part.name} took ${((performance.now() - startedAt) / 60_000).toFixed(1)} min`);
}
process.exitCode = isGood ? 0 : 1;
