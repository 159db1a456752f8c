/**
 * Counts the reference pathway and prints the counts as JSON; what is being done goes to stderr.
 * `node local/simulation/count-reference-pathway.ts [--seed N]`
 */
import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { assumptionWords } from "./assumptions.ts";
import { readTsx } from "./read-tsx.ts";

const { values } = parseArgs({ options: { seed: { type: "string", default: "1" } } });
const seed = Number(values.seed);
if (!Number.isInteger(seed) || seed < 0) {
  console.error("A seed is a whole number from 0 on: --seed 1");
  process.exitCode = 2;
} else {
  // Ahead of what is loaded: its sources are read and compiled once, and its schemas check by code of their own.
  enableCompileCache(
    process.env.NODE_COMPILE_CACHE ?? join(import.meta.dirname, "../../dist/local/compiled"),
  );
  await import("zod/compile");
  readTsx();
  const { countReferencePathway } = await import("./reference-pathway.ts");
  const usage = await countReferencePathway({ seed, say: (sentence) => console.error(sentence) });
  console.log(JSON.stringify({ usage, assumptions: assumptionWords }));
  flushCompileCache();
}
