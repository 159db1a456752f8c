import { Duration, type Stack } from "aws-cdk-lib";
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
  SingleValueWidget,
  Stats,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { CareFunction } from "../../constructs/care-function.ts";
import type { CareWorkflow } from "../../constructs/care-workflow.ts";
import { alarmCatalogue } from "../../operations/alarm-catalogue.ts";

const fullWidth = 24;

/** One page, in the order of a bad day: is somebody unreached, is care late, are the parts well. */
export function addDashboard(
  stack: Stack,
  props: {
    readonly functions: Readonly<Record<string, CareFunction>>;
    readonly machines: readonly CareWorkflow[];
    readonly careMetrics: Readonly<Record<string, Metric>>;
    readonly apiId: string;
  },
): void {
  const dashboard = new Dashboard(stack, "Dashboard", {
    dashboardName: "throughcare",
    defaultInterval: Duration.days(1),
  });
  const row = (title: string, ...widgets: IWidget[]) => {
    dashboard.addWidgets(new TextWidget({ markdown: `## ${title}`, width: fullWidth, height: 1 }));
    dashboard.addWidgets(...widgets);
  };
  const graph = (title: string, left: readonly IMetric[]) =>
    new GraphWidget({ title, left: [...left], width: fullWidth / 2, height: 6 });
  const known = (...names: string[]) =>
    names.flatMap((name) => {
      const metric = props.careMetrics[name];
      return metric === undefined ? [] : [metric];
    });

  row(
    "Is anybody unreached?",
    new SingleValueWidget({
      title: "Last five minutes",
      metrics: known("PageUndelivered", "TextPageUndelivered", "UnknownSends", "StaffPhoneStopped"),
      width: fullWidth / 2,
      height: 6,
    }),
    graph(
      "Messages refused or unknown",
      known("MessageRefused", "SendOutcomeUnknown", "UnknownSends"),
    ),
  );
  row(
    "Is care late?",
    graph("Oldest overdue step, seconds", known("OldestOverdueDriverSeconds")),
    graph("Overdue steps started by the sweep", known("OverdueDrivers", "StalledWorkUnsettled")),
  );
  row(
    "Are the workflows well?",
    graph("Failed", machineMetrics(props.machines, "ExecutionsFailed")),
    graph("Started", machineMetrics(props.machines, "ExecutionsStarted")),
  );
  const functions = Object.values(props.functions);
  row(
    "Are the functions well?",
    graph(
      "Errors",
      functions.map((made) => made.function.metricErrors()),
    ),
    graph(
      "Slowest tenth, milliseconds",
      functions.map((made) => made.function.metricDuration({ statistic: "p90" })),
    ),
  );
  const api = (metricName: string, statistic: string) =>
    new Metric({
      namespace: "AWS/ApiGateway",
      metricName,
      statistic,
      dimensionsMap: { ApiId: props.apiId },
    });
  row(
    "Do pages and API answer?",
    graph("Requests and errors", [
      api("Count", Stats.SUM),
      api("4xx", Stats.SUM),
      api("5xx", Stats.SUM),
    ]),
    graph("Latency, milliseconds", [api("Latency", "p50"), api("Latency", "p95")]),
  );
  const lines = Object.entries(alarmCatalogue).map(
    ([id, entry]) =>
      `| ${id} | ${entry.impact} | ${entry.owner} | docs/runbooks/${entry.runbook}.md |`,
  );
  dashboard.addWidgets(
    new TextWidget({
      markdown: [
        "## Alarms",
        "| Alarm | What it means | Whose | Runbook |",
        "|---|---|---|---|",
        ...lines,
      ].join("\n"),
      width: fullWidth,
      height: 16,
    }),
  );
}

function machineMetrics(machines: readonly CareWorkflow[], metricName: string): readonly Metric[] {
  return machines.map(
    ({ machine }) =>
      new Metric({
        namespace: "AWS/States",
        metricName,
        statistic: Stats.SUM,
        label: machine.stateMachineName ?? "",
        dimensionsMap: { StateMachineArn: machine.attrArn },
      }),
  );
}
