import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { ManagedPolicy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { CfnEventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { LambdaSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { itemPrefixes } from "../../shared/keys/keys.ts";
import type { StageConfig } from "../config/stage-config.ts";
import { CareFunction, type CareFunctionShared } from "../constructs/care-function.ts";
import { CareWorkflow } from "../constructs/care-workflow.ts";
import { workflows } from "../functions/workflows.ts";
import { arnOf, machineName } from "../names.ts";
import type { DataStack } from "./data-stack.ts";
import type { MessagingStack } from "./messaging-stack.ts";

/** The functions of this stack; those that answer HTTP are in the `web` stack. */
const workflowFunctions = [
  "advance-care",
  "archive-audit",
  "carry-out-effects",
  "hold-care",
  "page-on-call",
  "receive-email",
  "receive-sms",
  "record-delivery",
  "send-message",
  "sweep-stalled-work",
] as const;
type WorkflowFunction = (typeof workflowFunctions)[number];

export type WorkflowStackProps = StackProps & {
  readonly config: StageConfig;
  readonly bundles: string;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
};

/** What moves care on: functions, machines, the outbox entry stream, the sweep. */
export class WorkflowStack extends Stack {
  readonly functions: Readonly<Record<WorkflowFunction, CareFunction>>;
  readonly machines: readonly CareWorkflow[];

  constructor(scope: Construct, id: string, props: WorkflowStackProps) {
    super(scope, id, props);
    const { data, messaging, config } = props;
    const shared = sharedByFunctions(props);
    const made = (name: WorkflowFunction) => new CareFunction(this, name, shared);
    this.functions = {
      "advance-care": made("advance-care"),
      "archive-audit": made("archive-audit"),
      "carry-out-effects": made("carry-out-effects"),
      "hold-care": made("hold-care"),
      "page-on-call": made("page-on-call"),
      "receive-email": made("receive-email"),
      "receive-sms": made("receive-sms"),
      "record-delivery": made("record-delivery"),
      "send-message": made("send-message"),
      "sweep-stalled-work": made("sweep-stalled-work"),
    };
    const logDelivery = this.logDelivery();
    this.machines = workflows.map(
      (workflow) =>
        new CareWorkflow(this, workflow, {
          config,
          functions: this.functions,
          workKey: data.workKey,
          logKey: data.logKey,
          logDelivery,
          topics: messaging.topics,
        }),
    );
    this.follow("EffectStream", {
      by: this.functions["carry-out-effects"],
      streamArn: data.streamArn("care"),
      // Only outbox entries that are new: every other change of the table would be a call for nothing.
      filter: {
        eventName: ["INSERT"],
        dynamodb: { Keys: { sk: { S: [{ prefix: itemPrefixes.effect }] } } },
      },
      batchSize: 10,
      windowSeconds: 0,
      parallel: 4,
    });
    this.follow("AuditStream", {
      by: this.functions["archive-audit"],
      streamArn: data.streamArn("audit"),
      batchSize: 500,
      // Entries of five minutes are one object: nobody waits for the copy.
      windowSeconds: 300,
      parallel: 1,
    });
    this.sweep();
    this.subscribe(messaging);
  }

  /** AWS knows no narrower resource for the delivery of logs; one policy for all machines. */
  private logDelivery(): ManagedPolicy {
    return new ManagedPolicy(this, "MachineLogDelivery", {
      description: "Lets state machines deliver their logs",
      statements: [
        new PolicyStatement({
          sid: "DeliverLogs",
          actions: [
            "logs:CreateLogDelivery",
            "logs:GetLogDelivery",
            "logs:UpdateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:DescribeResourcePolicies",
            "logs:DescribeLogGroups",
          ],
          resources: ["*"],
        }),
      ],
    });
  }

  private follow(
    id: string,
    options: {
      readonly by: CareFunction;
      readonly streamArn: string;
      readonly filter?: unknown;
      readonly batchSize: number;
      readonly windowSeconds: number;
      readonly parallel: number;
    },
  ): void {
    const mapping = new CfnEventSourceMapping(this, id, {
      functionName: options.by.function.functionName,
      eventSourceArn: options.streamArn,
      startingPosition: "TRIM_HORIZON",
      batchSize: options.batchSize,
      maximumBatchingWindowInSeconds: options.windowSeconds,
      parallelizationFactor: options.parallel,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ["ReportBatchItemFailures"],
      maximumRetryAttempts: 10,
      maximumRecordAgeInSeconds: Duration.hours(12).toSeconds(),
      destinationConfig: { onFailure: { destination: options.by.deadLetters.queue.queueArn } },
      ...(options.filter === undefined
        ? {}
        : { filterCriteria: { filters: [{ pattern: JSON.stringify(options.filter) }] } }),
    });
    mapping.node.addDependency(options.by);
  }

  /** Every minute, and at once for an execution that ended badly. */
  private sweep(): void {
    const { function: sweep, deadLetters } = this.functions["sweep-stalled-work"];
    const target = () =>
      new LambdaFunction(sweep, {
        deadLetterQueue: deadLetters.queue,
        retryAttempts: 2,
        maxEventAge: Duration.minutes(10),
      });
    new Rule(this, "EveryMinute", {
      description: "Looks for stalled care",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [target()],
    });
    new Rule(this, "ExecutionEndedBadly", {
      description: "Revives the driver of an execution that failed, was stopped or timed out",
      eventPattern: {
        source: ["aws.states"],
        detailType: ["Step Functions Execution Status Change"],
        detail: {
          status: ["FAILED", "ABORTED", "TIMED_OUT"],
          stateMachineArn: workflows.map((workflow) =>
            arnOf(this, "states", `stateMachine:${machineName(workflow)}`),
          ),
        },
      },
      targets: [target()],
    });
  }

  private subscribe(messaging: MessagingStack): void {
    const pairs = [
      [messaging.inboundTexts, this.functions["receive-sms"]],
      [messaging.inboundMail, this.functions["receive-email"]],
      [messaging.deliveryReports, this.functions["record-delivery"]],
    ] as const;
    for (const [topic, { function: receiver, deadLetters }] of pairs)
      topic.addSubscription(
        new LambdaSubscription(receiver, { deadLetterQueue: deadLetters.queue }),
      );
  }
}

/** What functions are made with, in this stack and in `web`. */
export function sharedByFunctions(props: {
  readonly config: StageConfig;
  readonly bundles: string;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
}): CareFunctionShared {
  const { config, bundles, data, messaging } = props;
  return {
    bundles,
    values: { config },
    targets: {
      config,
      tableKeyArns: {
        care: data.keys.care.keyArn,
        identity: data.keys.identity.keyArn,
        audit: data.keys.audit.keyArn,
      },
      streamArns: { care: data.streamArn("care"), audit: data.streamArn("audit") },
      archiveKeyArn: data.archiveKey.keyArn,
      workKeyArn: data.workKey.keyArn,
    },
    workKey: data.workKey,
    logKey: data.logKey,
    topics: messaging.topics,
  };
}
