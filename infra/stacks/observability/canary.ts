import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Duration, RemovalPolicy, type Stack } from "aws-cdk-lib";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { CfnCanary } from "aws-cdk-lib/aws-synthetics";
import type { StageConfig } from "../../config/stage-config.ts";
import { type AlarmTopics, careAlarm } from "../../constructs/alarm.ts";
import { asBucket } from "../../constructs/as-interface.ts";
import { logBucket } from "../../constructs/private-bucket.ts";
import { arnOf } from "../../names.ts";

const canaryName = "throughcare-intake";
const script = join(import.meta.dirname, "../../canary/walk-intake.cjs");

/** Walks a fictional participant through intake again and again, from outside. */
export function addCanary(
  stack: Stack,
  props: { readonly config: StageConfig; readonly topics: AlarmTopics; readonly key: IKey },
): void {
  const { canary } = props.config;
  const results = new Bucket(stack, "CanaryResults", {
    encryption: BucketEncryption.KMS,
    encryptionKey: props.key,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    serverAccessLogsBucket: asBucket(
      logBucket(stack, "CanaryAccessLogs", props.config.retention.logDays),
    ),
    serverAccessLogsPrefix: "canary/",
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    lifecycleRules: [
      { expiration: Duration.days(31), noncurrentVersionExpiration: Duration.days(7) },
    ],
  });
  const role = new Role(stack, "CanaryRole", {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
  });
  role.addManagedPolicy(
    new ManagedPolicy(stack, "CanaryPolicy", {
      statements: [
        new PolicyStatement({
          sid: "FindResults",
          actions: ["s3:GetBucketLocation"],
          resources: [results.bucketArn],
        }),
        new PolicyStatement({
          sid: "UseKey",
          actions: ["kms:GenerateDataKey", "kms:Decrypt"],
          resources: [props.key.keyArn],
        }),
        new PolicyStatement({
          sid: "WriteLogs",
          actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [arnOf(stack, "logs", `log-group:/aws/lambda/cwsyn-${canaryName}-*`)],
        }),
        new PolicyStatement({
          sid: "ReportSuccess",
          actions: ["cloudwatch:PutMetricData"],
          resources: ["*"],
          conditions: { StringEquals: { "cloudwatch:namespace": "CloudWatchSynthetics" } },
        }),
      ],
    }),
  );
  results.addToResourcePolicy(
    new PolicyStatement({
      sid: "KeepResults",
      principals: [role],
      actions: ["s3:PutObject"],
      resources: [results.arnForObjects("*")],
    }),
  );
  const made = new CfnCanary(stack, "Canary", {
    name: canaryName,
    // On Node 22: the runtimes before version 4 are on Node 20, which Lambda retires.
    runtimeVersion: "syn-nodejs-5.2",
    executionRoleArn: role.roleArn,
    artifactS3Location: results.s3UrlForObject(),
    artifactConfig: {
      s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: props.key.keyArn },
    },
    code: { handler: "index.handler", script: readFileSync(script, "utf8") },
    schedule: {
      expression: `rate(${canary.everyMinutes} minutes)`.replace("60 minutes", "1 hour"),
    },
    runConfig: {
      timeoutInSeconds: 60,
      environmentVariables: {
        ORIGIN: `https://${props.config.domainName}`,
        SITE_ID: canary.siteId,
        PROGRAM_ID: canary.programId,
      },
    },
    successRetentionPeriod: 31,
    failureRetentionPeriod: 31,
    startCanaryAfterCreation: true,
    provisionedResourceCleanup: "AUTOMATIC",
  });
  made.node.addDependency(role);
  careAlarm(stack, "CanaryFailed", props.topics, {
    alarm: "canary-failed",
    metric: new Metric({
      namespace: "CloudWatchSynthetics",
      metricName: "SuccessPercent",
      dimensionsMap: { CanaryName: canaryName },
      statistic: Stats.AVERAGE,
      period: Duration.minutes(canary.everyMinutes),
    }),
    threshold: 100,
    periods: 2,
    isSilence: true,
  });
}
