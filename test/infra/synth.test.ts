import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, CfnResource, Stack } from "aws-cdk-lib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageConfigSchema } from "../../infra/config/stage-config.ts";
import { stageNamed } from "../../infra/config/stage-named.ts";
import { cdkContext, stages } from "./support/synthesised.ts";

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
