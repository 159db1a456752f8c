import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, CfnResource, Stack } from "aws-cdk-lib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageConfigSchema } from "../../infra/config/stage-config.ts";
import { stageNamed } from "../../infra/config/stage-named.ts";
import { synthesiseByCommand } from "./support/command-line.ts";
import { runProcess } from "./support/run-process.ts";
import { cdkContext, root, stages } from "./support/synthesised.ts";

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
    const told = ["--account", "111111111111", "--superseded-before", "2026-01-31"];
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

test.each(stages)("the configuration of %s is checked before anything is made", (stage) => {
  const good = stageNamed(stage);
  expect(stageConfigSchema.safeParse(good).success).toBe(true);
  const wrong: readonly (readonly [string, unknown])[] = [
    ["another region", { ...good, region: "eu-central-1" }],
    ["a misspelt key", { ...good, regoin: "us-east-1" }],
    ["an address that is none", { ...good, alarmEmails: { ...good.alarmEmails, care: "care" } }],
    ["too short an archive", { ...good, retention: { ...good.retention, auditArchiveYears: 5 } }],
    ["backups for a week", { ...good, retention: { ...good.retention, backupDays: 7 } }],
    ["no number to text from", { ...good, sms: { ...good.sms, participantNumberIds: [] } }],
    [
      "a certificate of another region",
      { ...good, certificateArn: "arn:aws:acm:eu-west-1:1:certificate/x" },
    ],
  ];
  for (const [what, config] of wrong)
    expect(stageConfigSchema.safeParse(config).success, what).toBe(false);
});
