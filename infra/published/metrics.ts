import type { Dimension } from "@aws-cdk/service-spec-types";
import { at, listOf } from "../rules/template.ts";
import { publishedSpec } from "./resource-types.ts";
import type { StageView } from "./stage-view.ts";

/** A metric that an alarm or a dashboard reads. */
export type UsedMetric = {
  readonly usedBy: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

const ownNamespace = "Throughcare";

/**
 * Metrics that AWS describes in its guides and leaves out of the data that it publishes, with their
 * dimensions and the guide's page. One that the data has after all must go from this list.
 */
export const describedMetrics: readonly {
  readonly namespace: string;
  readonly names: readonly string[];
  readonly dimensions: readonly string[];
  readonly page: string;
}[] = [
  {
    namespace: "AWS/SMSVoice",
    names: ["TextMessageMonthlySpend", "VoiceMessageMonthlySpend"],
    dimensions: [],
    page: "https://docs.aws.amazon.com/sms-voice/latest/userguide/monitoring-cloudwatch.html",
  },
  {
    namespace: "AWS/States",
    names: ["OpenExecutionCount"],
    dimensions: [],
    page: "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html",
  },
  {
    namespace: "AWS/States",
    names: ["ThrottledEvents"],
    dimensions: ["ServiceMetric"],
    page: "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html",
  },
  {
    namespace: "AWS/WAFV2",
    names: ["BlockedRequests"],
    dimensions: ["Rule", "WebACL"],
    page: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html",
  },
];

/** Every metric that the stage's alarms and dashboards read. */
export function metricsUsed(view: StageView): readonly UsedMetric[] {
  const alarms = view.resources("AWS::CloudWatch::Alarm").flatMap((placed) => {
    const alarm = view.resolve(placed.stack, placed.resource.Properties);
    const inMath = listOf(at(alarm, "Metrics")).map((query) => at(query, "MetricStat", "Metric"));
    return [alarm, ...inMath].flatMap((metric) => alarmMetric(placed.logicalId, metric));
  });
  const dashboards = view.resources("AWS::CloudWatch::Dashboard").flatMap((placed) => {
    const body: unknown = JSON.parse(String(view.read(placed, "DashboardBody")));
    return listOf(at(body, "widgets"))
      .flatMap((widget) => listOf(at(widget, "properties", "metrics")))
      .flatMap((line) => dashboardMetric(placed.logicalId, listOf(line)));
  });
  return [...alarms, ...dashboards];
}

/** Metrics that nothing ever counts: an alarm on one is silent for ever. */
export function metricsNotCounted(view: StageView): readonly string[] {
  const own = new Set(
    view
      .resources("AWS::Logs::MetricFilter")
      .flatMap((placed) => listOf(view.read(placed, "MetricTransformations")))
      .map((made) => `${String(at(made, "MetricNamespace"))} ${String(at(made, "MetricName"))}`),
  );
  return metricsUsed(view).flatMap((metric) => {
    const { usedBy, namespace, name, dimensions } = metric;
    const isCounted =
      namespace === ownNamespace
        ? own.has(`${namespace} ${name}`) && Object.keys(dimensions).length === 0
        : isPublished(metric) || isDescribed(metric);
    return isCounted
      ? []
      : [`${usedBy}: nothing counts ${namespace} ${name} by ${JSON.stringify(dimensions)}`];
  });
}

/** Entries of the described metrics that AWS's data has by now. */
export function describedButPublished(): readonly string[] {
  return describedMetrics.flatMap(({ namespace, names, dimensions }) =>
    names
      .filter((name) =>
        isPublished({
          usedBy: "",
          namespace,
          name,
          dimensions: Object.fromEntries(dimensions.map((key) => [key, key])),
        }),
      )
      .map((name) => `${namespace} ${name}`),
  );
}

function isPublished({ namespace, name, dimensions }: UsedMetric): boolean {
  const spec = publishedSpec();
  return spec
    .lookup("metric", "namespace", "equals", namespace)
    .filter((metric) => metric.name === name)
    .flatMap((metric) => spec.follow("usesDimensionSet", metric))
    .some(({ entity }) => isSet(entity.dimensions, dimensions));
}

function isSet(published: readonly Dimension[], used: Readonly<Record<string, string>>): boolean {
  return (
    published.length === Object.keys(used).length &&
    published.every(({ name, value }) => {
      const given = Object.hasOwn(used, name) ? used[name] : undefined;
      // A dimension whose value is its own name may have any.
      return given !== undefined && (value === undefined || value === name || value === given);
    })
  );
}

function isDescribed({ namespace, name, dimensions }: UsedMetric): boolean {
  const used = Object.keys(dimensions).sort().join();
  return describedMetrics.some(
    (one) =>
      one.namespace === namespace &&
      one.names.includes(name) &&
      [...one.dimensions].sort().join() === used,
  );
}

function alarmMetric(usedBy: string, metric: unknown): readonly UsedMetric[] {
  const [namespace, name] = [at(metric, "Namespace"), at(metric, "MetricName")];
  if (typeof namespace !== "string" || typeof name !== "string") return [];
  const dimensions = Object.fromEntries(
    listOf(at(metric, "Dimensions")).map((one) => [
      String(at(one, "Name")),
      String(at(one, "Value")),
    ]),
  );
  return [{ usedBy, namespace, name, dimensions }];
}

/** A dashboard's line is namespace, name, then names and values of dimensions, then how it is drawn. */
function dashboardMetric(usedBy: string, line: readonly unknown[]): readonly UsedMetric[] {
  const words = line.filter((part) => typeof part === "string");
  const [namespace, name, ...rest] = words;
  if (namespace === undefined || name === undefined) return [];
  const dimensions: Record<string, string> = {};
  for (let index = 0; index + 1 < rest.length; index += 2)
    dimensions[rest[index] ?? ""] = rest[index + 1] ?? "";
  return [{ usedBy, namespace, name, dimensions }];
}
