import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import type { Policy } from "../shared/care/program/policy.ts";
import { partsOfOne } from "../shared/care/safety/learned-weights.ts";
import { policyFileSchema } from "../shared/contracts/program-seed-files.ts";
import { type Labelled, labelledTexts } from "./danger-weights/labelled-texts.ts";
import { type Model, prepare, scoreOf, type Trainable, train } from "./danger-weights/train.ts";

/**
 * Writes `signs.learned` of `programs/policy.yaml`: what each feature of a text weighs, by regularised logistic
 * regression over the labelled sentences of `test/labelled` that are not held out. The same sentences and rules
 * give the same weights. `node scripts/train-danger-weights.ts` writes them; with `--folds` it writes nothing and
 * prints what weights know that were trained without the batch they are tried on.
 */
const policyFile = "programs/policy.yaml";
/** Harmless sentences that may be read within the hour, and within a staffed hour: where the thresholds lie. */
const maxReadShare = 0.12;
const maxSoonShare = 0.35;
const longestLine = 118;

const written = readFileSync(policyFile, "utf8");
const policy: Policy = policyFileSchema.parse(parse(written));
const texts = labelledTexts();
const ready = texts.map((text) => prepare(policy, text));
const seen = ready.filter(({ isHeldOut }) => !isHeldOut);
const held = ready.filter(({ isHeldOut }) => isHeldOut);

type Scored = { readonly text: Labelled; readonly score: number };

function folds(): readonly Scored[] {
  const batches = [...new Set(seen.map(({ batch }) => batch))];
  const blind = batches.filter((batch) => seen.some((one) => one.batch === batch && one.isBlind));
  return blind.flatMap((batch) => {
    const model = train(seen.filter((one) => one.batch !== batch));
    return scored(
      model,
      seen.filter((one) => one.batch === batch),
    );
  });
}

function scored(model: Model, ones: readonly Trainable[]): readonly Scored[] {
  return ones.map((one) => ({ text: one, score: scoreOf(model, one) }));
}

/** The score that so large a share of the harmless sentences reach. */
function thresholdFor(ones: readonly Scored[], share: number): number {
  const harmless = ones.filter(({ text }) => !text.isDanger).map(({ score }) => score);
  const ordered = harmless.toSorted((left, right) => right - left);
  return ordered[Math.floor(share * ordered.length)] ?? 0;
}

function told(name: string, ones: readonly Scored[], readAt: number, soonAt: number): string {
  const share = (isDanger: boolean, at: number) => {
    const of = ones.filter(({ text }) => text.isDanger === isDanger);
    return ((100 * of.filter(({ score }) => score > at).length) / of.length).toFixed(1);
  };
  return (
    `${name}: ${share(true, readAt)} % of danger paged or read within the hour, ${share(true, soonAt)} % at least within a ` +
    `staffed hour; of the harmless ${share(false, readAt)} % and ${share(false, soonAt)} %, ${share(false, 1e9)} % page\n`
  );
}

const tried = folds();
const readAt = thresholdFor(tried, maxReadShare);
const soonAt = thresholdFor(tried, maxSoonShare);
process.stdout.write(told("batches tried without themselves", tried, readAt, soonAt));
const model = train(seen);
process.stdout.write(told("held-out part", scored(model, held), readAt, soonAt));

if (!process.argv.includes("--folds")) {
  const block = asYaml(model, { readAt, soonAt });
  const without = written.replace(/\n {2}# Learned[^\n]*\n {2}learned:\n(?: {4}[^\n]*\n)+/, "\n");
  const end = /\nsigns:\n(?: [^\n]*\n| *\n)+?(?=\n*(?:#|\S))/.exec(without);
  if (end === null) throw new Error(`${policyFile} has no signs`);
  const at = end.index + end[0].trimEnd().length + 1;
  writeFileSync(policyFile, `${without.slice(0, at)}${block}${without.slice(at)}`);
}

function asYaml(
  { base, weights }: Model,
  at: { readonly readAt: number; readonly soonAt: number },
): string {
  const byPoints = new Map<number, string[]>();
  for (const [name, weight] of [...weights].toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  )) {
    const points = Math.round(weight * partsOfOne);
    if (points !== 0) byPoints.set(points, [...(byPoints.get(points) ?? []), name]);
  }
  const lists = [...byPoints].toSorted(([left], [right]) => right - left);
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return [
    "  # Learned from the labelled sentences: written by scripts/train-danger-weights.ts, not by hand.",
    "  learned:",
    `    base: ${rounded(base)}`,
    `    readAt: ${rounded(at.readAt)}`,
    `    soonAt: ${rounded(at.soonAt)}`,
    "    weights:",
    ...lists.flatMap(([points, names]) => [
      `      - points: ${points}`,
      "        of: >-",
      ...wrapped(names),
    ]),
    "",
  ].join("\n");
}

function wrapped(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < longestLine)
      lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(`          ${name}`);
  }
  return lines;
}
