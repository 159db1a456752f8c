import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type BuildOptions, build, type Metafile } from "esbuild";
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

/**
 * The one set of bundler options for a function, used for the deployed bundle and for the local run alike.
 * @param name - folder below `functions/`
 * @throws Error when the function has no handler
 */
export function functionBuildOptions(name: string): BuildOptions {
  const entry = entryOf(name);
  if (entry === undefined) {
    throw new Error(`functions/${name} has no ${entryNames.join(" or ")}`);
  }
  return {
    absWorkingDir: root,
    entryPoints: [{ in: entry, out: "index" }],
    outdir: join(root, defaultOutDir, name),
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
}

/** The texts of the scripts that shape a bundle: the bundler's plugins are no part of its options' JSON. */
function buildScripts(): readonly string[] {
  return [import.meta.filename, join(root, "scripts/build/bundle-plugins.ts")].map((file) =>
    readFileSync(file, "utf8"),
  );
}

async function buildFunction(input: {
  name: string;
  outDir: string;
  clockModule: string | undefined;
}): Promise<BuiltFunction> {
  const { name, outDir, clockModule } = input;
  const file = join(outDir, name, "index.mjs");
  const stampFile = join(outDir, ".stamps", `${name}.json`);
  const folder = join(outDir, name);
  const metaFile = join(folder, "meta.json");
  const options: BuildOptions = { ...functionBuildOptions(name), outdir: folder };
  const optionsHash = hashOptions(root, { options, clockModule, buildScripts: buildScripts() });
  const isGood = isFresh({ root, stampFile, bundle: file, options: optionsHash });
  if (!isGood) {
    const plugins = [
      ...(options.plugins ?? []),
      ...(clockModule === undefined ? [] : [replaceClock(clockModule)]),
    ];
    // Parts of an earlier build have other names.
    rmSync(folder, { recursive: true, force: true });
    const { metafile } = await build({ ...options, metafile: true, plugins });
    mkdirSync(folder, { recursive: true });
    writeFileSync(metaFile, JSON.stringify(metafile));
    writeStamp({ root, stampFile, options: optionsHash, inputs: Object.keys(metafile.inputs) });
  }
  const metafile = JSON.parse(readFileSync(metaFile, "utf8"));
  return { name, file, bytes: startBytes(metafile, file), isRebuilt: !isGood };
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
 * it. Functions whose inputs have not changed are left alone.
 * @param input.outDir - relative to the project, or absolute
 * @param input.clockModule - a module to take in the place of the system clock: the local run's movable one
 * @param input.names - only these functions
 * @throws esbuild's BuildFailure when a function cannot be bundled
 */
export async function buildFunctions(
  input: { outDir?: string; clockModule?: string; names?: readonly string[] } = {},
): Promise<readonly BuiltFunction[]> {
  const outDir = resolve(root, input.outDir ?? defaultOutDir);
  const clockModule =
    input.clockModule === undefined ? undefined : resolve(root, input.clockModule);
  const names = input.names ?? functionNames();
  return await Promise.all(names.map((name) => buildFunction({ name, outDir, clockModule })));
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
