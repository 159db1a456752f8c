import type { Stack } from "aws-cdk-lib";
import {
  CfnConfigurationSet,
  CfnConfigurationSetEventDestination,
  CfnEmailIdentity,
} from "aws-cdk-lib/aws-ses";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { mailDomains, type StageConfig } from "../../config/stage-config.ts";
import { letPublish } from "../../constructs/let-publish.ts";
import { emailConfigurationSet } from "../../names.ts";

/** The sending domains of all sites, how their mail leaves, and where SES reports what became of it. */
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
  for (const { siteId, domain } of mailDomains(config)) {
    const identity = new CfnEmailIdentity(stack, `EmailIdentity-${siteId}`, {
      emailIdentity: domain,
      dkimAttributes: { signingEnabled: true },
      dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
      mailFromAttributes: {
        mailFromDomain: `bounce.${domain}`,
        behaviorOnMxFailure: "USE_DEFAULT_VALUE",
      },
      feedbackAttributes: { emailForwardingEnabled: false },
      configurationSetAttributes: { configurationSetName: emailConfigurationSet },
    });
    identity.addResourceDependency(configurationSet);
  }
  const grant = letPublish(reports, "ReportsOfMail", "ses.amazonaws.com");
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
