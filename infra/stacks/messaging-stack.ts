import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { StageConfig } from "../config/stage-config.ts";
import { type AlarmTopics, careAlarm, oneMinute } from "../constructs/alarm.ts";
import { CareKey } from "../constructs/care-key.ts";
import { letPublish } from "../constructs/let-publish.ts";
import { arnOf } from "../names.ts";
import { addEmail } from "./messaging/email.ts";
import { addTexts } from "./messaging/texts.ts";

export type MessagingStackProps = StackProps & {
  readonly config: StageConfig;
  /** False for a first deployment: what it made must be possible to delete when it fails. */
  readonly isProtected: boolean;
};

/** Mail, texts and calls: how they leave, what comes back, and who is told when care stops. */
export class MessagingStack extends Stack {
  readonly topics: AlarmTopics;
  /** Texts that people send. */
  readonly inboundTexts: Topic;
  /** Emails that people send. */
  readonly inboundMail: Topic;
  /** What the providers report about messages. */
  readonly deliveryReports: Topic;

  constructor(scope: Construct, id: string, props: MessagingStackProps) {
    super(scope, id, props);
    const { config, isProtected } = props;
    const key = new CareKey(this, "MessagingKey", "Throughcare: inbound texts, reports and alarms");
    key.openTo([
      "cloudwatch.amazonaws.com",
      "events.amazonaws.com",
      "ses.amazonaws.com",
      "sms-voice.amazonaws.com",
      "sns.amazonaws.com",
    ]);
    const undelivered = new Queue(this, "UndeliveredAlarms", {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const topic = (topicId: string) =>
      new Topic(this, topicId, { masterKey: key, enforceSSL: true });
    const alarmTopic = (topicId: string, address: string) => {
      const made = topic(topicId);
      made.addSubscription(new EmailSubscription(address, { deadLetterQueue: undelivered }));
      letPublish(made, "FromAlarms", "cloudwatch.amazonaws.com", {
        ArnLike: { "aws:SourceArn": arnOf(this, "cloudwatch", "alarm:*") },
      });
      return made;
    };
    this.topics = {
      care: alarmTopic("CareAlarms", config.alarmEmails.care),
      operations: alarmTopic("OperationsAlarms", config.alarmEmails.operations),
      security: alarmTopic("SecurityAlarms", config.alarmEmails.security),
    };
    careAlarm(this, "AlarmsUndelivered", this.topics, {
      alarm: "alarms-undelivered",
      metric: undelivered.metricApproximateNumberOfMessagesVisible({ period: oneMinute }),
    });
    this.inboundTexts = topic("InboundTexts");
    this.inboundMail = topic("InboundMail");
    this.deliveryReports = topic("DeliveryReports");
    // Where a rule is the publisher, as of failed backups.
    letPublish(this.topics.operations, "FromRules", "events.amazonaws.com", {
      ArnLike: { "aws:SourceArn": arnOf(this, "events", "rule/*") },
    });
    addEmail(this, config, { inbound: this.inboundMail, reports: this.deliveryReports });
    addTexts(this, {
      config,
      isProtected,
      topics: { inbound: this.inboundTexts, reports: this.deliveryReports },
    });
  }
}
