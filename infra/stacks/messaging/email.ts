import type { Stack } from "aws-cdk-lib";
import {
  CfnConfigurationSet,
  CfnConfigurationSetEventDestination,
  CfnEmailIdentity,
  CfnReceiptRule,
  CfnReceiptRuleSet,
} from "aws-cdk-lib/aws-ses";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { mailDomains, type StageConfig } from "../../config/stage-config.ts";
import { letPublish } from "../../constructs/let-publish.ts";
import { emailConfigurationSet, emailReceiptRules } from "../../names.ts";

type MailTopics = {
  /** Takes what people write to the sites' addresses. */
  readonly inbound: Topic;
  readonly reports: Topic;
};

/** The domains of all sites: how their mail leaves, where SES reports what became of it, and where replies go. */
export function addEmail(stack: Stack, config: StageConfig, topics: MailTopics): void {
  const { reports } = topics;
  addReplies(stack, config, topics.inbound);
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

/**
 * What people write to any address of the sites' domains goes to `receive-email` whole. The words are kept nowhere on
 * their way: a topic carries them, and refuses more than 150 kB, which the provider tells the sender.
 * An account has one set of rules that is active; the guide says how this one becomes it.
 */
function addReplies(stack: Stack, config: StageConfig, inbound: Topic): void {
  const rules = new CfnReceiptRuleSet(stack, "EmailReceiptRules", {
    ruleSetName: emailReceiptRules,
  });
  const grant = letPublish(inbound, "MailOfPeople", "ses.amazonaws.com");
  const rule = new CfnReceiptRule(stack, "EmailReplies", {
    ruleSetName: emailReceiptRules,
    rule: {
      name: "replies",
      enabled: true,
      recipients: mailDomains(config).map(({ domain }) => domain),
      // Spam and viruses are looked for; what came of it is said with the mail.
      scanEnabled: true,
      tlsPolicy: "Optional",
      actions: [{ snsAction: { topicArn: inbound.topicArn, encoding: "Base64" } }],
    },
  });
  rule.addResourceDependency(rules);
  if (grant.policyDependable !== undefined) rule.node.addDependency(grant.policyDependable);
}
