import { parseArgs } from "node:util";
import { bundleFigures } from "./bundles.ts";
import { costFigures } from "./cost.ts";
import { localRunFigures } from "./local-run.ts";
import { type Figure, printFigures } from "./measure.ts";
import { pathwayFigures } from "./pathway.ts";
import { plannerFigures } from "./planner.ts";
import { programToolFigures } from "./program-tools.ts";
import { ratioFigures } from "./ratios.ts";

const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  // First: what it reads for the first time, the others have read when they are done.
  program: programToolFigures,
  pathway: pathwayFigures,
  planner: plannerFigures,
  ratios: ratioFigures,
  cost: costFigures,
  local: localRunFigures,
  bundles: bundleFigures,
};

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  console.error(`usage: npm run bench [-- ${Object.keys(parts).join(" | ")}]`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`Measuring: ${name}`);
  figures.push(...(await measure()));
}
console.log("");
printFigures(figures);
