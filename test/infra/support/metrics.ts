import { at, listOf, resourcesOf, type Template } from "../../../infra/rules/template.ts";
import { documentedMetrics } from "../reviewed/metrics-documented.ts";
import { serviceSpec } from "./service-spec.ts";

export type UsedMetric = {
  readonly logicalId: string;
  readonly namespace: string;
  readonly name: string;
  /** Values that only a deployment knows are empty. */
  readonly dimensions: Readonly<Record<string, string>>;
};

/** Every metric that an alarm looks at, also those that a sum is made of. */
export function alarmMetrics(template: Template): readonly UsedMetric[] {
  return resourcesOf(template, "AWS::CloudWatch::Alarm").flatMap(([logicalId, { Properties }]) => {
    const summed = listOf(at(Properties, "Metrics")).flatMap((part) =>
      listOf(at(part, "MetricStat", "Metric")),
    );
    const single = at(Properties, "MetricName") === undefined ? [] : [Properties];
    return [...single, ...summed].map((metric) => ({
      logicalId,
      namespace: String(at(metric, "Namespace")),
      name: String(at(metric, "MetricName")),
      dimensions: Object.fromEntries(
        listOf(at(metric, "Dimensions")).map((dimension) => {
          const value = at(dimension, "Value");
          return [String(at(dimension, "Name")), typeof value === "string" ? value : ""];
        }),
      ),
    }));
  });
}

/** The metrics that the templates' own filters count. */
export function ownMetrics(templates: readonly Template[]): ReadonlySet<string> {
  return new Set(
    templates.flatMap((template) =>
      resourcesOf(template, "AWS::Logs::MetricFilter").flatMap(([, { Properties }]) =>
        listOf(at(Properties, "MetricTransformations")).map(
          (made) => `${String(at(made, "MetricNamespace"))} ${String(at(made, "MetricName"))}`,
        ),
      ),
    ),
  );
}

/** What is wrong with a metric by AWS's data of metrics and their dimensions, or by ours for our own. */
export async function problemOf(
  used: UsedMetric,
  own: ReadonlySet<string>,
): Promise<string | undefined> {
  const { namespace, name, dimensions } = used;
  const names = Object.keys(dimensions);
  if (own.has(`${namespace} ${name}`))
    return names.length === 0 ? undefined : "is counted without dimensions";
  const sets = await dimensionSets(namespace, name);
  if (sets.length === 0) {
    const isDocumented = documentedMetrics.some(
      (known) =>
        known.namespace === namespace && known.name === name && sameNames(known.dimensions, names),
    );
    return isDocumented ? undefined : "is no metric that AWS counts";
  }
  const fits = sets.some(
    (set) =>
      sameNames(
        set.map((dimension) => dimension.name),
        names,
      ) &&
      set.every(
        (dimension) =>
          dimension.value === undefined || dimension.value === dimensions[dimension.name],
      ),
  );
  return fits ? undefined : `is never counted by ${names.join(", ") || "nothing"}`;
}

/** By what AWS's data counts a metric; empty where it does not know the metric. */
export async function dimensionSets(namespace: string, name: string) {
  const spec = await serviceSpec();
  return spec
    .lookup("metric", "namespace", "equals", namespace)
    .filter((metric) => metric.name === name)
    .flatMap((metric) => spec.follow("usesDimensionSet", metric))
    .map(({ entity }) => entity.dimensions);
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}
