import { beforeAll, expect, test } from "vitest";
import { at, isRecord, listOf, type Resource } from "../../infra/rules/template.ts";
import { stackNames, stages, synthesised, type Templates } from "./support/synthesised.ts";

beforeAll(() => {
  for (const stage of stages) synthesised(stage);
}, 900_000);

/**
 * Every setting of the stacks, in a file that people review: a threshold, a lifetime, a limit, what is encrypted, cached,
 * blocked or kept. After a change that is meant: `vitest run test/infra/settings.test.ts -u`, and read the difference.
 */
test("what every resource is set to is what was reviewed", async () => {
  const [dev, production] = stages.map((stage) => settingsIn(synthesised(stage)));
  const lines = [...new Set([...(dev ?? []), ...(production ?? [])])].map((line) => {
    if (dev?.has(line) !== true) return `${line}  (production alone)`;
    return production?.has(line) === true ? line : `${line}  (dev alone)`;
  });
  expect(lines.length).toBeGreaterThan(400);
  await expect(`${lines.sort().join("\n")}\n`).toMatchFileSnapshot("reviewed/settings.txt");
});

/** Reviewed elsewhere, or made of what is: roles, versions, what the dashboard draws, what the canary says. */
const readElsewhere = [
  "AWS::CDK::Metadata",
  "AWS::CloudWatch::Dashboard",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Role",
  "AWS::Lambda::Permission",
  "AWS::Lambda::Version",
];
/** Words for people, marks of the stage, and what is in a bundle, a machine or a script: no settings. */
const noSettings =
  /(^|\.)(\w*Tags|Description|Comment|Code|FunctionCode|DefinitionString|PolicyDocument|KeyPolicy)$/;

function settingsIn(templates: Templates): ReadonlySet<string> {
  return new Set(
    stackNames.flatMap((stack) =>
      Object.values(templates[stack].Resources).flatMap((resource) => settingsOf(resource)),
    ),
  );
}

function settingsOf({ Type, Properties = {} }: Resource): readonly string[] {
  if (readElsewhere.includes(Type)) return [];
  if (Type === "AWS::CloudWatch::Alarm") return [alarmLine(Properties)];
  return leavesOf(Properties, "").map((leaf) => `${Type.replace("AWS::", "")} ${leaf}`);
}

/** Each setting of a value as `path = value`; what another resource gives is said to be made here. */
function leavesOf(value: unknown, path: string): readonly string[] {
  if (noSettings.test(path)) return [];
  if (Array.isArray(value)) return value.flatMap((one) => leavesOf(one, `${path}[]`));
  if (!isRecord(value)) return [`${path} = ${JSON.stringify(value)}`];
  if (isMadeHere(value)) return [`${path} is made here`];
  if (Object.keys(value).length === 0) return [`${path} = {}`];
  const step = path === "" ? "" : `${path}.`;
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${step}${key}`));
}

function isMadeHere(value: object): boolean {
  return Object.keys(value).some((name) => name === "Ref" || name.startsWith("Fn::"));
}

/** An alarm in one line: what it counts of whom, from when on it fires, and how many hear when it does and when it is over. */
function alarmLine(alarm: Record<string, unknown>): string {
  const [id] = String(alarm.AlarmDescription).split(":");
  const told = (actions: unknown) => listOf(actions).length;
  return [
    `CloudWatch::Alarm ${id}: ${alarm.Statistic ?? alarm.ExtendedStatistic ?? "sum"} of`,
    `${alarm.Namespace ?? "several"} ${alarm.MetricName ?? metricsOf(alarm.Metrics)}${targetOf(alarm.Dimensions)}`,
    `${alarm.ComparisonOperator} ${alarm.Threshold} in ${alarm.EvaluationPeriods} x ${alarm.Period ?? 300} s,`,
    `missing is ${alarm.TreatMissingData}, tells ${told(alarm.AlarmActions)} and ${told(alarm.OKActions)}`,
  ].join(" ");
}

function metricsOf(metrics: unknown): string {
  const used = listOf(metrics).map((one) => {
    const operation = listOf(at(one, "MetricStat", "Metric", "Dimensions"))
      .map((dimension) => at(dimension, "Value"))
      .filter((value) => typeof value === "string");
    return [at(one, "MetricStat", "Metric", "MetricName"), ...operation, at(one, "Expression")]
      .filter((part) => part !== undefined)
      .join(" ");
  });
  return `(${used.join(", ")})`;
}

function targetOf(dimensions: unknown): string {
  const names = listOf(dimensions).map((one) => {
    const value = at(one, "Value");
    const made = at(value, "Ref") ?? at(value, "Fn::GetAtt", 0) ?? at(value, "Fn::ImportValue");
    return String(typeof value === "string" ? value : made)
      .replace(/^throughcare-\w+-\w+:ExportsOutput(Ref|FnGetAtt)/, "")
      .replace(/[0-9A-F]{8}(Arn|QueueName|[0-9A-F]{8})?$/, "");
  });
  return names.length === 0 ? "" : ` of ${names.join(", ")}`;
}
