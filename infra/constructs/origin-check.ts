import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Duration, RemovalPolicy, Tags } from "aws-cdk-lib";
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { StageConfig } from "../config/stage-config.ts";
import { functionLogGroup, functionName } from "../names.ts";
import { type AlarmTopics, careAlarm, fiveMinutes } from "./alarm.ts";
import { AlarmedQueue } from "./alarmed-queue.ts";

/** The few lines of `edge/check-origin.cjs` as the API's authorizer: no care, no tables, no bundle. */
export class OriginCheck extends Construct {
  readonly function: LambdaFunction;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly config: StageConfig;
      readonly originSecret: string;
      readonly workKey: IKey;
      readonly logKey: IKey;
      readonly topics: AlarmTopics;
    },
  ) {
    super(scope, id);
    const name = "check-origin";
    const deadLetters = new AlarmedQueue(this, "DeadLetters", {
      key: props.workKey,
      topics: props.topics,
    });
    const logGroup = new LogGroup(this, "Logs", {
      logGroupName: functionLogGroup(name),
      encryptionKey: props.logKey,
      retention: props.config.retention.logDays satisfies RetentionDays,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    });
    Tags.of(role).add("function", name);
    role.addManagedPolicy(
      new ManagedPolicy(this, "Policy", {
        statements: [
          new PolicyStatement({
            sid: "WriteOwnLogs",
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            resources: [`${logGroup.logGroupArn}`],
          }),
          new PolicyStatement({
            sid: "KeepFailedEvents",
            actions: ["sqs:SendMessage"],
            resources: [deadLetters.queue.queueArn],
          }),
          new PolicyStatement({
            sid: "UseWorkKey",
            actions: ["kms:Decrypt", "kms:GenerateDataKey"],
            resources: [props.workKey.keyArn],
          }),
        ],
      }),
    );
    this.function = new LambdaFunction(this, "Function", {
      functionName: functionName(name),
      description: "Lets requests through that come from the distribution",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromInline(
        readFileSync(join(import.meta.dirname, "../edge/check-origin.cjs"), "utf8"),
      ),
      memorySize: 128,
      timeout: Duration.seconds(3),
      environment: { ORIGIN_SECRET: props.originSecret },
      environmentEncryption: props.workKey,
      role: role.withoutPolicyUpdates(),
      logGroup,
      deadLetterQueue: deadLetters.queue,
    });
    this.function.node.addDependency(role);
    careAlarm(this, "Failing", props.topics, {
      alarm: "site-failing",
      metric: this.function.metricErrors({ period: fiveMinutes }),
    });
  }
}
