import { Duration, type Stack } from "aws-cdk-lib";
import { type IMetric, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { Operation, type Table } from "aws-cdk-lib/aws-dynamodb";
import type { StageConfig } from "../../config/stage-config.ts";
import { type AlarmTopics, careAlarm, fiveMinutes } from "../../constructs/alarm.ts";

/** What a provider takes as the point to stop all mail: 5 % bounced, 0.1 % called unwanted; we act at half. */
const bounceRate = 0.025;
const complaintRate = 0.0005;
/** What functions do with tables; one alarm adds up ten metrics at most. */
const usedOperations = [
  Operation.GET_ITEM,
  Operation.BATCH_GET_ITEM,
  Operation.QUERY,
  Operation.PUT_ITEM,
  Operation.UPDATE_ITEM,
  Operation.DELETE_ITEM,
  Operation.TRANSACT_WRITE_ITEMS,
  Operation.TRANSACT_GET_ITEMS,
] as const;
const openExecutionQuota = 1_000_000;

export type ServiceAlarmProps = {
  readonly config: StageConfig;
  readonly topics: AlarmTopics;
  readonly tables: readonly Table[];
  readonly effectsFunctionName: string;
  readonly apiId: string;
};

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
    measured: IMetric,
    threshold: number,
    periods = 1,
  ) => careAlarm(stack, id, props.topics, { alarm: entry, metric: measured, threshold, periods });

  alarm(
    "EffectsBehind",
    "effects-behind",
    metric("AWS/Lambda", "IteratorAge", Stats.MAXIMUM, { FunctionName: props.effectsFunctionName }),
    Duration.minutes(5).toMilliseconds(),
  );
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
  for (const table of props.tables) {
    // DynamoDB counts both by operation only: a table's own sum is a metric that never has a value.
    const counted = { operations: [...usedOperations], period: fiveMinutes };
    alarm(
      `SystemErrors-${table.node.id}`,
      "tables-refuse",
      table.metricSystemErrorsForOperations(counted),
      5,
    );
    alarm(
      `ThrottledRequests-${table.node.id}`,
      "tables-refuse",
      table.metricThrottledRequestsForOperations(counted),
      20,
    );
  }
  alarm(
    "BackupFailed",
    "backup-failed",
    metric("AWS/Backup", "NumberOfBackupJobsFailed", Stats.SUM, {}, Duration.hours(1)),
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
