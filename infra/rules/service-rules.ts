import {
  at,
  isRecord,
  type Located,
  listOf,
  type Rule,
  referredTo,
  resourcesOf,
  type Template,
  text,
} from "./template.ts";

/** A service of AWS that hands something to a topic in its own name. */
type Use = { readonly service: string; readonly of: Located };

/** Types of resources, the service that acts for them, and what they name for it to act on. */
type Named = readonly {
  readonly type: string;
  readonly service: string;
  readonly named: (properties: unknown) => readonly unknown[];
}[];

const logService = "logs.us-east-1.amazonaws.com";
const alarms = "cloudwatch.amazonaws.com";
const rules = "events.amazonaws.com";
const mail = "ses.amazonaws.com";
const phones = "sms-voice.amazonaws.com";
const budgets = "budgets.amazonaws.com";

/** Where the resources of a type name topics that a service then publishes to. */
const publishers: Named = [
  {
    type: "AWS::CloudWatch::Alarm",
    service: alarms,
    named: (alarm) =>
      ["AlarmActions", "OKActions", "InsufficientDataActions"].flatMap((kind) =>
        listOf(at(alarm, kind)),
      ),
  },
  {
    type: "AWS::Events::Rule",
    service: rules,
    named: (rule) => listOf(at(rule, "Targets")).map((target) => at(target, "Arn")),
  },
  {
    type: "AWS::SES::ConfigurationSetEventDestination",
    service: mail,
    named: (reports) => [at(reports, "EventDestination", "SnsDestination", "TopicARN")],
  },
  {
    type: "AWS::SMSVOICE::ConfigurationSet",
    service: phones,
    named: (set) =>
      listOf(at(set, "EventDestinations")).map((one) => at(one, "SnsDestination", "TopicArn")),
  },
  {
    type: "AWS::SMSVOICE::Pool",
    service: phones,
    named: (pool) => [at(pool, "TwoWay", "ChannelArn")],
  },
  {
    type: "AWS::Budgets::Budget",
    service: budgets,
    named: (budget) =>
      listOf(at(budget, "NotificationsWithSubscribers"))
        .flatMap((notification) => listOf(at(notification, "Subscribers")))
        .map((subscriber) => at(subscriber, "Address")),
  },
];

/** Where a service keeps what it could not deliver. */
const senders: Named = [
  {
    type: "AWS::SNS::Subscription",
    service: "sns.amazonaws.com",
    named: (subscription) => [at(subscription, "RedrivePolicy", "deadLetterTargetArn")],
  },
  {
    type: "AWS::Events::Rule",
    service: rules,
    named: (rule) =>
      listOf(at(rule, "Targets")).map((target) => at(target, "DeadLetterConfig", "Arn")),
  },
];

function usesOf(kind: string, by: Named, all: readonly Template[]): readonly Use[] {
  return all.flatMap((template) =>
    by.flatMap(({ type, service, named }) =>
      resourcesOf(template, type).flatMap(([, { Properties }]) =>
        named(Properties).flatMap((value) => {
          const of = referredTo(value, template, all);
          return of?.resource.Type === kind ? [{ service, of }] : [];
        }),
      ),
    ),
  );
}

const usesOfTopics = (all: readonly Template[]) => usesOf("AWS::SNS::Topic", publishers, all);
const usesOfQueues = (all: readonly Template[]) => usesOf("AWS::SQS::Queue", senders, all);

/** The statements that let a service do something, in policies of a type that are about one resource. */
function allowing(
  template: Template,
  policies: { readonly type: string; readonly about: string },
  logicalId: string,
  wanted: { readonly service: string; readonly action: string },
): readonly unknown[] {
  return resourcesOf(template, policies.type)
    .filter(([, { Properties }]) => text(at(Properties, policies.about)).includes(`"${logicalId}"`))
    .flatMap(([, { Properties }]) => statementsFor(at(Properties, "PolicyDocument"), wanted));
}

/** The statements of a policy that let a service do something. */
function statementsFor(
  policy: unknown,
  wanted: { readonly service: string; readonly action: string },
): readonly unknown[] {
  return listOf(at(policy, "Statement")).filter(
    (statement) =>
      isRecord(statement) &&
      statement.Effect === "Allow" &&
      listOf(at(statement, "Principal", "Service")).includes(wanted.service) &&
      listOf(statement.Action)
        .map((action) => String(action).toLowerCase())
        .some((action) => covers(action, wanted.action.toLowerCase())),
  );
}

function covers(pattern: string, action: string): boolean {
  return pattern.endsWith("*") ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
}

