import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Check } from "./outcome.ts";
import { compareFindings } from "./planted-lines.ts";
import { runTool } from "./run-tool.ts";

const knip = "knip/bin/knip.js";
const planted = [
  { finding: "unused file", pattern: /shared\/domain\/unused-file\.ts/ },
  { finding: "unused export", pattern: /unusedExport/ },
  { finding: "unused dependency", pattern: /\bzod\b/ },
];

/** Runs knip with the project's configuration on a copy of the planted project, which needs a root of its own. */
async function reportOnPlanted(root: string): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), "throughcare-knip-"));
  try {
    cpSync(join(root, "test/planted/dead-code"), copy, { recursive: true });
    cpSync(join(root, "knip.json"), join(copy, "knip.json"));
    const args = ["--no-progress", "--no-config-hints"];
    return (await runTool({ root, script: knip, args, cwd: copy })).output;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Finds files, exports and dependencies that nothing uses. */
export const checkDeadCode: Check = async (root) => {
  const args = ["--no-progress", "--no-config-hints"];
  const project = await runTool({ root, script: knip, args, cwd: root });
  const report = await reportOnPlanted(root);
  const entries: { entry: string[] } = JSON.parse(readFileSync(join(root, "knip.json"), "utf8"));
  return {
    lookedAt: `${entries.entry.length} kinds of entry`,
    violations: project.exitCode === 0 ? "" : project.output.trim(),
    warnings: [],
    blindSpots: compareFindings({
      expected: planted.map(({ finding }) => finding),
      reported: planted.filter(({ pattern }) => pattern.test(report)).map(({ finding }) => finding),
      isExact: true,
    }),
    plantedCount: planted.length,
  };
};
