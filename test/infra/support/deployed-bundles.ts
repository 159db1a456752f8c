import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { functionNames } from "../../../infra/functions/catalogue.ts";
import { environmentIn, functionIn } from "./functions-in.ts";
import type { Templates } from "./synthesised.ts";

/** The account of the local run, in every ARN. */
const account = "000000000000";

/** The folder that a function's code is uploaded from. */
export function assetOf(templates: Templates, assembly: string, name: string): string {
  const code = functionIn(templates, name).Code;
  const key = /"S3Key":"([0-9a-f]+)\.zip"/.exec(JSON.stringify(code))?.[1];
  return join(assembly, `asset.${key}`);
}

/**
 * Lays out what a stage deploys as the local run takes it (`THROUGHCARE_LOCAL_BUNDLES`): for each function
 * its asset, untouched, and beside it what its template sets.
 */
export function layOutBundles(templates: Templates, assembly: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of functionNames) {
    symlinkSync(assetOf(templates, assembly, name), join(folder, name));
    const settings = {
      timeoutSeconds: functionIn(templates, name).Timeout,
      environment: environmentIn(templates, name, account),
    };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(settings));
  }
}
