import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { buildFunctions } from "../../scripts/build-functions.ts";
import type { Figure } from "./measure.ts";

const rounds = 15;

/** Bytes of a bundle and of every part that is loaded with it. */
export const maxBundleBytes = 800_000;

/** What a function reads as soon as it is loaded. */
const environment = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "x",
  AWS_SECRET_ACCESS_KEY: "x",
  CARE_TABLE: "care",
  IDENTITY_TABLE: "identity",
  AUDIT_TABLE: "audit",
  LINK_SECRET: "a secret of thirty-two characters",
  CONTACT_SECRET: "a contact secret of thirty-two characters",
  PUBLIC_ORIGIN: "https://care.example.org",
  TOKEN_ISSUER: "https://sign-in.example.org",
  TOKEN_CLIENT_ID: "console",
};

/** Milliseconds of a whole Node process that imports a file (or nothing) and ends. */
function startMilliseconds(file: string | undefined): number {
  const code =
    file === undefined ? "" : `await import(${JSON.stringify(pathToFileURL(file).href)})`;
  const startedAt = performance.now();
  const result = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    env: { ...process.env, ...environment },
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`The bundle does not start: ${result.stderr}`);
  return performance.now() - startedAt;
}

/**
 * Size of every bundle, and its start against a bare Node: the fastest of each, measured in turn. Whatever else the
 * machine does can only add.
 */
export async function bundleFigures(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const bundle of await buildFunctions({})) {
    figures.push({
      name: `bundle ${bundle.name}`,
      value: bundle.bytes / 1000,
      unit: "kB minified",
      target: maxBundleBytes / 1000,
      better: "less",
    });
    let fastest = Number.POSITIVE_INFINITY;
    let fastestBare = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round += 1) {
      fastest = Math.min(fastest, startMilliseconds(bundle.file));
      fastestBare = Math.min(fastestBare, startMilliseconds(undefined));
    }
    figures.push({
      name: `start ${bundle.name}`,
      value: fastest / fastestBare,
      unit: "× bare Node 24",
      target: 3.7,
      better: "less",
    });
  }
  return figures;
}
