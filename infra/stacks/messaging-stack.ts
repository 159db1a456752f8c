import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { StageConfig } from "../config/stage-config.ts";
import { type AlarmTopics, careAlarm, oneMinute } from "../constructs/alarm.ts";
import { CareKey } from "../constructs/care-key.ts";
import { arnOf } from "../names.ts";
import { addEmail } from "./messaging/email.ts";
import { addTexts } from "./messaging/texts.ts";

/** Mail, texts and calls: how they leave, what comes back, and who is told when care stops. */
export class MessagingStack extends Stack {
  readonly topics: AlarmTopics;
  /** Texts that people send. */
  readonly inboundTexts: Topic;
  /** What the providers report about messages. */
  readonly deliveryReports: Topic;

  constructor(scope: Construct, id: string, props: StackProps & { readonly config: StageConfig }) {
    super(scope, id, props);
    const { config } = props;
    const key = new CareKey(this, "MessagingKey", "Throughcare: inbound texts, reports and alarms");
    key.openTo([
      "cloudwatch.amazonaws.com",
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
      this.openToAlarms(made);
      made.addSubscription(new EmailSubscription(address, { deadLetterQueue: undelivered }));
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
    this.deliveryReports = topic("DeliveryReports");
    addEmail(this, config, this.deliveryReports);
    addTexts(this, config, { inbound: this.inboundTexts, reports: this.deliveryReports });
  }

  /** A topic with a policy of its own lets nobody publish whom that does not name, not even this account. */
  private openToAlarms(topic: Topic): void {
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "FromAlarms",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { "aws:SourceAccount": this.account },
          ArnLike: { "aws:SourceArn": arnOf(this, "cloudwatch", "alarm:*") },
        },
      }),
    );
  }
}
