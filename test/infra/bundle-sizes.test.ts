import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Metafile } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { style } from "../../functions/participant-site/style.generated.ts";
import {
  type BuiltFunction,
  buildFunctions,
  functionNames,
} from "../../scripts/build-functions.ts";
import { maxBundleBytes } from "../bench/bundles.ts";

let built: readonly BuiltFunction[];
beforeAll(async () => {
  built = await buildFunctions();
}, 900_000);

function bundle(name: string): BuiltFunction {
  const found = built.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} was not built`);
  return found;
}

function metafileOf(name: string): Metafile {
  return JSON.parse(readFileSync(join(dirname(bundle(name).file), "meta.json"), "utf8"));
}

/** The files of which something is in the bundle or in a part of it, with what they add in bytes. */
function contentsOf(name: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const output of Object.values(metafileOf(name).outputs))
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs))
      if (bytesInOutput > 0) found.set(path, bytesInOutput);
  return found;
}

const clients: Readonly<Record<string, readonly string[]>> = {
  "archive-audit": ["dynamodb", "s3"],
  "carry-out-effects": ["dynamodb", "lambda", "sfn"],
  "page-on-call": ["dynamodb", "pinpoint-sms-voice-v2"],
  "receive-email": ["dynamodb", "pinpoint-sms-voice-v2"],
  "receive-sms": ["dynamodb", "pinpoint-sms-voice-v2"],
  "send-message": ["dynamodb", "pinpoint-sms-voice-v2", "ses"],
  "sweep-stalled-work": ["dynamodb", "lambda", "sfn"],
};

/** A client of SES in the pages' bundle would be a way to send mail past the gate. */
function clientsOf(name: string): readonly string[] {
  return clients[name] ?? ["dynamodb"];
}

describe.each(functionNames())("the bundle of %s", (name) => {
  it("is small enough to start fast", () => {
    expect(bundle(name).bytes).toBeGreaterThan(10_000);
    expect(bundle(name).bytes).toBeLessThanOrEqual(maxBundleBytes);
  });

  it("speaks no language of zod's but English, in which its errors are written", () => {
    const languages = [...contentsOf(name).keys()].filter((path) =>
      path.includes("zod/v4/locales/"),
    );
    expect(languages.filter((path) => !path.endsWith("/en.js"))).toEqual([]);
  });

  it("finds its credentials in the environment and carries no other way to find them", () => {
    const providers = [...contentsOf(name).keys()].flatMap(
      (path) =>
        /@aws-sdk\/(credential-provider-[\w-]+|token-providers|nested-clients)\//.exec(path)?.[1] ??
        [],
    );
    expect([...new Set(providers)]).toEqual(["credential-provider-env"]);
  });

  it("carries the clients of the services that it calls and no others", () => {
    const clients = [...contentsOf(name).keys()].flatMap(
      (path) => /@aws-sdk\/client-([\w-]+)\//.exec(path)?.[1] ?? [],
    );
    expect([...new Set(clients)].sort()).toEqual(clientsOf(name));
  });

  it("carries the rules of the acts only where acts are carried out, or foreseen for who decides", () => {
    const plansSteps = contentsOf(name).has("workflows/intake/acts.ts");
    expect(plansSteps).toBe(name === "advance-care" || name === "staff-site");
  });

  it("takes Node's modules without the facade that loads fetch", () => {
    const imported = Object.values(metafileOf(name).outputs).flatMap((output) =>
      output.imports
        .filter(({ external, kind }) => external === true && kind === "import-statement")
        .map(({ path }) => path),
    );
    expect(imported).toEqual([]);
  });
});

it("plans no calendar where nothing is planned", () => {
  const without = functionNames().filter((name) =>
    [...contentsOf(name).keys()].every((path) => !path.includes("temporal-polyfill")),
  );
  expect(without).toEqual(["archive-audit", "hold-care"]);
});

/** What a packed text becomes again, read from a part of its own. */
async function unpacked(name: string, text: string): Promise<unknown> {
  const { outputs } = metafileOf(name);
  const [part] = Object.entries(outputs).find(([, { inputs }]) => text in inputs) ?? [];
  return part === undefined ? undefined : await import(pathToFileURL(part).href);
}

it("carries the API's description packed and gives it back whole", async () => {
  const written = JSON.parse(readFileSync("functions/staff-api/openapi.json", "utf8"));
  expect(contentsOf("staff-api").get("functions/staff-api/openapi.json")).toBeLessThan(22_000);
  expect(await unpacked("staff-api", "functions/staff-api/openapi.json")).toMatchObject({
    default: written,
  });
});

it("carries the style sheet packed", () => {
  const path = "functions/participant-site/style.generated.ts";
  expect(style.length).toBeGreaterThan(20_000);
  expect(contentsOf("participant-site").get(path)).toBeLessThan(style.length / 4);
});
