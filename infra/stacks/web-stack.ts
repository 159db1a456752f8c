import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import type { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import type { StageConfig } from "../config/stage-config.ts";
import { asBucket } from "../constructs/as-interface.ts";
import { CareFunction } from "../constructs/care-function.ts";
import { OriginCheck } from "../constructs/origin-check.ts";
import { logBucket } from "../constructs/private-bucket.ts";
import { originSecretVersion, secretValue } from "../names.ts";
import type { DataStack } from "./data-stack.ts";
import type { MessagingStack } from "./messaging-stack.ts";
import { addApi } from "./web/api.ts";
import { addDistribution } from "./web/distribution.ts";
import { addDistributionLogs } from "./web/distribution-logs.ts";
import { addFirewall } from "./web/firewall.ts";
import type { WebFunction } from "./web/routes.ts";
import { addSignIn } from "./web/sign-in.ts";
import { sharedByFunctions } from "./workflow-stack.ts";

export type WebStackProps = StackProps & {
  readonly config: StageConfig;
  readonly bundles: string;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
  /** False for a first deployment: what it made must be possible to delete when it fails. */
  readonly isProtected: boolean;
};

/**
 * What people open: pages, API, console, sign-in. The functions that answer HTTP are here and not in
 * `workflow`, because two of them must know the sign-in, which must know this host.
 */
export class WebStack extends Stack {
  readonly functions: Readonly<Record<WebFunction, CareFunction>>;
  readonly api: HttpApi;
  readonly distribution: Distribution;
  readonly firewall: CfnWebACL;

  constructor(scope: Construct, id: string, props: WebStackProps) {
    super(scope, id, props);
    const { config, data, messaging } = props;
    const signIn = addSignIn(this, config, props.isProtected);
    const shared = sharedByFunctions(props);
    const withSignIn = {
      ...shared,
      values: {
        ...shared.values,
        signIn: { issuer: signIn.issuer, clientId: signIn.client.userPoolClientId },
      },
    };
    this.functions = {
      "participant-site": new CareFunction(this, "participant-site", shared),
      "receive-intake": new CareFunction(this, "receive-intake", withSignIn),
      "staff-api": new CareFunction(this, "staff-api", withSignIn),
      "staff-site": new CareFunction(this, "staff-site", withSignIn),
    };
    this.api = addApi(this, {
      config,
      functions: this.functions,
      originCheck: new OriginCheck(this, "CheckOrigin", {
        config,
        originSecret: config.originSecretVersions
          .map((version) => `${version}:${secretValue(originSecretVersion(version))}`)
          .join(" "),
        workKey: data.workKey,
        logKey: data.logKey,
        topics: messaging.topics,
      }),
      logKey: data.logKey,
    });
    this.firewall = addFirewall(this, config, data.logKey);
    const consoleBucket = this.consoleBucket(config);
    this.distribution = addDistribution(this, {
      config,
      api: this.api,
      consoleBucket,
      firewall: this.firewall,
    });
    addDistributionLogs(this, { config, distribution: this.distribution, logKey: data.logKey });
    new CfnOutput(this, "DistributionHost", {
      description: "Point the host's DNS record here",
      value: this.distribution.distributionDomainName,
    });
    new CfnOutput(this, "ConsoleBucketName", {
      description: "Upload the console's build below console/",
      value: consoleBucket.bucketName,
    });
    new CfnOutput(this, "SignInIssuer", {
      description: "throughcare sign-in: --issuer",
      value: signIn.issuer,
    });
    new CfnOutput(this, "SignInClientId", {
      description: "throughcare sign-in: --client",
      value: signIn.client.userPoolClientId,
    });
    new CfnOutput(this, "StaffPoolId", {
      description: "Make the first staff account here",
      value: signIn.pool.userPoolId,
    });
  }

  /** Holds the console's program and nothing of anybody's. */
  private consoleBucket(config: StageConfig): Bucket {
    return new Bucket(this, "Console", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      serverAccessLogsBucket: asBucket(
        logBucket(this, "ConsoleAccessLogs", config.retention.logDays),
      ),
      serverAccessLogsPrefix: "console/",
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
