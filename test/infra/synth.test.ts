import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, CfnResource, Stack } from "aws-cdk-lib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageConfigSchema } from "../../infra/config/stage-config.ts";
import { stageNamed } from "../../infra/config/stage-named.ts";
import { houseRules } from "../../infra/rules/house-rules.ts";
import { throughcareApp, throughcareStacks } from "../../infra/throughcare-app.ts";
import { synthesiseByCommand } from "./support/command-line.ts";
import { runProcess } from "./support/run-process.ts";
import {
  cdkContext,
  readTemplates,
  root,
  stackNames,
  stages,
  stubBundles,
} from "./support/synthesised.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "throughcare-synth-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("synthesis refuses a circular template, which CloudFormation would refuse only when it deploys", () => {
  const app = new App({
    analyticsReporting: false,
    outdir: join(folder, "circular"),
    context: cdkContext(),
  });
  const stack = new Stack(app, "circular");
  new CfnResource(stack, "Machine", {
    type: "AWS::SNS::Topic",
    properties: { DisplayName: { "Fn::GetAtt": ["Function", "TopicName"] } },
  });
  new CfnResource(stack, "Function", {
    type: "AWS::SNS::Topic",
    properties: { DisplayName: { "Fn::GetAtt": ["Machine", "TopicName"] } },
  });
  expect(() => app.synth()).toThrow(/[Vv]alidation/);
});

test("synthesis without a stage says which there are, and makes nothing", async () => {
  const outdir = join(folder, "no-stage");
  const { code, output } = await synthesiseByCommand(undefined, outdir);
  expect(code).not.toBe(0);
  expect(output).toContain("Say which stage is meant: dev or production (`-c stage=dev` with cdk");
  expect(existsSync(join(outdir, "manifest.json"))).toBe(false);
}, 60_000);

test.each(["set-spend-limits", "prune-versions"])(
  "%s changes nothing in an account without being told the stage",
  async (command) => {
    const told = ["--superseded-before", "2026-01-31"];
    const { code, output } = await runProcess(
      process.execPath,
      [join(root, `infra/bin/${command}.ts`), ...(command === "prune-versions" ? told : [])],
      { cwd: root, env: {} },
    );
    expect(code).not.toBe(0);
    expect(output).toContain("Say which stage is meant: dev or production");
  },
  60_000,
);

test("synthesis with another account's credentials is refused before anything is built", async () => {
  const outdir = join(folder, "wrong-account");
  const { code, output } = await runProcess(
    process.execPath,
    [join(root, "infra/bin/throughcare.ts")],
    {
      cwd: root,
      env: {
        CDK_CONTEXT_JSON: JSON.stringify({ ...cdkContext(), stage: "dev" }),
        CDK_DEFAULT_ACCOUNT: "999999999999",
        CDK_OUTDIR: outdir,
      },
    },
  );
  expect(code).not.toBe(0);
  expect(output).toContain(
    "The stage dev is in the account 111111111111 (infra/config/dev.ts), but you are signed in to 999999999999. Nothing was built.",
  );
  expect(existsSync(outdir)).toBe(false);
}, 60_000);

test("both stages are stacks of their own names, in the accounts of their files", () => {
  const artifacts = stages.flatMap((stage) => {
    const app = throughcareStacks(stageNamed(stage), {
      bundles: stubBundles(),
      outdir: join(folder, `names-${stage}`),
      context: cdkContext(),
    });
    return app.node.children.flatMap((child) =>
      child instanceof Stack ? [`${child.account} ${child.region} ${child.stackName}`] : [],
    );
  });
  expect(new Set(artifacts).size).toBe(stackNames.length * stages.length);
  for (const stage of stages)
    for (const stack of stackNames)
      expect(artifacts).toContain(
        `${stageNamed(stage).account} us-east-1 throughcare-${stage}-${stack}`,
      );
}, 60_000);

test("a first deployment protects nothing from being deleted, and breaks no other rule", () => {
  const assembly = throughcareApp(stageNamed("production"), {
    bundles: stubBundles(),
    outdir: join(folder, "first"),
    context: { ...cdkContext(), first: "true" },
  }).synth();
  const templates = Object.values(readTemplates(assembly.directory));
  const rule = houseRules.find(({ id }) => id === "deletion-protected");
  const unprotected = templates.flatMap((template) => rule?.find(template, templates) ?? []);
  expect(unprotected.length).toBe(7);
  const text = JSON.stringify(templates);
  expect(text).not.toContain('"DeletionPolicy":"Retain"');
  expect(assembly.stacks.filter(({ terminationProtection }) => terminationProtection)).toEqual([]);
}, 120_000);

test("what is tried out is never locked for good, and production never for less than the law asks", () => {
  const dev = stageNamed("dev");
  const production = stageNamed("production");
  const wrong = [
    { ...dev, retention: { ...dev.retention, lock: "compliance" } },
    { ...dev, retention: { ...dev.retention, auditArchiveDays: 2196 } },
    { ...production, retention: { ...production.retention, lock: "governance" } },
    { ...production, retention: { ...production.retention, auditArchiveDays: 365 } },
    { ...production, retention: { ...production.retention, backupDays: 7 } },
  ];
  for (const config of wrong) expect(stageConfigSchema.safeParse(config).success).toBe(false);
});

test.each(stages)("the configuration of %s is checked before anything is made", (stage) => {
  const good = stageNamed(stage);
  expect(stageConfigSchema.safeParse(good).success).toBe(true);
  const wrong: readonly (readonly [string, unknown])[] = [
    ["another region", { ...good, region: "eu-central-1" }],
    ["a misspelt key", { ...good, regoin: "us-east-1" }],
    ["an address that is none", { ...good, alarmEmails: { ...good.alarmEmails, care: "care" } }],
    ["the account of another certificate", { ...good, account: "333333333333" }],
    ["an account that is none", { ...good, account: "12345" }],
    ["no number to text from", { ...good, sms: { ...good.sms, participantNumberIds: [] } }],
    [
      "a certificate of another region",
      { ...good, certificateArn: "arn:aws:acm:eu-west-1:1:certificate/x" },
    ],
  ];
  for (const [what, config] of wrong)
    expect(stageConfigSchema.safeParse(config).success, what).toBe(false);
});
