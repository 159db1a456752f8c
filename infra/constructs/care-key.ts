import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";

const eventBridge = "events.amazonaws.com";

/** A customer managed key that rotates and outlives its stack: what it encrypted stays readable. */
export class CareKey extends Key {
  constructor(scope: Construct, id: string, description: string) {
    super(scope, id, {
      description,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      pendingWindow: Duration.days(30),
    });
  }

  /**
   * Lets services of AWS use the key for what belongs to this account. EventBridge asks for the key without
   * saying for whom, so its statement has no condition: what it may send to which queue is for that queue's policy.
   */
  openTo(services: readonly string[]): void {
    for (const service of services)
      this.addToResourcePolicy(
        new PolicyStatement({
          sid: `For${service.replace(/[^a-z]/g, "")}`,
          principals: [new ServicePrincipal(service)],
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: ["*"],
          ...(service === eventBridge
            ? {}
            : {
                conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
              }),
        }),
      );
  }

  /** Lets the log service use the key for this system's log groups. */
  openToLogs(): void {
    const { region, account } = Stack.of(this);
    const groups = ["/throughcare/*", "/aws/vendedlogs/*", "aws-waf-logs-throughcare*"];
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: "ForLogs",
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:DescribeKey",
        ],
        resources: ["*"],
        conditions: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": groups.map(
              (group) => `arn:aws:logs:${region}:${account}:log-group:${group}`,
            ),
          },
        },
      }),
    );
  }
}
