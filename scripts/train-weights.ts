import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import type { Policy } from "../shared/care/program/policy.ts";
import { partsOfOne } from "../shared/care/safety/weigh-words.ts";
import { policyFileSchema } from "../shared/contracts/program-seed-files.ts";
import { asOptOut, asScreened } from "./learned-weights/as-read.ts";
import { labelledTexts, optOutTexts } from "./learned-weights/labelled-texts.ts";
import { type Model, scoreOf, type Trainable, train } from "./learned-weights/regression.ts";

/**
 * Writes `signs.learned` and `optOutWeights` of `programs/policy.yaml`: what each feature of a text weighs, by
 * regularised logistic regression over the labelled sentences of `test/labelled` that are not held out. The same
 * sentences and rules give the same weights. `node scripts/train-weights.ts` writes them; with `--folds` it writes
 * nothing. Both print what weights know that were trained without the batches they are tried on.
 */
const policyFile = "programs/policy.yaml";
/** Of harmless sentences: those that may be read within the hour, and within a staffed hour. */
const maxReadShare = 0.2;
const maxSoonShare = 0.44;
/** Log odds from which a text ends messages, and below which a pattern that matched is doubted. */
const endAt = 0.7;
const doubtAt = -1.5;
const maxDangerWeights = 12_000;
const maxOptOutWeights = 3000;
const longestLine = 118;
/** Into so many parts the blind batches fall; whole batches, so that no writer is tried on their own words. */
const parts = 3;

type Scored = { readonly text: Trainable; readonly score: number };

const written = readFileSync(policyFile, "utf8");
const policy: Policy = policyFileSchema.parse(parse(written));
const danger = trainDanger();
const optOut = trainOptOut();
if (!process.argv.includes("--folds"))
  writeFileSync(
    policyFile,
    withBlock(
      withBlock(written, { name: "learned", depth: 2, before: "stopWords" }, danger),
      { name: "optOutWeights", depth: 0, before: "signs" },
      optOut,
    ),
  );

function trainDanger() {
  const all = labelledTexts().map((text) => asScreened(policy, text));
  const { tried, model, held } = tryAndTrain(all, maxDangerWeights);
  const readAt = thresholdFor(tried, maxReadShare);
  const soonAt = thresholdFor(tried, maxSoonShare);
  const line = (name: string, ones: readonly Scored[]) =>
    `${name}: ${share(ones, true, readAt)} of danger paged or read within the hour, ${share(ones, true, soonAt)} at least within ` +
    `a staffed hour; of the harmless ${share(ones, false, readAt)} and ${share(ones, false, soonAt)}\n`;
  process.stdout.write(line("Danger, batches tried without themselves", tried));
  process.stdout.write(line("Danger, held-out part", held));
  return { model, at: { readAt, soonAt } };
}

function trainOptOut() {
  const others = labelledTexts()
    .filter(({ isHeldOut }) => !isHeldOut)
    .map((one) => ({ ...one, isSought: false, isBlind: false, batch: "others" }));
  const all = [...optOutTexts(), ...others].map((text) => asOptOut(policy, text));
  const { tried, model, held } = tryAndTrain(all, maxOptOutWeights);
  const line = (name: string, ones: readonly Scored[]) =>
    `${name}: ${share(ones, true, endAt)} of the wishes known by weight alone, ${share(ones, false, endAt)} of the others taken for one\n`;
  process.stdout.write(line("Opt-out, batches tried without themselves", tried));
  process.stdout.write(line("Opt-out, held-out part", held));
  return { model, at: { endAt, doubtAt } };
}

/** Trains once without each part of the blind batches, which is then tried, and once on all that is not held out. */
function tryAndTrain(all: readonly Trainable[], maxWeights: number) {
  const seen = all.filter(({ isHeldOut }) => !isHeldOut);
  const batches = [...new Set(seen.filter(({ isBlind }) => isBlind).map(({ batch }) => batch))];
  const partOf = new Map(batches.map((batch, index) => [batch, index % parts]));
  const tried = Array.from({ length: parts }, (_, part) =>
    scored(
      train(
        seen.filter(({ batch }) => partOf.get(batch) !== part),
        maxWeights,
      ),
      seen.filter(({ batch }) => partOf.get(batch) === part),
    ),
  ).flat();
  const model = train(seen, maxWeights);
  const held = scored(
    model,
    all.filter(({ isHeldOut }) => isHeldOut),
  );
  return { tried, model, held };
}

function scored(model: Model, ones: readonly Trainable[]): readonly Scored[] {
  return ones.map((one) => ({ text: one, score: scoreOf(model, one) }));
}

/** The score that so large a share of what is not sought reaches. */
function thresholdFor(ones: readonly Scored[], part: number): number {
  const scores = ones.filter(({ text }) => !text.isSought).map(({ score }) => score);
  const ordered = scores.toSorted((left, right) => right - left);
  return ordered[Math.floor(part * ordered.length)] ?? 0;
}

function share(ones: readonly Scored[], isSought: boolean, at: number): string {
  const of = ones.filter(({ text }) => text.isSought === isSought);
  return `${((100 * of.filter(({ score }) => score > at).length) / of.length).toFixed(1)} %`;
}

/** The file with a block of weights in the place of the one before, ahead of another key of the policy. */
function withBlock(
  text: string,
  {
    name,
    depth,
    before,
  }: { readonly name: string; readonly depth: number; readonly before: string },
  { model, at }: { readonly model: Model; readonly at: Readonly<Record<string, number>> },
): string {
  const indent = " ".repeat(depth);
  const lines = [
    `${indent}# Learned from labelled sentences: written by scripts/train-weights.ts, not by hand.`,
    `${indent}${name}:`,
    ...asYaml(model, at).map((line) => `${indent}  ${line}`),
    "",
    "",
  ];
  const old = new RegExp(
    `${indent}# Learned from [^\\n]*\\n${indent}${name}:\\n(?:${indent} +[^\\n]*\\n)+\\n*`,
  );
  const without = text.replace(old, "");
  // Comments above the next key belong to it.
  const place = new RegExp(`(?:^#[^\\n]*\\n)*^${before}:`, "m").exec(without);
  if (place === null) throw new Error(`${policyFile} has no ${before}`);
  const head = without.slice(0, place.index).trimEnd();
  return `${head}\n${depth === 0 ? "\n" : ""}${lines.join("\n")}${without.slice(place.index)}`;
}

function asYaml({ base, weights }: Model, at: Readonly<Record<string, number>>): readonly string[] {
  const byPoints = new Map<number, string[]>();
  for (const [name, weight] of [...weights].toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  )) {
    const points = Math.round(weight * partsOfOne);
    if (points !== 0) byPoints.set(points, [...(byPoints.get(points) ?? []), name]);
  }
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return [
    `base: ${rounded(base)}`,
    ...Object.entries(at).map(([name, value]) => `${name}: ${rounded(value)}`),
    "weights:",
    ...[...byPoints]
      .toSorted(([left], [right]) => right - left)
      .flatMap(([points, names]) => [`  - points: ${points}`, "    of: >-", ...wrapped(names)]),
  ];
}

function wrapped(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < longestLine - 4)
      lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(`      ${name}`);
  }
  return lines;
}
