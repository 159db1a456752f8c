import { at, listOf } from "../rules/template.ts";
import { type CallContext, matchesPattern, meetsConditions } from "./conditions.ts";
import type { Placed, StageView } from "./stage-view.ts";

/** A service of AWS that hands something over, and the resource in whose name it does. */
export type Use = { readonly service: string; readonly source: string; readonly by: string };

/**
 * EventBridge tells a key nothing of the rule that it asks for
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
 */
const namesNoSourceToKeys = ["events.amazonaws.com"];

/**
 * Where a service of AWS could not do what a stage relies on: publish to a topic, keep what failed in a queue,
 * write to an encrypted log. Reads the policy of every topic, queue and key against whoever uses it.
 */
export function publisherFindings(view: StageView): readonly string[] {
  return [
    ...view.resources("AWS::SNS::Topic").flatMap((topic) => topicFindings(view, topic)),
    ...view.resources("AWS::SQS::Queue").flatMap((queue) => queueFindings(view, queue)),
    ...view.resources("AWS::Logs::LogGroup").flatMap((group) => logFindings(view, group)),
    ...view
      .resources("AWS::StepFunctions::StateMachine")
      .flatMap((machine) => machineFindings(view, machine)),
  ];
}

function topicFindings(view: StageView, topic: Placed): readonly string[] {
  const arn = view.arn(topic);
  const policies = policiesOn(view, "AWS::SNS::TopicPolicy", "Topics", arn);
  return topicUses(view, arn).flatMap((use) => [
    ...(allows(policies, use.service, "sns:Publish", arn, contextOf(view, use))
      ? []
      : [`${topic.logicalId}: ${use.service} may not publish (${use.by})`]),
    ...keyFindings(view, topic, "KmsMasterKeyId", use),
  ]);
}

/** Who publishes to a topic. */
export function topicUses(view: StageView, arn: string): readonly Use[] {
  const alarms = view
    .resources("AWS::CloudWatch::Alarm")
    .filter((alarm) =>
      ["AlarmActions", "OKActions", "InsufficientDataActions"].some((actions) =>
        listOf(view.read(alarm, actions)).includes(arn),
      ),
    );
  const rules = view
    .resources("AWS::Events::Rule")
    .filter((rule) => listOf(view.read(rule, "Targets")).some((one) => at(one, "Arn") === arn));
  const mail = view
    .resources("AWS::SES::ConfigurationSetEventDestination")
    .filter((one) => view.read(one, "EventDestination", "SnsDestination", "TopicARN") === arn);
  const writtenMail = view
    .resources("AWS::SES::ReceiptRule")
    .filter((one) =>
      listOf(view.read(one, "Rule", "Actions")).some(
        (action) => at(action, "SNSAction", "TopicArn") === arn,
      ),
    );
  const phones = [
    ...view
      .resources("AWS::SMSVOICE::Pool")
      .filter((pool) => view.read(pool, "TwoWay", "ChannelArn") === arn),
    ...view
      .resources("AWS::SMSVOICE::ConfigurationSet")
      .filter((set) =>
        listOf(view.read(set, "EventDestinations")).some(
          (one) => at(one, "SnsDestination", "TopicArn") === arn,
        ),
      ),
  ];
  return [
    ...uses(view, "cloudwatch.amazonaws.com", alarms),
    ...uses(view, "events.amazonaws.com", rules),
    ...uses(view, "ses.amazonaws.com", [...mail, ...writtenMail]),
    ...uses(view, "sms-voice.amazonaws.com", phones),
  ];
}

/** Who keeps in a queue what it could not deliver. */
export function queueUses(view: StageView, arn: string): readonly Use[] {
  const topics = view
    .resources("AWS::SNS::Subscription")
    .filter((one) => view.read(one, "RedrivePolicy", "deadLetterTargetArn") === arn);
  const rules = view
    .resources("AWS::Events::Rule")
    .filter((rule) =>
      listOf(view.read(rule, "Targets")).some((one) => at(one, "DeadLetterConfig", "Arn") === arn),
    );
  return [
    ...topics.map((one) => ({
      service: "sns.amazonaws.com",
      source: String(view.read(one, "TopicArn")),
      by: one.logicalId,
    })),
    ...uses(view, "events.amazonaws.com", rules),
  ];
}

