import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { functionNames } from "../../infra/functions/catalogue.ts";
import {
  definitionOf,
  machinePlaceholders,
  placeholdersIn,
  workflows,
} from "../../infra/functions/workflows.ts";
import { type UsedOtherwise, usedOtherwise } from "../infra/reviewed/grants-used-otherwise.ts";
import { layOutBundles } from "../infra/support/deployed-bundles.ts";
import {
  type Asked,
  allows,
  askedBy,
  type Grant,
  grantsIn,
  readCalls,
} from "../infra/support/grants.ts";
import { playOtherCare } from "../infra/support/other-care.ts";
import { asInStage } from "../infra/support/stand-ins.ts";
import { deployedAssembly, readTemplates } from "../infra/support/synthesised.ts";
import { LocalServer } from "./support/local-server.ts";
import { testMainJob } from "./support/main-job.ts";
import { mainJobStart } from "./support/main-job-pathways.ts";

describe("the main job, on the bundles that the template deploys", () => {
  const folder = mkdtempSync(join(tmpdir(), "throughcare-deployed-"));
  const server = new LocalServer({ startAt: mainJobStart });
  let grants: readonly Grant[] = [];

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const { riverside, inPhoenix } = testMainJob(server, async () => {
    const assembly = await deployedAssembly();
    const templates = readTemplates(assembly);
    grants = grantsIn(templates);
    const bundles = join(folder, "bundles");
    layOutBundles(templates, assembly, bundles);
    await server.start({ THROUGHCARE_LOCAL_BUNDLES: bundles });
  });

  describe("and what every role may do", () => {
    let asked: readonly Asked[] = [];

    beforeAll(async () => {
      await playOtherCare(riverside, inPhoenix.client);
      const calls = readFileSync(join(server.dataFolder, "aws-calls.txt"), "utf8");
      asked = (await Promise.all(readCalls(calls).map(asInStage).map(askedBy))).flat();
    }, 900_000);

    test("each call that a function made is covered by its role", () => {
      const refused = asked.filter((one) => !grants.some((grant) => allows(grant, one)));
      expect(refused).toEqual([]);
    });

    test("texts and calls are among what was asked", () => {
      const actions = new Set(asked.map(({ action }) => action));
      expect([...actions].filter((action) => action.startsWith("sms-voice:Send")).sort()).toEqual([
        "sms-voice:SendTextMessage",
        "sms-voice:SendVoiceMessage",
      ]);
    });

    test("each grant was used, or it is known where it is used", () => {
      const unused = grants.filter((grant) => !isUsed(grant, grants, asked));
      const known = (grant: Grant) => usedOtherwise.filter((entry) => isAbout(entry, grant));
      expect(unused.filter((grant) => known(grant).length === 0)).toEqual([]);
      const needless = usedOtherwise.filter((entry) => !unused.some((one) => isAbout(entry, one)));
      expect(needless).toEqual([]);
    });

    test("each machine may call the functions that its definition names, and no others", () => {
      for (const workflow of workflows) {
        const role = `Workflow${workflow.replaceAll("-", "")}Policy`;
        const named = placeholdersIn(definitionOf(workflow)).flatMap((placeholder) => {
          const arn = `arn:aws:lambda:us-east-1:000000000000:function:throughcare-${machinePlaceholders[placeholder]}`;
          return [arn, `${arn}:*`];
        });
        const granted = grants.filter(
          (grant) => grant.role === role && grant.sid === "CallFunctionVersions",
        );
        expect(granted.map(({ resource }) => resource).sort(), workflow).toEqual(named.sort());
      }
    });
  });
});

function isAbout(entry: UsedOtherwise, grant: Grant): boolean {
  const { role, sid, actions, resources } = entry;
  const isOurs = functionNames.some((name) => name === grant.role);
  return (
    (role === grant.role || (role === "*" && isOurs)) &&
    sid === grant.sid &&
    (actions?.includes(grant.action) ?? true) &&
    (resources?.some((end) => grant.resource.endsWith(end)) ?? true)
  );
}

/** Used by its role, on this resource or another of the same statement that some other role used. */
function isUsed(grant: Grant, grants: readonly Grant[], asked: readonly Asked[]): boolean {
  const isCalled = (one: Grant) => asked.some((call) => allows(one, call));
  const sameStatement = (one: Grant) =>
    one.role === grant.role && one.sid === grant.sid && one.action === grant.action;
  const sameThing = (one: Grant) => one.action === grant.action && one.resource === grant.resource;
  return (
    grants.some((one) => sameStatement(one) && isCalled(one)) &&
    grants.some((one) => sameThing(one) && isCalled(one))
  );
}
