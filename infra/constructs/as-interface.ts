import type { Bucket, IBucket } from "aws-cdk-lib/aws-s3";

/**
 * The same bucket under the interface that CDK's properties ask for. CDK writes optional properties of a
 * class as "or undefined" and those of its interface as optional, which exact optional properties tell apart.
 */
export function asBucket(bucket: Bucket): IBucket {
  return bucket as IBucket;
}
