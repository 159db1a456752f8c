import { MetricUnit, Metrics as PowertoolsMetrics } from "@aws-lambda-powertools/metrics";
import type { Metrics } from "../ports/metrics.ts";

/** The names under which CloudWatch keeps what is counted; `ColdStart` is Powertools' own. */
export const metricNames = {
  sends: "Sends",
  refusals: "Refusals",
  effectLag: "EffectLagSeconds",
} as const;

/** Where they are in CloudWatch. */
export const metricNamespace = "Throughcare";

const nothing = () => undefined;
/** The library writes a warning for each call in which nothing was counted, which is most of them. */
const quiet = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: console.error,
};

/** Metrics of a function as Powertools keeps and prints them, in CloudWatch's embedded metric format. */
export function createPowertoolsMetrics(functionName: string): PowertoolsMetrics {
  return new PowertoolsMetrics({
    namespace: metricNamespace,
    serviceName: functionName,
    logger: quiet,
  });
}

/** What a function counts. Each figure has dimensions of its own, so each is a line of its own. */
export function careMetrics(metrics: PowertoolsMetrics): Metrics {
  return {
    sent(channel, outcome) {
      metrics
        .singleMetric()
        .addDimensions({ channel, outcome })
        .addMetric(metricNames.sends, MetricUnit.Count, 1);
    },
    refused(what) {
      metrics
        .singleMetric()
        .addDimension("what", String(what))
        .addMetric(metricNames.refusals, MetricUnit.Count, 1);
    },
    effectLag(seconds) {
      metrics.addMetric(metricNames.effectLag, MetricUnit.Seconds, seconds);
    },
  };
}
