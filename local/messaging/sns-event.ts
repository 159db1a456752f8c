import { randomUUID } from "node:crypto";
import type { SNSEvent } from "aws-lambda";

/** Wraps one message as a topic hands it to a subscribed function. `timestamp` is RFC 3339. */
export function snsEvent(topicName: string, message: unknown, timestamp: string): SNSEvent {
  const topicArn = `arn:aws:sns:us-east-1:000000000000:${topicName}`;
  return {
    Records: [
      {
        EventVersion: "1.0",
        EventSubscriptionArn: `${topicArn}:${randomUUID()}`,
        EventSource: "aws:sns",
        Sns: {
          SignatureVersion: "1",
          Timestamp: timestamp,
          Signature: "local",
          SigningCertUrl: "http://127.0.0.1/local.pem",
          MessageId: randomUUID(),
          Message: JSON.stringify(message),
          MessageAttributes: {},
          Type: "Notification",
          UnsubscribeUrl: "http://127.0.0.1/unsubscribe",
          TopicArn: topicArn,
        },
      },
    ],
  };
}
