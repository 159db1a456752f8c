import { Duration, type Stack } from "aws-cdk-lib";
import { MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { Rule } from "aws-cdk-lib/aws-events";
import { tables } from "../../../shared/keys/keys.ts";
import type { StageConfig } from "../../config/stage-config.ts";
import { type AlarmTopics, careAlarm, fiveMinutes } from "../../constructs/alarm.ts";

/** What a provider takes as the point to stop all mail: 5 % bounced, 0.1 % called unwanted; we act at half. */
const bounceRate = 0.025;
const complaintRate = 0.0005;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create-alarm-on-metric-math-expression.html */
const maxMetricsOfAlarm = 10;
const openExecutionQuota = 1_000_000;

type TableKind = keyof typeof tables;

export type ServiceAlarmProps = {
  readonly config: StageConfig;
  readonly topics: AlarmTopics;
  readonly tables: readonly { readonly kind: TableKind; readonly table: Table }[];
  readonly effectsFunctionName: string;
  readonly apiId: string;
  readonly failedBackups: Rule;
};

/** The operations that functions call; DynamoDB counts its own errors per operation and in no other way. */
const operationsOn: Readonly<Record<TableKind, readonly string[]>> = {
  care: [
    "GetItem",
    "BatchGetItem",
    "Query",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "TransactWriteItems",
  ],
  identity: ["GetItem", "PutItem", "TransactWriteItems"],
  audit: ["Query", "PutItem", "TransactWriteItems"],
};

function systemErrors(table: Table, Operation: string): Metric {
  return new Metric({
    namespace: "AWS/DynamoDB",
    metricName: "SystemErrors",
    statistic: Stats.SUM,
    period: fiveMinutes,
    dimensionsMap: { TableName: table.tableName, Operation },
  });
}

/** Reads and writes that a table or one of its indexes held back. */
function throttles(table: Table, indexes: readonly string[]): readonly Metric[] {
  return ["ReadThrottleEvents", "WriteThrottleEvents"].flatMap((metricName) =>
    [undefined, ...indexes].map(
      (index) =>
        new Metric({
          namespace: "AWS/DynamoDB",
          metricName,
          statistic: Stats.SUM,
          period: fiveMinutes,
          dimensionsMap: {
            TableName: table.tableName,
            ...(index === undefined ? {} : { GlobalSecondaryIndexName: index }),
          },
        }),
    ),
  );
}

/**
 * What is not counted is none: a table that nobody reads throttles nothing.
 * @throws Error for more metrics than one alarm may read
 */
function sumOf(metrics: readonly Metric[]): MathExpression {
  if (metrics.length > maxMetricsOfAlarm)
    throw new Error(`An alarm reads ${maxMetricsOfAlarm} metrics at most, not ${metrics.length}`);
  const names = metrics.map((_, index) => `m${index}`);
  return new MathExpression({
    expression: names.map((name) => `FILL(${name}, 0)`).join(" + "),
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
    period: fiveMinutes,
  });
}

/** What AWS itself measures of the services that care rests on. */
export function addServiceAlarms(stack: Stack, props: ServiceAlarmProps): void {
  const metric = (
    namespace: string,
    metricName: string,
    statistic: string,
    dimensionsMap: Record<string, string> = {},
    period: Duration = fiveMinutes,
  ) => new Metric({ namespace, metricName, statistic, dimensionsMap, period });
  const alarm = (
    id: string,
    entry: Parameters<typeof careAlarm>[3]["alarm"],
    measured: Metric,
    threshold: number,
    periods = 1,
  ) => careAlarm(stack, id, props.topics, { alarm: entry, metric: measured, threshold, periods });

  alarm(
    "EffectsBehind",
    "effects-behind",
    metric("AWS/Lambda", "IteratorAge", Stats.MAXIMUM, { FunctionName: props.effectsFunctionName }),
    Duration.minutes(5).toMilliseconds(),
  );
  // Of all functions at once: where the queue of one keeps nothing, it is the key or a policy of all.
  alarm("EventsLost", "events-lost", metric("AWS/Lambda", "DeadLetterErrors", Stats.SUM), 1);
  alarm(
    "EmailBounces",
    "email-bounces",
    metric("AWS/SES", "Reputation.BounceRate", Stats.AVERAGE, {}, Duration.hours(1)),
    bounceRate,
  );
  alarm(
    "EmailComplaints",
    "email-complaints",
    metric("AWS/SES", "Reputation.ComplaintRate", Stats.AVERAGE, {}, Duration.hours(1)),
    complaintRate,
  );
  for (const [id, name] of [
    ["TextSpend", "TextMessageMonthlySpend"],
    ["VoiceSpend", "VoiceMessageMonthlySpend"],
  ] as const)
    alarm(
      id,
      "text-spend",
      metric("AWS/SMSVoice", name, Stats.MAXIMUM, {}, Duration.hours(1)),
      props.config.sms.monthlySpendLimitDollars * 0.7,
    );
  alarm(
    "OpenExecutions",
    "open-executions",
    metric("AWS/States", "OpenExecutionCount", Stats.MAXIMUM, {}, Duration.hours(1)),
    openExecutionQuota * 0.7,
  );
  alarm(
    "TransitionsThrottled",
    "execution-throttled",
    metric("AWS/States", "ThrottledEvents", Stats.SUM, { ServiceMetric: "StateTransition" }),
    1,
  );
  for (const { table, kind } of props.tables) {
    careAlarm(stack, `SystemErrors-${table.node.id}`, props.topics, {
      alarm: "tables-refuse",
      metric: sumOf(operationsOn[kind].map((Operation) => systemErrors(table, Operation))),
      threshold: 5,
    });
    careAlarm(stack, `Throttled-${table.node.id}`, props.topics, {
      alarm: "tables-refuse",
      metric: sumOf(throttles(table, Object.keys(tables[kind].indexes))),
      threshold: 20,
    });
  }
  alarm(
    "BackupFailed",
    "backup-failed",
    metric("AWS/Events", "TriggeredRules", Stats.SUM, { RuleName: props.failedBackups.ruleName }),
    1,
  );
  alarm(
    "SiteFailing",
    "site-failing",
    metric("AWS/ApiGateway", "5xx", Stats.SUM, { ApiId: props.apiId }),
    5,
  );
  alarm(
    "SiteSlow",
    "site-slow",
    metric("AWS/ApiGateway", "Latency", "p95", { ApiId: props.apiId }),
    Duration.seconds(3).toMilliseconds(),
    3,
  );
  alarm(
    "RequestsBlocked",
    "requests-blocked",
    metric("AWS/WAFV2", "BlockedRequests", Stats.SUM, { WebACL: "throughcare", Rule: "ALL" }),
    500,
  );
}
