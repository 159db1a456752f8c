import { RemovalPolicy, type Stack } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { CfnLoggingConfiguration, CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { StageConfig } from "../../config/stage-config.ts";

/** Samples of requests would show the paths of links to whoever opens the console: none are kept. */
const visible = (metricName: string) => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});

/** Before anything else sees a request: rates per address, and AWS's own lists of bad requests. */
export function addFirewall(stack: Stack, config: StageConfig, logKey: IKey): CfnWebACL {
  const firewall = new CfnWebACL(stack, "Firewall", {
    name: "throughcare",
    scope: "CLOUDFRONT",
    defaultAction: { allow: {} },
    visibilityConfig: visible("throughcare"),
    rules: [
      rateRule("requests-per-address", 0, config.firewall.requestsPerAddress),
      rateRule("referrals-per-address", 1, config.firewall.referralsPerAddress, [
        "/api/v1/intakes",
        "/start",
      ]),
      managedRules("AWSManagedRulesAmazonIpReputationList", 2),
      managedRules("AWSManagedRulesKnownBadInputsRuleSet", 3),
      // A referral with its questionnaires is larger than the 8 kB that this rule allows; the API has its own limit.
      managedRules("AWSManagedRulesCommonRuleSet", 4, ["SizeRestrictions_BODY"]),
    ],
  });
  const logs = new LogGroup(stack, "FirewallLogs", {
    logGroupName: "aws-waf-logs-throughcare",
    encryptionKey: logKey,
    retention: config.retention.logDays satisfies RetentionDays,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  new CfnLoggingConfiguration(stack, "FirewallLogging", {
    resourceArn: firewall.attrArn,
    logDestinationConfigs: [logs.logGroupArn],
    redactedFields: [
      { uriPath: {} },
      { queryString: {} },
      { singleHeader: { Name: "authorization" } },
      { singleHeader: { Name: "cookie" } },
      { singleHeader: { Name: "referer" } },
    ],
  });
  return firewall;
}

/**
 * How a path is read before it is compared: decoded as the origin decodes it, without `//`, `/./` and `/../`, in
 * small letters. `/%73tart` is `/start`.
 */
const asRead: CfnWebACL.TextTransformationProperty[] = [
  { priority: 0, type: "URL_DECODE" },
  { priority: 1, type: "NORMALIZE_PATH" },
  { priority: 2, type: "LOWERCASE" },
];

/** Blocks an address that sends more within five minutes, to some paths or to all. */
function rateRule(
  name: string,
  priority: number,
  limit: number,
  paths: readonly string[] = [],
): CfnWebACL.RuleProperty {
  const below = paths.map((path) => ({
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: "STARTS_WITH",
      searchString: path,
      textTransformations: asRead,
    },
  }));
  return {
    name,
    priority,
    action: { block: { customResponse: { responseCode: 429 } } },
    visibilityConfig: visible(name),
    statement: {
      rateBasedStatement: {
        limit,
        evaluationWindowSec: 300,
        aggregateKeyType: "IP",
        ...(below.length === 0
          ? {}
          : { scopeDownStatement: { orStatement: { statements: below } } }),
      },
    },
  };
}

function managedRules(
  name: string,
  priority: number,
  onlyCounted: readonly string[] = [],
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    visibilityConfig: visible(name),
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ruleActionOverrides: onlyCounted.map((rule) => ({
          name: rule,
          actionToUse: { count: {} },
        })),
      },
    },
  };
}
