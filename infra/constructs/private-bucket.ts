import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/** A bucket for access logs: private, versioned, emptied after a while, kept when its stack goes. */
export function logBucket(scope: Construct, id: string, keepDays: number): Bucket {
  return new Bucket(scope, id, {
    // Servers that write access logs to S3 take no other encryption.
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    lifecycleRules: [
      { expiration: Duration.days(keepDays), noncurrentVersionExpiration: Duration.days(30) },
    ],
  });
}
