import { Aws } from "aws-cdk-lib";
import {
  type AddToResourcePolicyResult,
  type Conditions,
  PolicyStatement,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";
import type { ITopic } from "aws-cdk-lib/aws-sns";

/**
 * Lets a service of AWS publish to a topic, in the name of this account only. A topic that refuses open
 * connections has a policy of its own, which takes the place of the one that let the account's services in.
 */
export function letPublish(
  topic: ITopic,
  sid: string,
  service: string,
  conditions: Conditions = {},
): AddToResourcePolicyResult {
  return topic.addToResourcePolicy(
    new PolicyStatement({
      sid,
      principals: [new ServicePrincipal(service)],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { ...conditions, StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
}
