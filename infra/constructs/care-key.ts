import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";

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
   * Lets services of AWS use the key for what they hand over to topics and queues under it. Without
   * conditions: EventBridge names no source when it asks a key, and a condition that a service does not
   * meet loses what it hands over without a word. Whose events are taken is said by topics and queues.
   */
  openTo(services: readonly string[]): void {
    for (const service of services)
      this.addToResourcePolicy(
        new PolicyStatement({
          sid: `For${service.replace(/[^a-z]/g, "")}`,
          principals: [new ServicePrincipal(service)],
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: ["*"],
        }),
      );
  }

  /** Lets the log service deliver the logs of state machines that are under this key. */
  openToLogDelivery(): void {
    const { region, account } = Stack.of(this);
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: "ForLogDelivery",
        principals: [new ServicePrincipal("delivery.logs.amazonaws.com")],
        actions: ["kms:Decrypt"],
        resources: ["*"],
        conditions: {
          StringEquals: {
            "kms:EncryptionContext:SourceArn": `arn:aws:logs:${region}:${account}:*`,
          },
        },
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
        actions: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
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
