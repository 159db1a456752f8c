import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { findFolderCircles, type Import } from "./folder-circles.ts";
import type { Check } from "./outcome.ts";
import { compareFindings, type Finding } from "./planted-lines.ts";
import { runTool } from "./run-tool.ts";

const script = "dependency-cruiser/bin/dependency-cruiser.mjs";
const folders = [
  "shared",
  "functions",
  "workflows",
  "infra",
  "local",
  "console",
  "cli",
  "test",
  "scripts",
];
/** No two files of these planted folders import each other; the folders do. */
const plantedCircle = "shared/care/sessions → shared/care/tasks";
const reportSchema = z.object({
  modules: z.array(
    z.object({ source: z.string(), dependencies: z.array(z.object({ resolved: z.string() })) }),
  ),
  summary: z.object({
    violations: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        cycle: z.array(z.object({ name: z.string() })).optional(),
        rule: z.object({ name: z.string(), severity: z.string() }),
      }),
    ),
    totalCruised: z.number(),
    ruleSetUsed: z.object({
      forbidden: z.array(z.object({ name: z.string(), comment: z.string().optional() })),
    }),
  }),
});
type Report = z.infer<typeof reportSchema>;
type Summary = Report["summary"];
type Rules = Summary["ruleSetUsed"]["forbidden"];
/** What is deployed, run or built; tests put everything together. */
const roomFolders = /^(shared|workflows|functions|local|cli|infra|scripts)\//;

async function cruise(root: string, cwd: string): Promise<Report> {
  const config = join(root, ".dependency-cruiser.cjs");
  const present = folders.filter((folder) => existsSync(join(cwd, folder)));
  const args = ["--config", config, "--output-type", "json", ...present];
  const { stdout, output } = await runTool({ root, script, args, cwd });
  try {
    return reportSchema.parse(JSON.parse(stdout));
  } catch (cause) {
    throw new Error(`dependency-cruiser gave no report: ${output.slice(0, 2000)}`, { cause });
  }
}

function describe(violation: Summary["violations"][number], rules: Rules): string {
  const { from, to, rule, cycle } = violation;
  const comment = rules.find(({ name }) => name === rule.name)?.comment;
  const way = cycle === undefined ? to : cycle.map(({ name }) => name).join(" → ");
  return `${from} → ${way}\n    ${rule.name}: ${comment ?? "not allowed"}`;
}

/** The imports between the project's own files, without those of tests. */
function importsOf({ modules }: Report): readonly Import[] {
  return modules
    .filter(({ source }) => roomFolders.test(source))
    .flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ resolved }) => roomFolders.test(resolved))
        .map(({ resolved }) => ({ from: source, to: resolved })),
    );
}

/** Every planted file names the rules that it breaks in a comment `breaks: RULE, RULE`. */
function plantedFindings(folder: string): readonly Finding[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) => {
      const rules = /^\/\/ breaks: (.+)$/m.exec(readFileSync(join(folder, path), "utf8"))?.[1];
      return (rules?.split(", ") ?? []).map((rule) => `${path} ${rule}`);
    })
    .sort();
}

/** Checks who imports whom, type imports included, and that no files and no folders import in a circle. */
export const checkDependencies: Check = async (root) => {
  const plantedFolder = join(root, "test/planted/dependencies");
  const [project, planted] = await Promise.all([cruise(root, root), cruise(root, plantedFolder)]);
  const rules = project.summary.ruleSetUsed.forbidden;
  const expected = plantedFindings(plantedFolder);
  const circles = findFolderCircles(importsOf(project));
  const plantedCircles = findFolderCircles(importsOf(planted));
  const reported = planted.summary.violations.map(({ from, rule }) => `${from} ${rule.name}`);
  const unproven = rules
    .filter(({ name }) => !reported.some((finding) => finding.endsWith(` ${name}`)))
    .map(({ name }) => `no planted file breaks the rule ${name}`);
  const blindSpots = [...compareFindings({ expected, reported, isExact: true }), ...unproven];
  if (!plantedCircles.some((circle) => circle.includes(plantedCircle))) {
    blindSpots.push(`the planted circle of folders was not reported: ${plantedCircle}`);
  }
  if (project.summary.totalCruised === 0) {
    blindSpots.push("dependency-cruiser read 0 modules of the project");
  }
  return {
    lookedAt: `${project.summary.totalCruised} modules`,
    violations: [
      ...project.summary.violations.map((violation) => describe(violation, rules)).sort(),
      ...circles,
    ].join("\n"),
    warnings: [],
    blindSpots,
    plantedCount: expected.length + plantedCircles.length,
  };
};
