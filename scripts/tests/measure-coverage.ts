import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** Lines of the rules of care (`workflows/`, `shared/care`, `questions`, `messages`) that the unit suite must run through (percent). */
export const requiredLinesPercent = 95;

const metricSchema = z.object({ total: z.number(), covered: z.number(), pct: z.number() });
const summarySchema = z.record(z.string(), z.object({ lines: metricSchema }));
const worstFileCount = 5;

/**
 * Reads the coverage summary of a finished suite.
 * @returns sentences about what is missing; empty when the threshold is met
 */
export function measureCoverage(folder: string): readonly string[] {
  const file = join(folder, "coverage-summary.json");
  if (!existsSync(file)) {
    return ["no coverage of the rules of care was measured"];
  }
  const { total, ...files } = summarySchema.parse(JSON.parse(readFileSync(file, "utf8")));
  if (total === undefined || total.lines.total === 0) {
    return ["coverage was measured on no line of the rules of care"];
  }
  if (total.lines.pct >= requiredLinesPercent) {
    return [];
  }
  const worst = Object.entries(files)
    .map(([path, { lines }]) => ({ path, missing: lines.total - lines.covered }))
    .sort((one, other) => other.missing - one.missing)
    .slice(0, worstFileCount)
    .map(({ path, missing }) => `${path.slice(process.cwd().length + 1)} (${missing})`);
  return [
    `coverage of the rules of care is ${total.lines.pct} % of lines, ${requiredLinesPercent} % are needed; most lines missing: ${worst.join(", ")}`,
  ];
}
