import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stageConfigSchema } from "../../infra/config/stage-config.ts";
import { stageNamed } from "../../infra/config/stage-named.ts";
import { publishedFindings } from "../../infra/published/published-findings.ts";
import { publishedType } from "../../infra/published/resource-types.ts";
import { rulesFor } from "../../infra/rules/house-rules.ts";
import { at, isRecord, type Resource, resourcesOf, text } from "../../infra/rules/template.ts";
import { throughcareApp, throughcareStacks } from "../../infra/throughcare-app.ts";
import { synthesiseByCommand } from "./support/command-line.ts";
import {
  cdkContext,
  readTemplates,
  stackNames,
  stages,
  stubBundles,
  synthesised,
  type Templates,
  whereIs,
} from "./support/synthesised.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "throughcare-deployable-"));
  for (const stage of stages) synthesised(stage);
}, 900_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("cdk synth", () => {
  test("without a stage explains itself and makes nothing", async () => {
    const { code, output } = await synthesiseByCommand([], join(folder, "no-stage"));
    expect(code).not.toBe(0);
    expect(output).toContain(
      "Say which stage is meant: dev or production (`-c stage=dev` with cdk",
    );
    expect(existsSync(join(folder, "no-stage", "manifest.json"))).toBe(false);
  }, 900_000);

  test("refuses credentials of another account than the stage's file names, before it builds", async () => {
    const { code, output } = await synthesiseByCommand(
      ["-c", "stage=production"],
      join(folder, "other-account"),
      { CDK_DEFAULT_ACCOUNT: stageNamed("dev").account },
    );
    expect(code).not.toBe(0);
    expect(output).toContain(
      "The stage production is in the account 222222222222 (infra/config/production.ts), but you are signed in to 111111111111. Nothing was built.",
    );
    expect(existsSync(join(folder, "other-account", "manifest.json"))).toBe(false);
  }, 900_000);

  test("refuses a stage whose file names another account than its certificate", () => {
    expect(() =>
      stageConfigSchema.parse({ ...stageNamed("dev"), account: "333333333333" }),
    ).toThrow("is 333333333333, but the certificate is of the account 111111111111");
  });
});

test("the stacks of a stage carry its name and go into its account", () => {
  const named = stages.flatMap((stage) => {
    const manifest: unknown = JSON.parse(
      readFileSync(join(whereIs(stage), "manifest.json"), "utf8"),
    );
    return stackNames.map((stack) => {
      const artifact = at(manifest, "artifacts", stack);
      expect(at(artifact, "environment")).toBe(`aws://${stageNamed(stage).account}/us-east-1`);
      return at(artifact, "properties", "stackName");
    });
  });
  expect(named).toContain("throughcare-dev-data");
  expect(named).toContain("throughcare-production-data");
  expect(new Set(named).size).toBe(2 * stackNames.length);
});

/** What a type of resource is called by, where its name can be chosen. */
function givenName({ Type, Properties }: Resource): unknown {
  const { primaryIdentifier = [], cfnRefIdentifier = [] } = publishedType(Type) ?? {};
  const names = [...primaryIdentifier, ...cfnRefIdentifier, `${Type.split("::")[2]}Name`, "Name"];
  return names.map((name) => at(Properties, name)).find((name) => typeof name === "string");
}

