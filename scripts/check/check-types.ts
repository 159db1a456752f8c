import { join } from "node:path";
import type { Check } from "./outcome.ts";
import { compareFindings, expectedFindings } from "./planted-lines.ts";
import { runTool } from "./run-tool.ts";

const tsc = "typescript/bin/tsc";

/** Type-checks the whole project with the TypeScript compiler. */
export const checkTypes: Check = async (root) => {
  const plantedFolder = join(root, "test/planted/types");
  const project = await runTool({
    root,
    script: tsc,
    args: ["--noEmit", "--pretty", "false", "--listFiles", "-p", "tsconfig.json"],
    cwd: root,
  });
  const planted = await runTool({
    root,
    script: tsc,
    args: ["--noEmit", "--pretty", "false", "-p", "."],
    cwd: plantedFolder,
  });
  const lines = project.output.trimEnd().split("\n");
  const listed = lines.filter((line) => line.startsWith("/"));
  const ownFileCount = listed.filter((line) => !line.includes("/node_modules/")).length;
  const violations = lines.filter((line) => line !== "" && !line.startsWith("/")).join("\n");
  const reported = [...planted.output.matchAll(/^(\S+)\((\d+),\d+\): error (TS\d+):/gm)].map(
    (match) => `${match[1]}:${match[2]} ${match[3]}`,
  );
  const expected = expectedFindings(plantedFolder);
  const blindSpots = [...compareFindings({ expected, reported, isExact: true })];
  if (ownFileCount === 0) {
    blindSpots.push("the compiler read no file of the project");
  }
  return {
    lookedAt: `${ownFileCount} files`,
    violations: project.exitCode === 0 ? "" : violations || `tsc exited with ${project.exitCode}`,
    warnings: [],
    blindSpots,
    plantedCount: expected.length,
  };
};
