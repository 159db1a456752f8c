import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { stageNamed } from "../../../infra/config/stage-named.ts";
import { functionNames } from "../../../infra/functions/catalogue.ts";
import { at, type Template } from "../../../infra/rules/template.ts";
import { throughcareApp } from "../../../infra/throughcare-app.ts";
import { underLock } from "../../../scripts/build/build-lock.ts";
import { buildFunctions } from "../../../scripts/build-functions.ts";
import { synthesiseByCommand } from "./command-line.ts";

export const root = join(import.meta.dirname, "../../..");
const folder = join(root, "dist/infra-test");
const pauseMs = 200;
const longestWaitMs = 60_000;

export const stages = ["dev", "production"] as const;
export type Stage = (typeof stages)[number];
export const stackNames = [
  "data",
  "messaging",
  "workflow",
  "web",
  "observability",
  "delivery",
] as const;
export type StackName = (typeof stackNames)[number];
export type Templates = Readonly<Record<StackName, Template>>;

/** The context that the command line takes from `cdk.json`. */
export function cdkContext(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, "cdk.json"), "utf8")).context;
}

/** A file in the place of each bundle: what is in a bundle changes nothing in a template but its name. */
export function stubBundles(): string {
  const bundles = join(folder, "stubs");
  for (const name of functionNames) {
    mkdirSync(join(bundles, name), { recursive: true });
    writeFileSync(join(bundles, name, "index.mjs"), `export const handler = () => "${name}";\n`);
  }
  return bundles;
}

/** The templates of a stage. */
export function synthesised(stage: Stage): Templates {
  return readTemplates(assembly(stage));
}

/** The folder that holds a stage's templates and manifest. */
export function whereIs(stage: Stage): string {
  return assembly(stage);
}

/** The stacks of a stage that CloudFormation refuses to delete. */
export function protectedStacks(stage: Stage): readonly string[] {
  const manifest: unknown = JSON.parse(
    readFileSync(join(assembly(stage), "manifest.json"), "utf8"),
  );
  return Object.entries(at(manifest, "artifacts") ?? {})
    .filter(([, artifact]) => at(artifact, "properties", "terminationProtection") === true)
    .map(([name]) => name)
    .sort();
}

/** Where each stage's templates are, once somebody of this process asked: its sources are those that it has loaded. */
const assemblies = new Map<Stage, string>();

function assembly(stage: Stage): string {
  const known = assemblies.get(stage);
  if (known !== undefined) return known;
  const made = madeOnce(stage);
  assemblies.set(stage, made);
  return made;
}

/** Made once and kept until something that goes into it changes; other test files wait for it meanwhile. */
function madeOnce(stage: Stage): string {
  const outdir = join(folder, `${stage}-${inputHash()}`);
  if (existsSync(outdir) || isMadeElsewhere(outdir)) return outdir;
  const unfinished = `${outdir}-unfinished-${process.hrtime.bigint()}`;
  try {
    throughcareApp(stageNamed(stage), {
      bundles: stubBundles(),
      outdir: unfinished,
      context: cdkContext(),
    }).synth();
    if (!existsSync(outdir)) renameSync(unfinished, outdir);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    rmSync(`${outdir}.lock`, { recursive: true, force: true });
  }
  removeOlder(stage, outdir);
  return outdir;
}

/**
 * The folder that `npx cdk synth -c stage=dev` makes: the templates with what a deployment uploads. Made by the command
 * itself, once for all test files, and kept until something that goes into it changes.
 * @throws {Error} with what the command said, when it fails
 */
export async function deployedAssembly(): Promise<string> {
  const bundles = (await buildFunctions()).map(({ file }) => dirname(file));
  const hash = createHash("sha256").update(inputHash());
  for (const bundle of bundles)
    for (const file of readdirSync(bundle).sort()) hash.update(readFileSync(join(bundle, file)));
  const outdir = join(folder, `command-${hash.digest("hex").slice(0, 16)}`);
  return await underLock(`${outdir}.lock`, async () => {
    if (existsSync(outdir)) return outdir;
    const unfinished = `${outdir}-unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    const { code, output } = await synthesiseByCommand(["-c", "stage=dev"], unfinished);
    if (code !== 0) throw new Error(output);
    renameSync(unfinished, outdir);
    removeOlder("command", outdir);
    return outdir;
  });
}

/** Takes the lock, or waits for whoever has it; whoever has it may have been stopped, so not for ever. */
function isMadeElsewhere(outdir: string): boolean {
  mkdirSync(folder, { recursive: true });
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < longestWaitMs; waited += pauseMs) {
    try {
      mkdirSync(`${outdir}.lock`);
      return false;
    } catch {
      Atomics.wait(pause, 0, 0, pauseMs);
      if (existsSync(outdir)) return true;
    }
  }
  return false;
}

function removeOlder(prefix: string, kept: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(`${prefix}-`) && !kept.endsWith(name) && !name.endsWith(".lock"))
      rmSync(join(folder, name), { recursive: true, force: true });
}

export function readTemplates(outdir: string): Templates {
  const read = (name: StackName): Template =>
    JSON.parse(readFileSync(join(outdir, `${name}.template.json`), "utf8"));
  return {
    data: read("data"),
    messaging: read("messaging"),
    workflow: read("workflow"),
    web: read("web"),
    observability: read("observability"),
    delivery: read("delivery"),
  };
}

function inputHash(): string {
  const hash = createHash("sha256");
  for (const part of ["infra", "workflows", "shared/keys", "shared/care/episode"])
    for (const file of readdirSync(join(root, part), { recursive: true, encoding: "utf8" }).sort())
      if (/\.(ts|cjs|json)$/.test(file))
        hash.update(file).update(readFileSync(join(root, part, file)));
  for (const file of ["cdk.json", "package-lock.json"]) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 16);
}