function queueFindings(view: StageView, queue: Placed): readonly string[] {
  const arn = view.arn(queue);
  const policies = policiesOn(view, "AWS::SQS::QueuePolicy", "Queues", arn, queue.logicalId);
  return queueUses(view, arn).flatMap((use) => [
    ...(allows(policies, use.service, "sqs:SendMessage", arn, contextOf(view, use))
      ? []
      : [`${queue.logicalId}: ${use.service} may not send to it (${use.by})`]),
    ...keyFindings(view, queue, "KmsMasterKeyId", use),
  ]);
}

function logFindings(view: StageView, group: Placed): readonly string[] {
  const keyArn = view.read(group, "KmsKeyId");
  if (keyArn === undefined) return [];
  const service = `logs.${view.region}.amazonaws.com`;
  const context = { "kms:encryptioncontext:aws:logs:arn": [view.arn(group)] };
  const policies = keyPolicies(view, keyArn);
  return ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"]
    .filter((action) => !allows(policies, service, action, String(keyArn), context))
    .map((action) => `${group.logicalId}: its key does not let ${service} ${action}`);
}

/** A machine under a key that logs: what delivers the log must read what the machine encrypted. */
function machineFindings(view: StageView, machine: Placed): readonly string[] {
  const keyArn = view.read(machine, "EncryptionConfiguration", "KmsKeyId");
  const level = view.read(machine, "LoggingConfiguration", "Level");
  if (keyArn === undefined || level === undefined || level === "OFF") return [];
  const context = {
    "kms:encryptioncontext:sourcearn": [`arn:aws:logs:${view.region}:${view.account}:*`],
  };
  const service = "delivery.logs.amazonaws.com";
  return allows(keyPolicies(view, keyArn), service, "kms:Decrypt", String(keyArn), context)
    ? []
    : [`${machine.logicalId}: its key does not let ${service} deliver its log`];
}

function keyFindings(
  view: StageView,
  placed: Placed,
  property: string,
  use: Use,
): readonly string[] {
  const key = view.read(placed, property);
  if (key === undefined) return [];
  const context = namesNoSourceToKeys.includes(use.service) ? {} : contextOf(view, use);
  return ["kms:Decrypt", "kms:GenerateDataKey"]
    .filter((action) => !allows(keyPolicies(view, key), use.service, action, String(key), context))
    .map(
      (action) => `${placed.logicalId}: its key does not let ${use.service} ${action} (${use.by})`,
    );
}

function keyPolicies(view: StageView, key: unknown): readonly unknown[] {
  return view
    .resources("AWS::KMS::Key")
    .filter((placed) => isKey(view, placed, key))
    .map((placed) => view.read(placed, "KeyPolicy"));
}

/** Whether a resource names this key, by its ARN or its id. */
export function isKey(view: StageView, placed: Placed, named: unknown): boolean {
  return [view.arn(placed), placed.logicalId].includes(String(named));
}

function policiesOn(
  view: StageView,
  type: string,
  property: string,
  ...names: readonly string[]
): readonly unknown[] {
  return view
    .resources(type)
    .filter((placed) =>
      listOf(view.read(placed, property)).some((one) => names.includes(String(one))),
    )
    .map((placed) => view.read(placed, "PolicyDocument"));
}

function uses(view: StageView, service: string, placed: readonly Placed[]): readonly Use[] {
  return placed.map((one) => ({ service, source: view.arn(one), by: one.logicalId }));
}

function contextOf(view: StageView, { source }: Use): CallContext {
  return { "aws:sourceaccount": [view.account], "aws:sourcearn": [source] };
}

/** Whether a resource's own policies let a service do something, and none of them forbids it. */
function allows(
  policies: readonly unknown[],
  service: string,
  action: string,
  resource: string,
  known: CallContext,
): boolean {
  const context = { ...known, "aws:securetransport": ["true"] };
  const applying = policies
    .flatMap((policy) => listOf(at(policy, "Statement")))
    .filter(
      (statement) =>
        (at(statement, "Principal") === "*" ||
          at(statement, "Principal", "AWS") === "*" ||
          listOf(at(statement, "Principal", "Service")).includes(service)) &&
        listOf(at(statement, "Action")).some((one) => matchesPattern(String(one), action)) &&
        listOf(at(statement, "Resource")).some((one) => matchesPattern(String(one), resource)) &&
        meetsConditions(at(statement, "Condition"), context),
    );
  return (
    applying.some((statement) => at(statement, "Effect") === "Allow") &&
    applying.every((statement) => at(statement, "Effect") !== "Deny")
  );
}
