import type { Stack } from "aws-cdk-lib";
import {
  CfnConfigurationSet,
  CfnOptOutList,
  CfnPool,
  CfnProtectConfiguration,
} from "aws-cdk-lib/aws-smsvoice";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { numbersFor, type PhoneNumber, type StageConfig } from "../../config/stage-config.ts";
import { letPublish } from "../../constructs/let-publish.ts";
import {
  arnOf,
  participantOptOutList,
  staffOptOutList,
  textConfigurationSet,
} from "../../names.ts";

/** Words that stop texts beyond those that AWS itself reacts to; `receive-sms` acts on each of them. */
export const extraStopWords = ["REVOKE", "OPT OUT", "ALTO", "PARAR", "CANCELAR"] as const;

/** Numbers that begin with +1 as those of the United States do, and cost many times as much to reach. */
const dearCountries = [
  "AG",
  "AI",
  "BB",
  "BM",
  "BS",
  "DM",
  "DO",
  "GD",
  "JM",
  "KN",
  "KY",
  "LC",
  "MS",
  "SX",
  "TC",
  "TT",
  "VC",
  "VG",
];

/**
 * Opt-out lists, keywords and reports of texts and calls, and the pool of each number. The numbers themselves
 * are bought and registered beforehand, which takes weeks and a form; here they get their settings, through
 * their pools. All settings of a pool must be those of each of its numbers, so every number has its own.
 */
export function addTexts(
  stack: Stack,
  props: {
    readonly config: StageConfig;
    readonly isProtected: boolean;
    readonly topics: { readonly inbound: Topic; readonly reports: Topic };
  },
): void {
  const { config, isProtected, topics } = props;
  for (const topic of [topics.inbound, topics.reports])
    letPublish(topic, "FromPhones", "sms-voice.amazonaws.com");
  const protection = new CfnProtectConfiguration(stack, "Protection", {
    deletionProtectionEnabled: isProtected,
    countryRuleSet: {
      sms: countryRules(),
      voice: countryRules(),
      mms: countryRules(),
    },
  });
  const reports = new CfnConfigurationSet(stack, "TextConfigurationSet", {
    configurationSetName: textConfigurationSet,
    protectConfigurationId: protection.attrProtectConfigurationId,
    eventDestinations: [
      {
        eventDestinationName: "record-delivery",
        enabled: true,
        matchingEventTypes: ["TEXT_ALL", "VOICE_ALL"],
        snsDestination: { topicArn: topics.reports.topicArn },
      },
    ],
  });
  reports.node.addDependency(topics.reports);
  const participants = new CfnOptOutList(stack, "ParticipantOptOuts", {
    optOutListName: participantOptOutList,
  });
  for (const number of numbersFor(config, "participants"))
    numberPool(stack, `ParticipantNumber-${number.siteId}`, {
      number,
      isProtected,
      list: participants,
      inbound: topics.inbound,
      stopWords: extraStopWords,
    });
  // Pages leave from numbers and a list of their own: no participant's STOP can ever hold one back.
  const staff = new CfnOptOutList(stack, "StaffOptOuts", { optOutListName: staffOptOutList });
  for (const number of numbersFor(config, "staffPages"))
    numberPool(stack, `StaffNumber-${number.siteId}`, {
      number,
      isProtected,
      list: staff,
      inbound: topics.inbound,
      // A STOP from a staff phone changes nothing; it opens a task.
      stopWords: [],
    });
}

/**
 * Opt-outs are self-managed: every text reaches `receive-sms`, which screens it for crisis words before
 * anything else, stops at once and keeps the provider's list as a second barrier.
 */
function numberPool(
  stack: Stack,
  id: string,
  props: {
    readonly number: PhoneNumber;
    readonly isProtected: boolean;
    readonly list: CfnOptOutList;
    readonly inbound: Topic;
    readonly stopWords: readonly string[];
  },
): void {
  const pool = new CfnPool(stack, id, {
    originationIdentities: [
      arnOf(stack, "sms-voice", `phone-number/${props.number.phoneNumberId}`),
    ],
    optOutListName: props.list.ref,
    selfManagedOptOutsEnabled: true,
    sharedRoutesEnabled: false,
    deletionProtectionEnabled: props.isProtected,
    twoWay: { enabled: true, channelArn: props.inbound.topicArn },
    mandatoryKeywords: {
      help: { message: "Reply STOP to end these texts. For help, call the number on your papers." },
      stop: { message: "You will get no more texts from this number." },
    },
    optionalKeywords: props.stopWords.map((keyword) => ({
      keyword,
      action: "OPT_OUT",
      message: "You will get no more texts from this number.",
    })),
  });
  pool.node.addDependency(props.inbound);
}

function countryRules() {
  return [
    { countryCode: "US", protectStatus: "ALLOW" },
    ...dearCountries.map((countryCode) => ({ countryCode, protectStatus: "BLOCK" })),
  ];
}
