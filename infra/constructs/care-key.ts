import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";

/** A customer managed key that rotates and outlives its stack: what it encrypted stays readable. */
export class CareKey extends Key {
  constructor(scope: Construct, id: string, description: string) {
    super(scope, id, {
      description,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      pendingWindow: Duration.days(30),
    });
  }
}
