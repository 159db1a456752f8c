import { type Breach, breach, p, set, without } from "./plant.ts";

export const messagingBreaches: readonly Breach[] = [
  breach(
    "mail-encrypted-or-not-sent",
    "messaging",
    "mail may leave in the clear",
    set("AWS::SES::ConfigurationSet", p("DeliveryOptions", "TlsPolicy"), "OPTIONAL"),
    "in the clear",
  ),
  breach(
    "mail-suppressed",
    "messaging",
    "complaints change nothing",
    set("AWS::SES::ConfigurationSet", p("SuppressionOptions", "SuppressedReasons"), ["BOUNCE"]),
    "goes on sending",
  ),
  breach(
    "mail-untracked",
    "messaging",
    "links are counted",
    set("AWS::SES::ConfigurationSet", p("TrackingOptions"), {
      CustomRedirectDomain: "click.example.org",
    }),
    "tracked",
  ),
  breach(
    "mail-reported",
    "messaging",
    "bounces are not reported",
    set("AWS::SES::ConfigurationSetEventDestination", p("EventDestination", "MatchingEventTypes"), [
      "delivery",
    ]),
    "not reported",
  ),
  breach(
    "mail-signed",
    "messaging",
    "mail is not signed",
    set("AWS::SES::EmailIdentity", p("DkimAttributes", "SigningEnabled"), false),
    "not signed",
  ),
  breach(
    "texts-opt-out",
    "messaging",
    "the provider answers STOP by itself",
    set("AWS::SMSVOICE::Pool", p("SelfManagedOptOutsEnabled"), false),
    "before crisis words",
  ),
  breach(
    "texts-opt-out",
    "messaging",
    "texts that people send are dropped",
    set("AWS::SMSVOICE::Pool", p("TwoWay", "Enabled"), false),
    "drops",
  ),
  breach(
    "texts-opt-out",
    "messaging",
    "a pool has no list",
    set("AWS::SMSVOICE::Pool", p("OptOutListName"), undefined),
    "no opt-out list",
  ),
  breach(
    "texts-reported",
    "messaging",
    "calls are not reported",
    set("AWS::SMSVOICE::ConfigurationSet", p("EventDestinations", 0, "MatchingEventTypes"), [
      "TEXT_ALL",
    ]),
    "not reported",
  ),
  breach(
    "texts-protected",
    "messaging",
    "texts go anywhere",
    set("AWS::SMSVOICE::ConfigurationSet", p("ProtectConfigurationId"), undefined),
    "anywhere",
  ),
  breach(
    "topic-encrypted",
    "messaging",
    "a topic is under AWS's key",
    set("AWS::SNS::Topic", p("KmsMasterKeyId"), undefined),
    "not under a key",
  ),
  breach(
    "topic-encrypted",
    "messaging",
    "topics take open connections",
    without("AWS::SNS::TopicPolicy"),
    "open connection",
  ),
  breach(
    "subscription-dead-letters",
    "workflow",
    "texts are lost when the function is down",
    set("AWS::SNS::Subscription", p("RedrivePolicy"), undefined),
    "loses it",
  ),
];
