import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

/** Lets this process import the pages' `.tsx` files, which Node does not read by itself. */
export function readTsx(): void {
  registerHooks({
    load: (url, context, next) => {
      if (!url.endsWith(".tsx")) return next(url, context);
      const { code } = transformSync(readFileSync(fileURLToPath(url), "utf8"), {
        loader: "tsx",
        jsx: "automatic",
        jsxImportSource: "hono/jsx",
        target: "node24",
      });
      return { format: "module", source: code, shortCircuit: true };
    },
  });
}
