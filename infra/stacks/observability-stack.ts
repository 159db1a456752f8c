import { Stack, type StackProps } from "aws-cdk-lib";
import { type Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { StageConfig } from "../config/stage-config.ts";
import { careAlarm, oneMinute } from "../constructs/alarm.ts";
import type { CareFunction } from "../constructs/care-function.ts";
import type { FunctionName } from "../functions/catalogue.ts";
import type { DataStack } from "./data-stack.ts";
import type { MessagingStack } from "./messaging-stack.ts";
import { followBackups } from "./observability/backup-events.ts";
import { addCanary } from "./observability/canary.ts";
import { addDashboard } from "./observability/dashboard.ts";
import { addLogMetrics } from "./observability/log-metrics.ts";
import { addServiceAlarms } from "./observability/service-alarms.ts";
import type { WebStack } from "./web-stack.ts";
import type { WorkflowStack } from "./workflow-stack.ts";

export type ObservabilityStackProps = StackProps & {
  readonly config: StageConfig;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
  readonly workflow: WorkflowStack;
  readonly web: WebStack;
};

/**
 * Each way that care can stop has an alarm here or beside the part that stops: what it means for people,
 * whose it is, which runbook helps. And one page that shows all of it.
 */
export class ObservabilityStack extends Stack {
  readonly functions: Readonly<Record<FunctionName, CareFunction>>;
  readonly careMetrics: Readonly<Record<string, Metric>>;

  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    const { topics } = props.messaging;
    this.functions = { ...props.workflow.functions, ...props.web.functions };
    this.careMetrics = addLogMetrics(this, this.functions, topics);
    careAlarm(this, "SweeperSilent", topics, {
      alarm: "sweeper-silent",
      metric: this.functions["sweep-stalled-work"].function.metricInvocations({
        period: oneMinute,
        statistic: Stats.SUM,
      }),
      periods: 5,
      isSilence: true,
    });
    addServiceAlarms(this, {
      config: props.config,
      topics,
      tables: (["care", "identity", "audit"] as const).map((kind) => ({
        kind,
        table: props.data.tables[kind],
      })),
      failedBackups: followBackups(this, { topics, key: props.data.workKey }),
      effectsFunctionName: this.functions["carry-out-effects"].function.functionName,
      apiId: props.web.api.apiId,
    });
    addCanary(this, { config: props.config, topics, key: props.data.workKey });
    addDashboard(this, {
      functions: this.functions,
      machines: props.workflow.machines,
      careMetrics: this.careMetrics,
      apiId: props.web.api.apiId,
    });
  }
}
