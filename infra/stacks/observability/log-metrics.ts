import type { Stack } from "aws-cdk-lib";
import { type Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import { type AlarmTopics, careAlarm, fiveMinutes } from "../../constructs/alarm.ts";
import type { CareFunction } from "../../constructs/care-function.ts";
import type { FunctionName } from "../../functions/catalogue.ts";
import { logMetrics } from "../../operations/log-metrics.ts";

/** Counts what the functions log, and alarms on it. */
export function addLogMetrics(
  stack: Stack,
  functions: Readonly<Record<FunctionName, CareFunction>>,
  topics: AlarmTopics,
): Readonly<Record<string, Metric>> {
  const metrics: Record<string, Metric> = {};
  for (const wanted of logMetrics) {
    const sentence = FilterPattern.stringValue("$.message", "=", wanted.sentence);
    const filter = new MetricFilter(stack, `Count${wanted.name}`, {
      logGroup: functions[wanted.loggedBy].logGroup,
      filterPattern:
        wanted.outcome === undefined
          ? sentence
          : FilterPattern.all(
              sentence,
              FilterPattern.stringValue("$.outcome", "=", wanted.outcome),
            ),
      metricNamespace: "Throughcare",
      metricName: wanted.name,
      metricValue: wanted.takesCount === true ? "$.count" : "1",
    });
    const metric = filter.metric({
      period: fiveMinutes,
      statistic: wanted.name.startsWith("Oldest") ? Stats.MAXIMUM : Stats.SUM,
    });
    metrics[wanted.name] = metric;
    careAlarm(stack, `Alarm${wanted.name}`, topics, {
      alarm: wanted.alarm,
      metric,
      threshold: wanted.threshold,
    });
  }
  return metrics;
}
