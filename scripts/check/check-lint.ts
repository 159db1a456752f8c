import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { checkHouseRules } from "./house-rules.ts";
import type { Check } from "./outcome.ts";
import { compareFindings, expectedFindings, type Finding } from "./planted-lines.ts";
import { runTool } from "./run-tool.ts";

const biome = "@biomejs/biome/bin/biome";

/** Runs Biome with the project's rules on a copy of the planted files: in their place they are excluded. */
async function lintPlanted(root: string, plantedFolder: string): Promise<readonly Finding[]> {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "throughcare-lint-")));
  try {
    cpSync(plantedFolder, copy, { recursive: true });
    cpSync(join(root, "biome.json"), join(copy, "biome.json"));
    const { output } = await runTool({
      root,
      script: biome,
      args: ["check", "--reporter=github", "--max-diagnostics=none", "."],
      cwd: copy,
    });
    return [...output.matchAll(/^::\w+ title=([^,]+),file=([^,]+),line=(\d+)/gm)].map(
      ([, code, file = "", line]) => {
        // Biome names files absolutely in this report, relatively in others.
        const path = relative(copy, resolve(copy, file));
        return code === "format" ? `${path} ${code}` : `${path}:${line} ${code}`;
      },
    );
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Lints and checks the format of the project with Biome, and the rules that Biome cannot express. */
export const checkLint: Check = async (root) => {
  const plantedFolder = join(root, "test/planted/lint");
  const project = await runTool({
    root,
    script: biome,
    args: ["check", "--max-diagnostics=60", "--diagnostic-level=warn", "--error-on-warnings", "."],
    cwd: root,
  });
  const reported = await lintPlanted(root, plantedFolder);
  // A file is badly formatted as a whole: Biome reports its first difference, wherever that is.
  const expected = expectedFindings(plantedFolder).map((finding) =>
    finding.replace(/:\d+ format$/, " format"),
  );
  const house = checkHouseRules(root);
  const checkedCount = /Checked (\d+) files?/.exec(project.output)?.[1] ?? "0";
  const blindSpots = [
    ...compareFindings({ expected, reported, isExact: false }),
    ...house.blindSpots,
  ];
  if (checkedCount === "0") {
    blindSpots.push("Biome read no file of the project");
  }
  const biomeViolations = project.exitCode === 0 ? "" : project.output.trim();
  return {
    lookedAt: `${checkedCount} files`,
    violations: [biomeViolations, house.violations].filter((text) => text !== "").join("\n\n"),
    warnings: house.warnings,
    blindSpots,
    plantedCount: expected.length + house.plantedCount,
  };
};
