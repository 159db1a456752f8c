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

/** What is stored is parsed and never cast, and every field of it has a reader. */
export const checkStored: Check = async (root) => {
  const plantedFolder = join(root, "test/planted/stored");
  const planted = readdirSync(plantedFolder, { encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(plantedFolder, name));
  const product = new Product(root, planted);
  const casts = findCasts(product).map(({ file, line }) => ({
    place: `${product.relative(file)}:${line}`,
    rule: "cast-of-stored-data",
    sentence: castSentence,
  }));
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
    violations: all
      .filter((one) => !isPlanted(one))
      .map(({ place, rule, sentence }) => `${place} ${rule}: ${sentence}`)
      .join("\n"),
    warnings: [],
    blindSpots,
    plantedCount: expected.length,
  };
};
