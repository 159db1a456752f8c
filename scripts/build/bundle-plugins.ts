import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Plugin } from "esbuild";

const systemClock = join(import.meta.dirname, "../../shared/adapters/clock/system-clock.ts");

/** The mail composer's list of file types, 76 kB, is for attachments; no mail of ours has one. */
export const noAttachmentTypes: Plugin = {
  name: "no-attachment-types",
  setup({ onLoad }) {
    onLoad({ filter: /nodemailer[\\/].*mime-types\.js$/ }, () => ({
      contents:
        'export const detectMimeType = () => "application/octet-stream"; export const detectExtension = () => "bin";',
      loader: "js",
    }));
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
        const refuse = '() => { throw new Error("this bundle cannot describe schemas"); }';
        return {
          contents: `const refuse = () => ${refuse};\n${names.map((name) => `export const ${name} = refuse;`).join("\n")}\nexport { refuse as process };`,
          loader: "js",
        };
      },
    );
  },
};

/** Long texts that functions carry as data: the description of the API and the pages' style sheet. */
const longTexts =
  /functions[\\/](staff-api[\\/]openapi\.json|participant-site[\\/]style\.generated\.ts)$/;
const longFrom = 1000;

/**
 * Packs the long texts into the bundle and unpacks them where they are used: in the repository they stay
 * readable, in the bundle they are a fifth. The API's description also loses its line breaks.
 */
export const packedTexts: Plugin = {
  name: "packed-texts",
  setup({ onLoad }) {
    onLoad({ filter: longTexts }, ({ path }) => {
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

function unpacking(text: string): string {
  return `/* @__PURE__ */ unpack("${brotliCompressSync(text).toString("base64")}")`;
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
