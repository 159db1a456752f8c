import { at, eachResource, listOf, type Rule, resourcesOf, text } from "./template.ts";

/** What the rule packs do not know of mail, texts and topics. */
export const messagingRules: readonly Rule[] = [
  eachResource(
    "mail-encrypted-or-not-sent",
    "Mail leaves over an encrypted connection or not at all.",
    ["AWS::SES::ConfigurationSet"],
    (set) => at(set, "DeliveryOptions", "TlsPolicy") !== "REQUIRE" && "may leave in the clear",
  ),
  eachResource(
    "mail-suppressed",
    "An address that bounced or complained gets no more mail from the provider.",
    ["AWS::SES::ConfigurationSet"],
    (set) => {
      const reasons = listOf(at(set, "SuppressionOptions", "SuppressedReasons"));
      return (
        !["BOUNCE", "COMPLAINT"].every((reason) => reasons.includes(reason)) && "goes on sending"
      );
    },
  ),
  eachResource(
    "mail-untracked",
    "No mail is tracked: a counted link would show a host that is not ours whom we write to.",
    ["AWS::SES::ConfigurationSet"],
    (set) =>
      (at(set, "TrackingOptions") !== undefined || at(set, "VdmOptions") !== undefined) &&
      "is tracked",
  ),
  {
    id: "mail-reported",
    statement: "What became of mail is reported: delivery, bounce, complaint, rejection.",
    find: (template) => {
      const destinations = resourcesOf(template, "AWS::SES::ConfigurationSetEventDestination").map(
        ([, { Properties }]) => Properties,
      );
      return resourcesOf(template, "AWS::SES::ConfigurationSet").flatMap(([logicalId, set]) => {
        const isReported = destinations.some((destination) => {
          const kinds = listOf(at(destination, "EventDestination", "MatchingEventTypes")).map(
            (kind) => String(kind).toLowerCase(),
          );
          return (
            at(destination, "ConfigurationSetName") === at(set.Properties, "Name") &&
            at(destination, "EventDestination", "Enabled") === true &&
            ["delivery", "bounce", "complaint", "reject"].every((kind) => kinds.includes(kind))
          );
        });
        return isReported ? [] : [{ logicalId, problem: "is not reported" }];
      });
    },
  },
  eachResource(
    "mail-signed",
    "Mail is signed with a key of 2048 bits.",
    ["AWS::SES::EmailIdentity"],
    (identity) =>
      (at(identity, "DkimAttributes", "SigningEnabled") !== true ||
        at(identity, "DkimSigningAttributes", "NextSigningKeyLength") !== "RSA_2048_BIT") &&
      "is not signed so",
  ),
  eachResource(
    "texts-opt-out",
    "A number pool has an opt-out list, hands every text over and leaves opting out to us.",
    ["AWS::SMSVOICE::Pool", "AWS::SMSVOICE::PhoneNumber"],
    (pool) => {
      if (at(pool, "OptOutListName") === undefined) return "has no opt-out list of its own";
      if (at(pool, "SelfManagedOptOutsEnabled") !== true)
        return "answers before crisis words are seen";
      if (at(pool, "TwoWay", "Enabled") !== true || at(pool, "TwoWay", "ChannelArn") === undefined)
        return "drops the texts that people send";
      return at(pool, "SharedRoutesEnabled") === true && "sends from numbers of others";
    },
  ),
  eachResource(
    "texts-reported",
    "What became of texts and calls is reported.",
    ["AWS::SMSVOICE::ConfigurationSet"],
    (set) => {
      const kinds = listOf(at(set, "EventDestinations"))
        .filter((destination) => at(destination, "Enabled") === true)
        .flatMap((destination) => listOf(at(destination, "MatchingEventTypes")));
      return !["TEXT_ALL", "VOICE_ALL"].every((kind) => kinds.includes(kind)) && "is not reported";
    },
  ),
  eachResource(
    "texts-protected",
    "Texts and calls are kept from countries where a mistyped number is dear.",
    ["AWS::SMSVOICE::ConfigurationSet"],
    (set) => at(set, "ProtectConfigurationId") === undefined && "go anywhere",
  ),
  eachResource(
    "topic-encrypted",
    "A topic is encrypted with a key of ours and takes nothing over an open connection.",
    ["AWS::SNS::Topic"],
    (topic, resource, template) => {
      if (at(topic, "KmsMasterKeyId") === undefined) return "not under a key of ours";
      const logicalId = Object.entries(template.Resources).find(
        ([, other]) => other === resource,
      )?.[0];
      const isClosed = resourcesOf(template, "AWS::SNS::TopicPolicy").some(
        ([, { Properties }]) =>
          text(at(Properties, "Topics")).includes(`"${logicalId}"`) &&
          text(Properties).includes('"aws:SecureTransport":"false"'),
      );
      return !isClosed && "takes what comes over an open connection";
    },
  ),
  eachResource(
    "subscription-dead-letters",
    "What a subscriber could not take is kept.",
    ["AWS::SNS::Subscription"],
    (subscription) =>
      at(subscription, "RedrivePolicy", "deadLetterTargetArn") === undefined && "loses it",
  ),
];