describe.each(stages)("a first deployment to %s", (stage) => {
  let templates: Templates;
  beforeAll(() => {
    const outdir = join(folder, stage);
    // The rule packs look once: what they look at is the same in both stages.
    const make = stage === "dev" ? throughcareApp : throughcareStacks;
    make(stageNamed(stage), {
      bundles: stubBundles(),
      outdir,
      context: cdkContext(),
      isFirstDeployment: true,
    }).synth();
    templates = readTemplates(outdir);
  }, 900_000);

  test("leaves nothing with a name of its own behind when it fails", () => {
    for (const made of [templates, synthesised(stage)])
      for (const stack of stackNames)
        for (const [logicalId, resource] of Object.entries(made[stack].Resources)) {
          const isKept = resource.DeletionPolicy === "Retain";
          expect(isKept, `${logicalId} ${String(givenName(resource))}`).toBe(false);
        }
    const named = stackNames.flatMap((stack) =>
      Object.values(templates[stack].Resources).filter(
        (resource) =>
          resource.DeletionPolicy === "RetainExceptOnCreate" && givenName(resource) !== undefined,
      ),
    );
    expect(named.length).toBeGreaterThan(10);
  });

  test("protects nothing from being cleared away; the next one does", () => {
    const locks = (made: Templates) =>
      stackNames.flatMap((stack) =>
        Object.values(made[stack].Resources).flatMap(({ Properties }) =>
          [
            at(Properties, "DeletionProtectionEnabled") === true,
            at(Properties, "DeletionProtection") === "ACTIVE",
            at(Properties, "LockConfiguration") !== undefined,
            isRecord(at(Properties, "ObjectLockConfiguration", "Rule")),
          ].filter(Boolean),
        ),
      ).length;
    expect(locks(templates)).toBe(0);
    expect(locks(synthesised(stage))).toBeGreaterThanOrEqual(10);
  });

  test("becomes the next one without a resource that is made anew", () => {
    const replaced = stackNames.flatMap((stack) =>
      Object.entries(synthesised(stage)[stack].Resources).flatMap(([logicalId, now]) => {
        const before = templates[stack].Resources[logicalId];
        expect(before?.Type, logicalId).toBe(now.Type);
        const properties = publishedType(now.Type)?.properties ?? {};
        return Object.keys(properties)
          .filter((name) => text(at(before?.Properties, name)) !== text(at(now.Properties, name)))
          .filter((name) => properties[name]?.causesReplacement === "yes")
          .map((name) => `${logicalId}.${name}`);
      }),
    );
    expect(replaced).toEqual([]);
  });

  test("keeps every other rule, and to what AWS publishes", async () => {
    const found = stackNames.flatMap((stack) =>
      rulesFor({ isFirstDeployment: true }).flatMap(({ find }) => find(templates[stack])),
    );
    expect(found).toEqual([]);
    expect(await publishedFindings(templates, stageNamed(stage))).toEqual([]);
  });
});

describe("a stage for trials without numbers, whose origin secret is being changed", () => {
  let templates: Templates;
  beforeAll(() => {
    const { sites, ...others } = stageNamed("dev");
    const config = stageConfigSchema.parse({
      ...others,
      sites: sites.map(({ siteId, mailDomain }) => ({ siteId, mailDomain })),
      originSecretVersions: ["2", "1"],
    });
    const outdir = join(folder, "changed");
    throughcareStacks(config, { bundles: stubBundles(), outdir, context: cdkContext() }).synth();
    templates = readTemplates(outdir);
  }, 900_000);

  test("has no pool and no right to a number; mail leaves as ever", () => {
    expect(resourcesOf(templates.messaging, "AWS::SMSVOICE::Pool")).toEqual([]);
    expect(resourcesOf(templates.messaging, "AWS::SES::EmailIdentity").length).toBe(2);
    expect(text(templates.workflow)).not.toContain("phone-number/");
  });

  test("shows the new secret, while the API takes both", () => {
    const secret = (name: string) => `{{resolve:secretsmanager:throughcare/${name}:SecretString}}`;
    expect(text(resourcesOf(templates.data, "AWS::SecretsManager::Secret"))).toContain(
      '"throughcare/origin-secret-2"',
    );
    const shown = text(resourcesOf(templates.web, "AWS::CloudFront::Distribution"));
    expect(shown).toContain(secret("origin-secret-2"));
    expect(shown).not.toContain(secret("origin-secret"));
    expect(text(resourcesOf(templates.web, "AWS::Lambda::Function"))).toContain(
      `"2:${secret("origin-secret-2")} 1:${secret("origin-secret")}"`,
    );
  });

  test("keeps every rule, and to what AWS publishes", async () => {
    const found = stackNames.flatMap((stack) =>
      rulesFor({ isFirstDeployment: false }).flatMap(({ find }) => find(templates[stack])),
    );
    expect(found).toEqual([]);
    expect(await publishedFindings(templates, stageNamed("dev"))).toEqual([]);
  });
});

test("each number is a pool of its own, and each site's own numbers and domain may be used", () => {
  for (const stage of stages) {
    const pools = resourcesOf(synthesised(stage).messaging, "AWS::SMSVOICE::Pool");
    const policies = text(resourcesOf(synthesised(stage).workflow, "AWS::IAM::ManagedPolicy"));
    for (const [, { Properties }] of pools)
      expect(text(at(Properties, "OriginationIdentities")).match(/phone-number/g)?.length).toBe(1);
    for (const { mailDomain, numbers } of stageNamed(stage).sites) {
      if (numbers === undefined) throw new Error(`A site of ${stage} has no numbers`);
      for (const { phoneNumberId } of [numbers.participants, numbers.staffPages]) {
        const own = pools.filter(([, { Properties }]) =>
          text(Properties).includes(`:phone-number/${phoneNumberId}"`),
        );
        expect(own.length, phoneNumberId).toBe(1);
        expect(policies, phoneNumberId).toContain(`:phone-number/${phoneNumberId}"`);
      }
      expect(policies, mailDomain).toContain(`:identity/${mailDomain}"`);
    }
  }
});
