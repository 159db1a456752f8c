import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Plugin } from "esbuild";

const systemClock = join(import.meta.dirname, "../../shared/aws/clock/system-clock.ts");

const root = join(import.meta.dirname, "../..");

const refusing = (what: string) => `() => { throw new Error("this bundle cannot ${what}"); }`;

/** What packages bring along for others than us, and what stands in its place. */
const neverRun: readonly { readonly filter: RegExp; readonly contents: string }[] = [
  // The mail composer's list of file types, 76 kB, is for attachments; no mail of ours has one.
  {
    filter: /nodemailer[\\/].*mime-types\.js$/,
    contents:
      'export const detectMimeType = () => "application/octet-stream"; export const detectExtension = () => "bin";',
  },
  // It could also fetch parts of a mail from addresses, which ours forbids.
  {
    filter: /nodemailer[\\/].*[\\/]fetch[\\/]index\.js$/,
    contents: `export default ${refusing("fetch parts of a mail")};`,
  },
];

/** Cuts out what no function ever runs. */
export const withoutNeverRun: Plugin = {
  name: "without-never-run",
  setup({ onLoad }) {
    for (const { filter, contents } of neverRun)
      onLoad({ filter }, () => ({ contents, loader: "js" }));
  },
};

/**
 * No function describes its schemas as JSON Schema, which every schema of zod could: 18 kB. The description of the API
 * is written ahead, by a script.
 */
export const noJsonSchema: Plugin = {
  name: "no-json-schema",
  setup({ onLoad }) {
    onLoad(
      { filter: /zod[\\/]v4[\\/]core[\\/](to-json-schema|json-schema-processors)\.js$/ },
      ({ path }) => {
        const text = readFileSync(path, "utf8");
        const names = [...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(
          (match) => match[1],
        );
        return {
          contents: `const refuse = () => ${refusing("describe schemas")};\n${names.map((name) => `export const ${name} = refuse;`).join("\n")}\nexport { refuse as process };`,
          loader: "js",
        };
      },
    );
  },
};

/**
 * Lambda always puts the credentials of the function's role into the environment, and AWS's provider for those is the one
 * that is carried. The chain that would look in profiles, containers, web identities and sign-on caches is never asked.
 */
export const environmentCredentials: Plugin = {
  name: "environment-credentials",
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/ }, () => ({
      contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
      loader: "js",
      resolveDir: root,
    }));
  },
};

/**
 * Powertools' schemas take zod as one object, which holds everything that zod can, its 50 languages too: 350 kB. Taken by
 * its parts, only those are carried that are used.
 */
export const zodByParts: Plugin = {
  name: "zod-by-parts",
  setup({ onLoad }) {
    onLoad({ filter: /@aws-lambda-powertools[\\/]parser[\\/].*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        /^import \{ z \} from ['"]zod['"];$/m,
        'import * as z from "zod";',
      ),
      loader: "js",
    }));
  },
};

const builtIn = new Set(builtinModules);

/**
 * Takes Node's own modules as they are, not through an `import`: that reads every export of a module once, and
 * reading those of `node:http` loads all of `fetch`, WebSocket and HTTP/2, a third of a function's start.
 */
export const plainBuiltIns: Plugin = {
  name: "plain-built-ins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z:/_0-9]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, "");
      if (kind === "dynamic-import" || !builtIn.has(name)) return undefined;
      return { path: name, namespace: "built-in", sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: "built-in" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule("node:${path}");`,
      loader: "js",
    }));
  },
};

/**
 * Long texts that functions carry as data: the description of the API, the pages' style sheet, and the plans of
 * the world's phone numbers, which are a module that holds one JSON file.
 */
const longTexts =
  /functions[\\/](staff-api[\\/]openapi\.json|(participant|staff)-site[\\/]style\.generated\.ts)$|libphonenumber-js[\\/]metadata\.min\.json\.js$/;
const longFrom = 1000;

/**
 * Packs the long texts into the bundle and unpacks them where they are used: in the repository they stay
 * readable, in the bundle they are a fifth. The API's description also loses its line breaks.
 */
export const packedTexts: Plugin = {
  name: "packed-texts",
  setup({ onLoad }) {
    onLoad({ filter: longTexts }, (asked) => {
      const path = asked.path.replace(/\.json\.js$/, ".json");
      const text = readFileSync(path, "utf8");
      const exported = path.endsWith(".json")
        ? [`export default JSON.parse(${unpacking(JSON.stringify(JSON.parse(text)))});`]
        : [...text.matchAll(/^export const (\w+) = (".*");$/gm)].map(
            ([, name, literal]) =>
              `export const ${name} = ${literal === undefined || literal.length < longFrom ? literal : unpacking(JSON.parse(literal))};`,
          );
      return {
        contents: [
          'import { brotliDecompressSync } from "node:zlib";',
          'const unpack = (packed) => brotliDecompressSync(Buffer.from(packed, "base64")).toString("utf8");',
          ...exported,
        ].join("\n"),
        loader: "js",
      };
    });
  },
};

/** The packed texts of this process: most functions carry the same ones, and packing the longest takes a second. */
const packed = new Map<string, string>();

function unpacking(text: string): string {
  const base64 = packed.get(text) ?? brotliCompressSync(text).toString("base64");
  packed.set(text, base64);
  return `/* @__PURE__ */ unpack("${base64}")`;
}

/**
 * Puts another module in the place of the system clock, wherever it is imported from.
 * @param clockModule - absolute path
 */
export function replaceClock(clockModule: string): Plugin {
  return {
    name: "replace-clock",
    setup({ onResolve }) {
      onResolve({ filter: /(^|\/)system-clock\.ts$/ }, ({ path, resolveDir }) =>
        resolve(resolveDir, path) === systemClock ? { path: clockModule } : undefined,
      );
    },
  };
}
