import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { alarmCatalogue } from "../../infra/operations/alarm-catalogue.ts";
import { at, resourcesOf } from "../../infra/rules/template.ts";
import { root, stackNames, stages, synthesised, type Templates } from "./support/synthesised.ts";

let dev: Templates;
let production: Templates;
beforeAll(() => {
  dev = synthesised("dev");
  production = synthesised("production");
}, 900_000);

test("every alarm of the catalogue exists, in both stages", () => {
  for (const stage of stages) {
    const templates = synthesised(stage);
    const described = stackNames.flatMap((stack) =>
      resourcesOf(templates[stack], "AWS::CloudWatch::Alarm").map(([, { Properties }]) =>
        String(at(Properties, "AlarmDescription")),
      ),
    );
    const missing = Object.keys(alarmCatalogue).filter(
      (id) => !described.some((line) => line.startsWith(`${id}: `)),
    );
    expect(missing).toEqual([]);
  }
});

test("a silent sweeper alarms although nothing is counted", () => {
  const silent = resourcesOf(dev.observability, "AWS::CloudWatch::Alarm").find(
    ([, { Properties }]) => String(at(Properties, "AlarmDescription")).startsWith("sweeper-silent"),
  )?.[1].Properties;
  expect(silent).toMatchObject({
    MetricName: "Invocations",
    ComparisonOperator: "LessThanThreshold",
    TreatMissingData: "breaching",
    EvaluationPeriods: 5,
    Period: 60,
  });
});

test("text spend alarms before the limit of the stage", () => {
  const spend = resourcesOf(production.observability, "AWS::CloudWatch::Alarm").find(
    ([, { Properties }]) => at(Properties, "MetricName") === "TextMessageMonthlySpend",
  )?.[1].Properties;
  expect(at(spend, "Namespace")).toBe("AWS/SMSVoice");
  expect(at(spend, "Threshold")).toBe(350);
});

test("every alarm has its runbook", () => {
  const written = readdirSync(join(root, "docs/runbooks"));
  const missing = Object.values(alarmCatalogue)
    .map(({ runbook }) => `${runbook}.md`)
    .filter((file) => !written.includes(file));
  expect(missing).toEqual([]);
});

test.each([
  "receive-email",
  "receive-sms",
  "record-delivery",
  "carry-out-effects",
  "archive-audit",
  "sweep-stalled-work",
])("an event that %s cannot read is kept in a queue that alarms with the first one", (name) => {
  for (const { workflow } of [dev, production]) {
    const [functionId, made] =
      resourcesOf(workflow, "AWS::Lambda::Function").find(
        ([, { Properties }]) => at(Properties, "FunctionName") === `throughcare-${name}`,
      ) ?? [];
    const queueId = String(at(made?.Properties, "DeadLetterConfig", "TargetArn", "Fn::GetAtt", 0));
    expect(queueId).toContain("DeadLetters");
    const alarms = resourcesOf(workflow, "AWS::CloudWatch::Alarm")
      .map(([, { Properties }]) => Properties)
      .filter((alarm) => JSON.stringify(at(alarm, "Dimensions")).includes(queueId));
    expect(alarms).toMatchObject([
      { MetricName: "ApproximateNumberOfMessagesVisible", Threshold: 1, EvaluationPeriods: 1 },
    ]);
    expect(at(alarms[0], "AlarmActions", 0)).toBeDefined();
    // What a topic, a stream or a rule cannot hand over is kept there, too.
    const feeds = resourcesOf(
      workflow,
      "AWS::SNS::Subscription",
      "AWS::Lambda::EventSourceMapping",
      "AWS::Events::Rule",
    )
      .map(([, { Properties }]) => JSON.stringify(Properties))
      .filter((feed) => feed.includes(`"${functionId}"`));
    expect(feeds.length).toBeGreaterThan(0);
    for (const feed of feeds) expect(feed).toContain(queueId);
  }
});
