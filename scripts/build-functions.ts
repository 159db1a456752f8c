import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { underLock } from "./build/build-lock.ts";
import {
  environmentCredentials,
  noJsonSchema,
  packedTexts,
  plainBuiltIns,
  replaceClock,
  withoutNeverRun,
  zodByParts,
} from "./build/bundle-plugins.ts";
import { hashOptions, isFresh, writeStamp } from "./build/input-stamp.ts";

const root = join(import.meta.dirname, "..");
const entryNames = ["handler.ts", "handler.tsx"];

/** Where the bundles are, relative to the project, unless told otherwise. */
export const defaultOutDir = "dist/functions";

/** One function as it came out of the bundler. */
export interface BuiltFunction {
  readonly name: string;
  /** Absolute path of the bundle. */
  readonly file: string;
  /** What is loaded at the start: the bundle and the parts it imports at once. */
  readonly bytes: number;
  /** False when the bundle of an earlier build was still good. */
  readonly isRebuilt: boolean;
}

function entryOf(name: string): string | undefined {
  return entryNames
    .map((file) => join(root, "functions", name, file))
    .find((file) => existsSync(file));
}

/** Names of all functions that have a handler, sorted. */
export function functionNames(): readonly string[] {
  const folder = join(root, "functions");
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => entryOf(name) !== undefined)
        .sort()
    : [];
}

function handlerOf(name: string): string {
  const entry = entryOf(name);
  if (entry === undefined) {
    throw new Error(`functions/${name} has no ${entryNames.join(" or ")}`);
  }
  return entry;
}

/** The one set of bundler options, for what is deployed and for the local run alike. */
const sharedBuildOptions: BuildOptions = {
  absWorkingDir: root,
  outExtension: { ".js": ".mjs" },
  // What is imported on demand is a file of its own beside the bundle, and loaded on demand.
  splitting: true,
  chunkNames: "part-[hash]",
  bundle: true,
  write: true,
  format: "esm",
  platform: "node",
  target: "node24",
  minify: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  // The ES modules of a package shake; its CommonJS ones, which `node` alone would choose, do not.
  mainFields: ["module", "main"],
  conditions: ["module", "node", "import"],
  jsx: "automatic",
  jsxImportSource: "hono/jsx",
  plugins: [
    plainBuiltIns,
    environmentCredentials,
    zodByParts,
    withoutNeverRun,
    noJsonSchema,
    packedTexts,
  ],
  // CommonJS packages inside an ES module call `require` for Node's own modules.
  banner: {
    js: 'const require=process.getBuiltinModule("node:module").createRequire(import.meta.url);',
  },
};

/** The texts of the scripts that shape a bundle: the bundler's plugins are no part of its options' JSON. */
function buildScripts(): readonly string[] {
  return [import.meta.filename, join(root, "scripts/build/bundle-plugins.ts")].map((file) =>
    readFileSync(file, "utf8"),
  );
}

interface Bundle {
  readonly name: string;
  readonly file: string;
  readonly folder: string;
  readonly stampFile: string;
  readonly options: BuildOptions;
  readonly optionsHash: string;
}

function bundleOf(name: string, outDir: string): Bundle {
  const folder = join(outDir, name);
  const entryPoints = [{ in: handlerOf(name), out: "index" }];
  const options: BuildOptions = { ...sharedBuildOptions, entryPoints, outdir: folder };
  return {
    name,
    file: join(folder, "index.mjs"),
    folder,
    stampFile: join(outDir, ".stamps", `${name}.json`),
    options,
    optionsHash: hashOptions(root, { options, buildScripts: buildScripts() }),
  };
}

function isGood({ stampFile, file, optionsHash }: Bundle): boolean {
  return isFresh({ root, stampFile, bundle: file, options: optionsHash });
}

async function buildUnlessGood(bundle: Bundle): Promise<BuiltFunction> {
  const { folder, options, stampFile, optionsHash } = bundle;
  if (isGood(bundle)) return builtFunction(bundle, false);
  // Parts of an earlier build have other names.
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = await build({ ...options, metafile: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "meta.json"), JSON.stringify(metafile));
  writeStamp({ root, stampFile, options: optionsHash, inputs: Object.keys(metafile.inputs) });
  return builtFunction(bundle, true);
}

