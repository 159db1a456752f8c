import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, CfnResource, Stack } from "aws-cdk-lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chosenStage } from "../../infra/config/chosen-stage.ts";
import { stageConfigSchema } from "../../infra/config/stage-config.ts";
import { refuseSharedAccount, stageNamed } from "../../infra/config/stage-named.ts";
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

test.each(["set-spend-limits", "prune-versions", "ring-alarms"])(
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

test.each(stages)("the configuration of %s is checked before anything is made", (stage) => {
  const good = stageNamed(stage);
  expect(stageConfigSchema.safeParse(good).success).toBe(true);
  const [site] = good.sites;
  if (site?.numbers === undefined) throw new Error("The first site has no numbers");
  const { participants, staffPages } = site.numbers;
  const withNumbers = (numbers: unknown) => ({ ...good, sites: [{ ...site, numbers }] });
  const wrong: readonly (readonly [string, unknown, string])[] = [
    ["another region", { ...good, region: "eu-central-1" }, "us-east-1"],
    ["a misspelt key", { ...good, regoin: "us-east-1" }, "regoin"],
    [
      "an address that is none",
      { ...good, alarmEmails: { ...good.alarmEmails, care: "care" } },
      "",
    ],
    ["no site", { ...good, sites: [] }, ""],
    ["an account that is none", { ...good, account: "mine" }, "twelve digits"],
    [
      "the account of somebody else's certificate",
      { ...good, account: "333333333333" },
      "is of the",
    ],
    [
      "a certificate of another region",
      { ...good, certificateArn: "arn:aws:acm:eu-west-1:1:certificate/x" },
      "",
    ],
    [
      "a toll-free number",
      withNumbers({ participants: { ...participants, number: "+18885550111" }, staffPages }),
      "toll-free",
    ],
    [
      "pages from the participants' number",
      withNumbers({ participants, staffPages: participants }),
      "hold a page back",
    ],
    [
      "two sites on one participants' number",
      { ...good, sites: [site, { ...site, siteId: "other" }] },
      "could not be told apart",
    ],
    [
      "a canary at a site that sends",
      { ...good, canary: { ...good.canary, siteId: site.siteId } },
      "one of its own",
    ],
    [
      "backups that go before their lock ends",
      {
        ...good,
        retention: {
          ...good.retention,
          backupDays: 7,
          lock: { ...good.retention.lock, backupDays: 35 },
        },
      },
      "shorter than backups are locked",
    ],
  ];
  for (const [what, config, words] of wrong) {
    const { success, error } = stageConfigSchema.safeParse(config);
    expect(success, what).toBe(false);
    expect(error?.message, what).toContain(words);
  }
});

test("production is locked for years against everybody and sends from registered numbers", () => {
  const good = stageNamed("production");
  const lock = (changed: object) => ({
    ...good,
    retention: { ...good.retention, lock: { ...good.retention.lock, ...changed } },
  });
  const wrong = [
    lock({ mode: "governance" }),
    lock({ archiveDays: 5 * 365 }),
    lock({ backupDays: 1 }),
    { ...good, sites: good.sites.map(({ numbers: _, ...site }) => site) },
  ];
  for (const config of wrong) expect(stageConfigSchema.safeParse(config).success).toBe(false);
});

describe("which stage a command is about", () => {
  test("must be said: there is no default", () => {
    expect(() => chosenStage({}, undefined)).toThrow("Say which stage is meant: dev or production");
    expect(() => chosenStage({ stage: "staging" }, undefined)).toThrow('no stage "staging"');
  });

  test("decides the account: credentials of another one are refused", () => {
    expect(chosenStage({ stage: "dev" }, undefined).config.stage).toBe("dev");
    expect(chosenStage({ stage: "dev" }, stageNamed("dev").account).config.stage).toBe("dev");
    expect(() => chosenStage({ stage: "dev" }, stageNamed("production").account)).toThrow(
      "is in the account 111111111111 (infra/config/dev.ts), but you are signed in to 222222222222",
    );
  });

  test("a first deployment is one when it is said to be", () => {
    const first = (said?: unknown) =>
      chosenStage({ stage: "dev", "first-deployment": said }, undefined).isFirstDeployment;
    expect([first(), first("false"), first("true")]).toEqual([false, false, true]);
    expect(() => first("perhaps")).toThrow("first-deployment=true");
  });

  test("no two stages share an account", () => {
    const production = stageConfigSchema.parse({
      ...stageNamed("production"),
      account: stageNamed("dev").account,
      certificateArn: stageNamed("dev").certificateArn,
    });
    expect(() => refuseSharedAccount([stageNamed("dev"), production])).toThrow(
      "dev and production name the same account",
    );
  });
});
