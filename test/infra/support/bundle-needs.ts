import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Metafile } from "esbuild";
import type { BuiltFunction } from "../../../scripts/build-functions.ts";
import { root } from "./synthesised.ts";

/** What the code in a bundle does to the outside, read from the bundle and its list of inputs. */
export type BundleNeeds = {
  readonly care: readonly string[];
  readonly identity: readonly string[];
  readonly audit: readonly string[];
  readonly careIndexes: readonly string[];
  readonly runs: readonly string[];
} & BundleFiles;

/** What a bundle is made of. */
export type BundleFiles = {
  /** Files of ours that are in the bundle. */
  readonly files: ReadonlySet<string>;
  /** Files of packages that are in the bundle. */
  readonly packageFiles: ReadonlySet<string>;
};

const reads: Readonly<Record<string, string>> = {
  get: "GetItem",
  getMany: "BatchGetItem",
  query: "Query",
};
const writes: Readonly<Record<string, string>> = {
  put: "PutItem",
  add: "UpdateItem",
  delete: "DeleteItem",
  check: "ConditionCheckItem",
};

/** The calls of a bundle; names of tables are literals in all of our code, and minifying keeps them. */
export function needsOf(built: BuiltFunction): BundleNeeds {
  const bundle = codeOf(dirname(built.file));
  const actions = {
    care: new Set<string>(),
    identity: new Set<string>(),
    audit: new Set<string>(),
  };
  const note = (table: string | undefined, action: string | undefined) => {
    if (action !== undefined && (table === "care" || table === "identity" || table === "audit"))
      actions[table].add(action);
  };
  for (const [, call = "", table] of bundle.matchAll(
    /\.(get|getMany|query)\("(care|identity|audit)"/g,
  ))
    note(table, reads[call]);
  for (const [, kind = "", table] of bundle.matchAll(/\b(put|add|delete|check):\{table:"(\w+)"/g))
    note(table, writes[kind]);
  return {
    care: [...actions.care].sort(),
    identity: [...actions.identity].sort(),
    audit: [...actions.audit].sort(),
    careIndexes: found(bundle, /\.queryIndex\("(\w+)"/g),
    runs: found(bundle, /\.functions\.run\("([\w-]+)"/g),
    ...filesIn(built),
  };
}

/** The bundle with the parts that it loads on demand. */
function codeOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith(".mjs"));
  return files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
}

function found(bundle: string, pattern: RegExp): readonly string[] {
  return [...new Set([...bundle.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();
}

function filesIn(built: BuiltFunction): BundleFiles {
  const meta: Pick<Metafile, "outputs"> = JSON.parse(
    readFileSync(join(dirname(built.file), "meta.json"), "utf8"),
  );
  return keptIn(Object.values(meta.outputs));
}

/**
 * What a function loads where all of them are bundled together: its own file and the parts that it imports, at once or
 * later. A part that nothing imports any more, since the call of it was left out as never run, counts as everybody's.
 */
export function loadedBy(name: string, { outputs }: Pick<Metafile, "outputs">): BundleFiles {
  const importedBy = (path: string) =>
    (outputs[path]?.imports ?? []).filter(({ external }) => external !== true);
  const imported = new Set(
    Object.keys(outputs).flatMap((path) => importedBy(path).map((one) => one.path)),
  );
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const one of importedBy(path)) load(one.path);
  };
  for (const path of Object.keys(outputs))
    if (
      path.endsWith(`/${name}/index.mjs`) ||
      (!path.endsWith("/index.mjs") && !imported.has(path))
    )
      load(path);
  return keptIn([...loaded].flatMap((path) => outputs[path] ?? []));
}

function keptIn(outputs: readonly Metafile["outputs"][string][]): BundleFiles {
  const kept = outputs
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
  return {
    // A plugin of the bundler names what it makes up itself "plugin:thing": that is no file.
    files: new Set(kept.filter((path) => !path.includes("node_modules/") && !path.includes(":"))),
    packageFiles: new Set(kept.filter((path) => path.includes("node_modules/"))),
  };
}

/** A source file's text, for the sentences and routes that stand in it. */
export function source(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
