import { CfnDeletionPolicy, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import {
  type IManagedPolicy,
  ManagedPolicy,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import {
  CfnStateMachine,
  CfnStateMachineAlias,
  CfnStateMachineVersion,
} from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { StageConfig } from "../config/stage-config.ts";
import { definitionOf, machinePlaceholders, placeholdersIn } from "../functions/workflows.ts";
import { arnOf, functionName, liveAlias, machineName } from "../names.ts";
import { type AlarmTopics, careAlarm, fiveMinutes } from "./alarm.ts";
import type { CareFunction } from "./care-function.ts";

const dayMs = 86_400_000;

export type CareWorkflowProps = {
  readonly config: StageConfig;
  readonly functions: Readonly<
    Record<(typeof machinePlaceholders)[keyof typeof machinePlaceholders], CareFunction>
  >;
  readonly workKey: IKey;
  readonly logKey: IKey;
  /** Lets a machine deliver its log; AWS knows no narrower resource for it. */
  readonly logDelivery: IManagedPolicy;
  readonly topics: AlarmTopics;
};

/**
 * One state machine from its ASL file: under a key, its log without what executions hold, a version with
 * every change, the alias `live` that new executions start through, and its alarms.
 */
export class CareWorkflow extends Construct {
  readonly machine: CfnStateMachine;

  constructor(scope: Construct, workflow: string, props: CareWorkflowProps) {
    super(scope, `Workflow-${workflow}`);
    const definition = definitionOf(workflow);
    const logs = new LogGroup(this, "Logs", {
      logGroupName: `/aws/vendedlogs/states/${machineName(workflow)}`,
      encryptionKey: props.logKey,
      retention: props.config.retention.logDays satisfies RetentionDays,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const role = this.#role(definition, props);
    const substitutions: Record<string, string> = {};
    for (const placeholder of placeholdersIn(definition))
      substitutions[placeholder] =
        props.functions[machinePlaceholders[placeholder]].function.currentVersion.functionArn;
    this.machine = new CfnStateMachine(this, "Machine", {
      stateMachineName: machineName(workflow),
      stateMachineType: "STANDARD",
      roleArn: role.roleArn,
      definitionString: definition,
      definitionSubstitutions: substitutions,
      encryptionConfiguration: {
        type: "CUSTOMER_MANAGED_KMS_KEY",
        kmsKeyId: props.workKey.keyArn,
        kmsDataKeyReusePeriodSeconds: 300,
      },
      loggingConfiguration: {
        level: "ERROR",
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      },
    });
    this.machine.node.addDependency(role);
    this.#publish();
    this.#alarms(props.topics);
  }

  /** A machine may call its own functions, in the versions that its executions were started with. */
  #role(definition: string, props: CareWorkflowProps): Role {
    const stack = Stack.of(this);
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("states.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": stack.account } },
      }),
    });
    role.addManagedPolicy(
      new ManagedPolicy(this, "Policy", {
        statements: [
          new PolicyStatement({
            sid: "CallFunctionVersions",
            actions: ["lambda:InvokeFunction"],
            // By the reference AWS decides on the function, by Lambda's guide on the version that is named.
            resources: placeholdersIn(definition).flatMap((placeholder) => {
              const name = functionName(machinePlaceholders[placeholder]);
              return [`function:${name}`, `function:${name}:*`].map((resource) =>
                arnOf(stack, "lambda", resource),
              );
            }),
          }),
          new PolicyStatement({
            sid: "UseWorkKey",
            actions: ["kms:Decrypt", "kms:GenerateDataKey"],
            resources: [props.workKey.keyArn],
          }),
        ],
      }),
    );
    role.addManagedPolicy(props.logDelivery);
    return role;
  }

  /** A changed machine gets a new version; the old one stays for the executions that run on it. */
  #publish(): void {
    const version = new CfnStateMachineVersion(this, "Version", {
      stateMachineArn: this.machine.attrArn,
      stateMachineRevisionId: this.machine.attrStateMachineRevisionId,
    });
    version.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    version.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    new CfnStateMachineAlias(this, "Live", {
      name: liveAlias,
      routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
  }

  #alarms(topics: AlarmTopics): void {
    const metric = (metricName: string, statistic: string) =>
      new Metric({
        namespace: "AWS/States",
        metricName,
        statistic,
        period: fiveMinutes,
        dimensionsMap: { StateMachineArn: this.machine.attrArn },
      });
    careAlarm(this, "Failed", topics, {
      alarm: "execution-failed",
      metric: metric("ExecutionsFailed", Stats.SUM),
    });
    careAlarm(this, "TimedOut", topics, {
      alarm: "execution-timed-out",
      metric: metric("ExecutionsTimedOut", Stats.SUM),
    });
    careAlarm(this, "Throttled", topics, {
      alarm: "execution-throttled",
      metric: metric("ExecutionThrottled", Stats.SUM),
    });
    // A machine hands over after 35 days or 1,500 events; one that is older has not.
    careAlarm(this, "TooOld", topics, {
      alarm: "execution-too-old",
      metric: metric("ExecutionTime", Stats.MAXIMUM),
      threshold: 37 * dayMs,
    });
  }
}
