import type { Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  CfnConfigurationSet,
  CfnConfigurationSetEventDestination,
  CfnEmailIdentity,
} from "aws-cdk-lib/aws-ses";
import type { Topic } from "aws-cdk-lib/aws-sns";
import type { StageConfig } from "../../config/stage-config.ts";
import { emailConfigurationSet } from "../../names.ts";

/** The sending domain, how its mail leaves, and where SES reports what became of it. */
export function addEmail(stack: Stack, config: StageConfig, reports: Topic): void {
  const configurationSet = new CfnConfigurationSet(stack, "EmailConfigurationSet", {
    name: emailConfigurationSet,
    // Mail that cannot go encrypted does not go.
    deliveryOptions: { tlsPolicy: "REQUIRE" },
    suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
    reputationOptions: { reputationMetricsEnabled: true },
    sendingOptions: { sendingEnabled: true },
    // No tracking options: a counted link would pass through a host that is not ours.
  });
  const identity = new CfnEmailIdentity(stack, "EmailIdentity", {
    emailIdentity: config.email.domainName,
    dkimAttributes: { signingEnabled: true },
    dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
    mailFromAttributes: {
      mailFromDomain: `bounce.${config.email.domainName}`,
      behaviorOnMxFailure: "USE_DEFAULT_VALUE",
    },
    feedbackAttributes: { emailForwardingEnabled: false },
    configurationSetAttributes: { configurationSetName: emailConfigurationSet },
  });
  identity.addResourceDependency(configurationSet);
  const grant = reports.addToResourcePolicy(
    new PolicyStatement({
      sid: "ReportsOfMail",
      principals: [new ServicePrincipal("ses.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [reports.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": stack.account } },
    }),
  );
  const destination = new CfnConfigurationSetEventDestination(stack, "EmailReports", {
    configurationSetName: emailConfigurationSet,
    eventDestination: {
      name: "record-delivery",
      enabled: true,
      matchingEventTypes: [
        "send",
        "delivery",
        "bounce",
        "complaint",
        "reject",
        "renderingFailure",
        "deliveryDelay",
      ],
      snsDestination: { topicArn: reports.topicArn },
    },
  });
  destination.addResourceDependency(configurationSet);
  if (grant.policyDependable !== undefined) destination.node.addDependency(grant.policyDependable);
}