/** A rule that a policy of each resource of a kind lets in every service that is set up to use it. */
function openToUsers(
  id: string,
  statement: string,
  kind: string,
  policies: { readonly type: string; readonly about: string; readonly action: string },
  uses: (all: readonly Template[]) => readonly Use[],
): Rule {
  return {
    id,
    statement,
    find: (template, all) => {
      const known = uses(all);
      return resourcesOf(template, kind).flatMap(([logicalId]) => {
        const shutOut = servicesOf(known, template, logicalId).filter(
          (service) =>
            allowing(template, policies, logicalId, { service, action: policies.action }).length ===
            0,
        );
        return shutOut.length > 0
          ? [{ logicalId, problem: `shuts out ${shutOut.join(", ")}` }]
          : [];
      });
    },
  };
}

function servicesOf(uses: readonly Use[], template: Template, logicalId: string) {
  const services = uses
    .filter(({ of }) => of.template === template && of.logicalId === logicalId)
    .map(({ service }) => service);
  return [...new Set(services)];
}

/** Everything that a service encrypts or reads with a key: what it is handed, and what it hands on. */
function usesOfKeys(all: readonly Template[]): readonly Use[] {
  const handedOver = [...usesOfTopics(all), ...usesOfQueues(all)].flatMap(({ service, of }) => {
    const key = referredTo(at(of.resource.Properties, "KmsMasterKeyId"), of.template, all);
    return key === undefined ? [] : [{ service, of: key }];
  });
  const logs = all.flatMap((template) =>
    resourcesOf(template, "AWS::Logs::LogGroup").flatMap(([, { Properties }]) => {
      const key = referredTo(at(Properties, "KmsKeyId"), template, all);
      return key === undefined ? [] : [{ service: logService, of: key }];
    }),
  );
  return [...handedOver, ...logs];
}

/** EventBridge says neither account nor rule when it asks for a key. */
function asksForSource(statement: unknown): boolean {
  return /"aws:source(account|arn|orgid)"/i.test(text(at(statement, "Condition")));
}

function keyProblem(key: unknown, services: readonly string[]): string | undefined {
  const policy = at(key, "KeyPolicy");
  for (const service of services) {
    for (const action of ["kms:Decrypt", "kms:GenerateDataKey"]) {
      const found = statementsFor(policy, { service, action });
      if (found.length === 0) return `shuts out ${service}`;
      if (service === rules && found.every(asksForSource))
        return `asks ${service} for what it never says`;
    }
  }
  const open = listOf(at(policy, "Statement")).flatMap((statement) =>
    listOf(at(statement, "Principal", "Service")),
  );
  const idle = open.filter((service) => !services.includes(String(service)));
  return idle.length > 0 ? `is open to ${idle.join(", ")}, which has no use for it` : undefined;
}

/** What services do in their own name is allowed by the policies of what they do it to. */
export const serviceRules: readonly Rule[] = [
  openToUsers(
    "topic-open-to-publishers",
    "A topic's policy lets every service publish that is set up to: a policy that leaves one out replaces the default, which let all of the account.",
    "AWS::SNS::Topic",
    { type: "AWS::SNS::TopicPolicy", about: "Topics", action: "sns:Publish" },
    usesOfTopics,
  ),
  openToUsers(
    "queue-open-to-senders",
    "A queue's policy lets every service in that keeps there what it could not deliver.",
    "AWS::SQS::Queue",
    { type: "AWS::SQS::QueuePolicy", about: "Queues", action: "sqs:SendMessage" },
    usesOfQueues,
  ),
  {
    id: "key-open-to-users",
    statement:
      "A key's policy lets in every service that writes to a topic, queue or log under it, and no other.",
    find: (template, all) => {
      const uses = usesOfKeys(all);
      return resourcesOf(template, "AWS::KMS::Key").flatMap(([logicalId, { Properties }]) => {
        const problem = keyProblem(Properties, servicesOf(uses, template, logicalId));
        return problem === undefined ? [] : [{ logicalId, problem }];
      });
    },
  },
  {
    id: "log-key-knows-group",
    statement: "The key of a log group lets the log service use it for the group's name.",
    find: (template, all) =>
      resourcesOf(template, "AWS::Logs::LogGroup").flatMap(([logicalId, { Properties }]) => {
        const key = referredTo(at(Properties, "KmsKeyId"), template, all);
        const name = String(at(Properties, "LogGroupName"));
        if (key === undefined) return [];
        const known = statementsFor(at(key.resource.Properties, "KeyPolicy"), {
          service: logService,
          action: "kms:Encrypt",
        }).flatMap((statement) =>
          listOf(at(statement, "Condition", "ArnLike", "kms:EncryptionContext:aws:logs:arn")),
        );
        const patterns = known.map((arn) => /:log-group:([^"]*)/.exec(text(arn))?.[1] ?? "");
        const isKnown = patterns.some((pattern) => covers(pattern, name));
        return isKnown ? [] : [{ logicalId, problem: `is not known to its key by ${name}` }];
      }),
  },
];
