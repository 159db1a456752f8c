import { beforeAll, describe, expect, test } from "vitest";
import { type FunctionName, functionNames } from "../../infra/functions/catalogue.ts";
import { buildFunctions, buildFunctionsTogether } from "../../scripts/build-functions.ts";
import { type BundleFiles, loadedBy, needsOf } from "./support/bundle-needs.ts";

const inDeployment = new Map<string, BundleFiles>();
const inLocalRun = new Map<string, BundleFiles>();
beforeAll(async () => {
  for (const built of await buildFunctions()) inDeployment.set(built.name, needsOf(built));
  // As `startLocal` builds them.
  const { metafile } = await buildFunctionsTogether({
    outDir: "dist/infra-test/local-run",
    clockModule: "local/clock/host-clock.ts",
  });
  for (const name of functionNames) inLocalRun.set(name, loadedBy(name, metafile));
}, 900_000);

function filesIn(bundles: ReadonlyMap<string, BundleFiles>, name: FunctionName): BundleFiles {
  const found = bundles.get(name);
  if (found === undefined) throw new Error(`functions/${name} has no bundle`);
  return found;
}

describe("the code that the local run runs", () => {
  const withoutClock = (files: Iterable<string>) =>
    new Set([...files].filter((path) => !/^local\/clock\/|\/system-clock\.ts$/.test(path)));
  const deployedOf = (name: FunctionName) => filesIn(inDeployment, name);
  const localOf = (name: FunctionName) => filesIn(inLocalRun, name);

  // It loads what functions share once: a file of it may hold more than one of them alone would need.
  test.each(functionNames)("holds all that is deployed as %s, but for the clock", (name) => {
    const deployed = deployedOf(name);
    const local = localOf(name);
    expect([...withoutClock(deployed.files).difference(local.files)]).toEqual([]);
    expect([...deployed.packageFiles.difference(local.packageFiles)]).toEqual([]);
  });

  test("holds nothing that is not deployed, but for the clock", () => {
    const all = (of: (name: FunctionName) => ReadonlySet<string>) =>
      [...new Set(functionNames.flatMap((name) => [...withoutClock(of(name))]))].sort();
    expect(all((name) => localOf(name).files)).toEqual(all((name) => deployedOf(name).files));
    expect(all((name) => localOf(name).packageFiles)).toEqual(
      all((name) => deployedOf(name).packageFiles),
    );
  });
});
