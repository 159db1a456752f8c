/**
 * Counts the reference pathway and prints the counts as JSON; what is being done goes to stderr.
 * `node local/simulation/count-reference-pathway.ts [--seed N]`
 */
import { parseArgs } from "node:util";
import { assumptionWords } from "./assumptions.ts";
import { readTsx } from "./read-tsx.ts";

const { values } = parseArgs({ options: { seed: { type: "string", default: "1" } } });
const seed = Number(values.seed);
if (!Number.isInteger(seed) || seed < 0) {
  console.error("A seed is a whole number from 0 on: --seed 1");
  process.exitCode = 2;
} else {
  readTsx();
  const { countReferencePathway } = await import("./reference-pathway.ts");
  const usage = await countReferencePathway({ seed, say: (sentence) => console.error(sentence) });
  console.log(JSON.stringify({ usage, assumptions: assumptionWords }));
}
