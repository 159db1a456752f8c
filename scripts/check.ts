import { join } from "node:path";
import { checkDeadCode } from "./check/check-dead-code.ts";
import { checkDependencies } from "./check/check-dependencies.ts";
import { checkLint } from "./check/check-lint.ts";
import { checkStored } from "./check/check-stored.ts";
import { checkTypes } from "./check/check-types.ts";
import type { Check } from "./check/outcome.ts";

const root = join(import.meta.dirname, "..");
const checks = new Map<string, Check>([
  ["types", checkTypes],
  ["lint", checkLint],
  ["dependencies", checkDependencies],
  ["dead-code", checkDeadCode],
  ["stored", checkStored],
]);

/** Runs one check and prints its line, with everything that has to be mended above it. */
async function runCheck(name: string, check: Check): Promise<boolean> {
  const startedAt = performance.now();
  const outcome = await check(root).catch((error: unknown) => ({
    lookedAt: "",
    violations: "",
    warnings: [],
    blindSpots: [error instanceof Error ? error.message : String(error)],
    plantedCount: 0,
  }));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const isGood = outcome.violations === "" && outcome.blindSpots.length === 0;
  if (outcome.violations !== "") {
    console.log(`\n${outcome.violations}\n`);
  }
  for (const warning of outcome.warnings) {
    console.log(`${name}: note: ${warning}`);
  }
  for (const blindSpot of outcome.blindSpots) {
    console.log(`${name}: the check itself is broken: ${blindSpot}`);
  }
  console.log(
    isGood
      ? `ok ${name}: ${outcome.lookedAt}, ${outcome.plantedCount} planted violations found, ${seconds} s`
      : `FAILED ${name}, ${seconds} s`,
  );
  return isGood;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.has(name));
if (unknown.length > 0) {
  console.error(`usage: node scripts/check.ts [${[...checks.keys()].join(" | ")} …]`);
  process.exit(2);
}
const chosen = [...checks].filter(([name]) => wanted.length === 0 || wanted.includes(name));
// All at once: on two cores the compiler, by far the slowest, keeps one of them to itself.
const results = await Promise.all(chosen.map(([name, check]) => runCheck(name, check)));
const failedCount = results.filter((isGood) => !isGood).length;
console.log(
  failedCount === 0
    ? `check passed (${results.length} of ${results.length})`
    : `check failed: ${failedCount} of ${results.length}, see above`,
);
process.exitCode = failedCount === 0 ? 0 : 1;