function builtFunction({ name, file, folder }: Bundle, isRebuilt: boolean): BuiltFunction {
  const metafile = JSON.parse(readFileSync(join(folder, "meta.json"), "utf8"));
  return { name, file, bytes: startBytes(metafile, file), isRebuilt };
}

/** Bytes of the bundle and of every part that it imports at once, directly or through another part. */
function startBytes({ outputs }: Metafile, file: string): number {
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const imported of outputs[path]?.imports ?? [])
      if (imported.kind === "import-statement" && imported.external !== true) load(imported.path);
  };
  load(relative(root, file));
  return [...loaded].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
}

/**
 * Bundles every function that has a handler into `<outDir>/<name>/index.mjs`, beside a `meta.json` that tells what is in
 * it. Functions whose inputs have not changed are left alone, and no two processes build into one folder at once.
 * @param input.outDir - relative to the project, or absolute
 * @param input.names - only these functions
 * @throws esbuild's BuildFailure when a function cannot be bundled
 */
export async function buildFunctions(
  input: { outDir?: string; names?: readonly string[] } = {},
): Promise<readonly BuiltFunction[]> {
  const outDir = resolve(root, input.outDir ?? defaultOutDir);
  const bundles = (input.names ?? functionNames()).map((name) => bundleOf(name, outDir));
  if (bundles.every(isGood)) return bundles.map((bundle) => builtFunction(bundle, false));
  return await underLock(`${outDir}.lock`, () => Promise.all(bundles.map(buildUnlessGood)));
}

/** What of the functions' code one process loads, see {@link buildFunctionsTogether}. */
export interface FunctionsTogether {
  /** False when the code of an earlier build was still good. */
  readonly isRebuilt: boolean;
  /** By output file, what came of which input and what it imports; paths are relative to the project. */
  readonly metafile: Metafile;
}

/**
 * Bundles every function for one process that runs them all: `<outDir>/<name>/index.mjs` for each, and beside these
 * folders the parts that several share. The same code by the same options as for a deployment, in a fifth of the
 * time, since what functions share is read, written and loaded once. Nothing is done when no input has changed.
 * @param input.outDir - absolute, or relative to the project
 * @param input.clockModule - a module to take in the place of the system clock: the local run's movable one
 * @throws esbuild's BuildFailure when a function cannot be bundled
 */
export async function buildFunctionsTogether(input: {
  outDir: string;
  clockModule: string;
}): Promise<FunctionsTogether> {
  const outDir = resolve(root, input.outDir);
  const clockModule = resolve(root, input.clockModule);
  const names = functionNames();
  const entryPoints = names.map((name) => ({ in: handlerOf(name), out: `${name}/index` }));
  const options: BuildOptions = { ...sharedBuildOptions, entryPoints, outdir: outDir };
  const optionsHash = hashOptions(root, { options, clockModule, buildScripts: buildScripts() });
  const stampFile = join(outDir, "stamp.json");
  const metaFile = join(outDir, "meta.json");
  const isMade = () =>
    isFresh({ root, stampFile, bundle: metaFile, options: optionsHash }) &&
    names.every((name) => existsSync(join(outDir, name, "index.mjs")));
  const made = (isRebuilt: boolean): FunctionsTogether => ({
    isRebuilt,
    metafile: JSON.parse(readFileSync(metaFile, "utf8")),
  });
  if (isMade()) return made(false);
  return await underLock(`${outDir}.lock`, async () => {
    if (isMade()) return made(false);
    const plugins = [...(options.plugins ?? []), replaceClock(clockModule)];
    rmSync(outDir, { recursive: true, force: true });
    const { metafile } = await build({ ...options, metafile: true, plugins });
    writeFileSync(metaFile, JSON.stringify(metafile));
    writeStamp({ root, stampFile, options: optionsHash, inputs: Object.keys(metafile.inputs) });
    return made(true);
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quiet: { type: "boolean", default: false },
      "out-dir": { type: "string", default: defaultOutDir },
    },
  });
  const startedAt = performance.now();
  const built = await buildFunctions({ outDir: values["out-dir"] });
  if (values.quiet) {
    return;
  }
  for (const { name, file, bytes, isRebuilt } of built) {
    const kilobytes = (bytes / 1000).toFixed(1).padStart(7);
    const note = isRebuilt ? "" : " (unchanged)";
    console.log(`${kilobytes} kB  ${name}  ${relative(root, file)}${note}`);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${built.length} functions in ${seconds} s`);
}

if (import.meta.main) {
  await main();
}
