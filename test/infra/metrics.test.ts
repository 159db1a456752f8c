import { beforeAll, expect, test } from "vitest";
import { documentedMetrics } from "./reviewed/metrics-documented.ts";
import {
  alarmMetrics,
  dimensionSets,
  ownMetrics,
  problemOf,
  type UsedMetric,
} from "./support/metrics.ts";
import { stages, synthesised } from "./support/synthesised.ts";

beforeAll(() => {
  for (const stage of stages) synthesised(stage);
}, 120_000);

test.each(stages)("every alarm of %s looks at something that is counted", async (stage) => {
  const templates = Object.values(synthesised(stage));
  const own = ownMetrics(templates);
  const used = templates.flatMap(alarmMetrics);
  expect(used.length).toBeGreaterThan(100);
  const problems: string[] = [];
  for (const metric of used) {
    const problem = await problemOf(metric, own);
    if (problem !== undefined)
      problems.push(`${metric.logicalId}: ${metric.namespace} ${metric.name} ${problem}`);
  }
  expect(problems).toEqual([]);
});

const metric = (
  namespace: string,
  name: string,
  dimensions: Record<string, string>,
): UsedMetric => ({
  ...{ logicalId: "Planted", namespace, name, dimensions },
});

test.each([
  ["a table's own errors", metric("AWS/DynamoDB", "SystemErrors", { TableName: "" })],
  [
    "an operation that is none",
    metric("AWS/DynamoDB", "ThrottledRequests", { TableName: "", Operation: "Put" }),
  ],
  ["a misspelt metric", metric("AWS/Lambda", "Error", { FunctionName: "" })],
  ["a function by its ARN", metric("AWS/Lambda", "Errors", { FunctionArn: "" })],
  ["an API by its name", metric("AWS/ApiGateway", "5xx", { ApiName: "" })],
  ["a queue of no name", metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", {})],
  ["a metric that no filter counts", metric("Throughcare", "PagesLost", {})],
])("an alarm on %s is found", async (_what, planted) => {
  expect(await problemOf(planted, new Set(["Throughcare PageUndelivered"]))).toBeDefined();
});

test("what the guides alone describe is not in the data by now, and is used", async () => {
  const used = Object.values(synthesised("dev")).flatMap(alarmMetrics);
  for (const { namespace, name } of documentedMetrics) {
    expect(await dimensionSets(namespace, name), name).toEqual([]);
    expect(
      used.some((one) => one.namespace === namespace && one.name === name),
      name,
    ).toBe(true);
  }
});
