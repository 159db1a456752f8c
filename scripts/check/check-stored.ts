import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { Check } from "./outcome.ts";
import { compareFindings, expectedFindings } from "./planted-lines.ts";
import { findCasts } from "./stored/casts.ts";
import { Product } from "./stored/product.ts";
import { declaredFields, unreadFields } from "./stored/unread-fields.ts";

const castSentence =
  "what is stored is read by its schema (readStored), never said to be something";
const unreadSentence =
  "is stored and read by nobody: show it, decide from it, or store it no longer";

/** Where the local run and the command line may say what something is, and why a schema would add nothing there. */
const castsWithReason: Readonly<Record<string, string>> = {
  "local/in-memory/memory-world.ts": "what the world itself started the execution with",
  "local/simulation/program/tally.ts": "rows by the names that it made two lines before",
  "local/simulation/program/worker.ts": "what its own parent hands over in the same process",
  "local/step-functions/definition/error-handling.ts": "each name was looked at before",
  "local/step-functions/engine-store-sqlite.ts": "the engine's own records, which only it writes",
  "local/step-functions/expressions/expression.ts":
    "each member stays unknown until it is looked at",
  "local/step-functions/expressions/limits.ts": "what Node's own vm answers and throws",
  "local/step-functions/expressions/shortcut.ts": "each member stays unknown until it is looked at",
  "local/step-functions/lambda-client.ts": "each member stays unknown until it is looked at",
  "local/step-functions/running/leave.ts": "an object of the definition is evaluated to an object",
  "local/step-functions/wire/execution-actions.ts": "the event that came, with members left out",
};

function toolFiles(root: string): readonly string[] {
  return ["local", "cli"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join(root, folder, path)),
  );
}

/** What is stored is parsed and never cast, and every field of it has a reader. */
export const checkStored: Check = async (root) => {
  const plantedFolder = join(root, "test/planted/stored");
  const planted = readdirSync(plantedFolder, { encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(plantedFolder, name));
  const product = new Product(root, [...planted, ...toolFiles(root)]);
  const found = findCasts(product).map(({ file, line }) => ({
    file: product.relative(file),
    line,
  }));
  const casts = found
    .filter(({ file }) => !Object.hasOwn(castsWithReason, file))
    .map(({ file, line }) => ({
      place: `${file}:${line}`,
      rule: "cast-of-stored-data",
      sentence: castSentence,
    }));
  const idle = Object.keys(castsWithReason).filter(
    (reasoned) => !found.some(({ file }) => file === reasoned),
  );
  const declared = declaredFields(product);
  const unread = unreadFields(declared).map(({ kind, path, declaredAt }) => ({
    place: declaredAt,
    rule: "stored-field-without-reader",
    sentence: `${kind} ${path} ${unreadSentence}`,
  }));
  const all = [...casts, ...unread];
  const isPlanted = ({ place }: { readonly place: string }) =>
    join(root, place).startsWith(`${plantedFolder}/`);
  const expected = expectedFindings(plantedFolder);
  const reported = all
    .filter(isPlanted)
    .map(({ place, rule }) => `${relative(plantedFolder, join(root, place))} ${rule}`);
  const blindSpots = [...compareFindings({ expected, reported, isExact: true })];
  const fieldCount = [...declared.values()].reduce((sum, fields) => sum + fields.size, 0);
  if (fieldCount < 100) blindSpots.push("hardly any stored field was found");
  return {
    lookedAt: `${product.sources.length - planted.length} files, ${declared.size} kinds of item, ${fieldCount} fields`,
    violations: [
      ...all
        .filter((one) => !isPlanted(one))
        .map(({ place, rule, sentence }) => `${place} ${rule}: ${sentence}`),
      ...idle.map((file) => `${file}: has no cast any more; take it off the list`),
    ].join("\n"),
    warnings: [],
    blindSpots,
    plantedCount: expected.length,
  };
};
