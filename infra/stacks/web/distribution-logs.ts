import { Aws, RemovalPolicy, type Stack } from "aws-cdk-lib";
import type { Distribution } from "aws-cdk-lib/aws-cloudfront";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  CfnDelivery,
  CfnDeliveryDestination,
  CfnDeliverySource,
  CfnResourcePolicy,
  LogGroup,
  type RetentionDays,
} from "aws-cdk-lib/aws-logs";
import type { StageConfig } from "../../config/stage-config.ts";

/** What is kept of a request to the distribution: when, how it went, how long; never which path. */
export const keptFields = [
  "date",
  "time",
  "x-edge-location",
  "cs-method",
  "sc-status",
  "x-edge-result-type",
  "x-edge-request-id",
  "cs-protocol",
  "time-taken",
  "ssl-protocol",
  "x-edge-detailed-result-type",
] as const;

/**
 * Access logs whose fields can be chosen. The older kind of log always holds the path, and the path of a
 * link opens somebody's form.
 */
export function addDistributionLogs(
  stack: Stack,
  props: {
    readonly config: StageConfig;
    readonly distribution: Distribution;
    readonly logKey: IKey;
  },
): void {
  const group = new LogGroup(stack, "DistributionLogs", {
    logGroupName: "/aws/vendedlogs/throughcare/distribution",
    encryptionKey: props.logKey,
    retention: props.config.retention.logDays satisfies RetentionDays,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const policy = new CfnResourcePolicy(stack, "DistributionLogsPolicy", {
    policyName: "throughcare-distribution-logs",
    policyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `arn:aws:logs:${stack.region}:${Aws.ACCOUNT_ID}:log-group:/aws/vendedlogs/throughcare/distribution:log-stream:*`,
          Condition: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
        },
      ],
    }),
  });
  const source = new CfnDeliverySource(stack, "DistributionLogSource", {
    name: "throughcare-distribution",
    logType: "ACCESS_LOGS",
    resourceArn: `arn:aws:cloudfront::${Aws.ACCOUNT_ID}:distribution/${props.distribution.distributionId}`,
  });
  const destination = new CfnDeliveryDestination(stack, "DistributionLogDestination", {
    name: "throughcare-distribution",
    destinationResourceArn: group.logGroupArn,
    outputFormat: "json",
  });
  const delivery = new CfnDelivery(stack, "DistributionLogDelivery", {
    deliverySourceName: source.name,
    deliveryDestinationArn: destination.attrArn,
    recordFields: [...keptFields],
  });
  delivery.addResourceDependency(source);
  delivery.addResourceDependency(policy);
}
