import { Duration } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type AlarmTopics, careAlarm, oneMinute } from "./alarm.ts";

/** Where events go that could not be handled; one message is enough for an alarm. */
export class AlarmedQueue extends Construct {
  readonly queue: Queue;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly key: IKey; readonly topics: AlarmTopics },
  ) {
    super(scope, id);
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    careAlarm(this, "NotEmpty", props.topics, {
      alarm: "dead-letter-queue",
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: oneMinute }),
    });
  }
}
