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

const alarms = "cloudwatch.amazonaws.com";
const rules = "events.amazonaws.com";
const mail = "ses.amazonaws.com";
const phones = "sms-voice.amazonaws.com";
const budgets = "budgets.amazonaws.com";

/** Where the resources of a type name topics that a service then publishes to. */
const publishers: readonly {
  readonly type: string;
  readonly service: string;
  readonly topics: (properties: unknown) => readonly unknown[];
}[] = [
  {
    type: "AWS::CloudWatch::Alarm",
    service: alarms,
    topics: (alarm) =>
      ["AlarmActions", "OKActions", "InsufficientDataActions"].flatMap((kind) =>
        listOf(at(alarm, kind)),
      ),
  },
  {
    type: "AWS::Events::Rule",
    service: rules,
    topics: (rule) => listOf(at(rule, "Targets")).map((target) => at(target, "Arn")),
  },
  {
    type: "AWS::SES::ConfigurationSetEventDestination",
    service: mail,
    topics: (reports) => [at(reports, "EventDestination", "SnsDestination", "TopicARN")],
  },
  {
    type: "AWS::SMSVOICE::ConfigurationSet",
    service: phones,
    topics: (set) =>
      listOf(at(set, "EventDestinations")).map((one) => at(one, "SnsDestination", "TopicArn")),
  },
  {
    type: "AWS::SMSVOICE::Pool",
    service: phones,
    topics: (pool) => [at(pool, "TwoWay", "ChannelArn")],
  },
  {
    type: "AWS::Budgets::Budget",
    service: budgets,
    topics: (budget) =>
      listOf(at(budget, "NotificationsWithSubscribers"))
        .flatMap((notification) => listOf(at(notification, "Subscribers")))
        .map((subscriber) => at(subscriber, "Address")),
  },
];

function usesOfTopics(all: readonly Template[]): readonly Use[] {
  return all.flatMap((template) =>
    publishers.flatMap(({ type, service, topics }) =>
      resourcesOf(template, type).flatMap(([, { Properties }]) =>
        topics(Properties).flatMap((value) => {
          const of = referredTo(value, template, all);
          return of?.resource.Type === "AWS::SNS::Topic" ? [{ service, of }] : [];
        }),
      ),
    ),
  );
}

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

/** What services do in their own name is allowed by the policies of what they do it to. */
export const serviceRules: readonly Rule[] = [
  {
    id: "topic-open-to-publishers",
    statement:
      "A topic's policy lets every service publish that is set up to: a policy that leaves one out replaces the default, which let all of the account.",
    find: (template, all) => {
      const uses = usesOfTopics(all);
      return resourcesOf(template, "AWS::SNS::Topic").flatMap(([logicalId]) => {
        const services = uses.filter(
          ({ of }) => of.template === template && of.logicalId === logicalId,
        );
        const shutOut = [...new Set(services.map(({ service }) => service))].filter(
          (service) =>
            allowing(template, { type: "AWS::SNS::TopicPolicy", about: "Topics" }, logicalId, {
              service,
              action: "sns:Publish",
            }).length === 0,
        );
        return shutOut.length > 0
          ? [{ logicalId, problem: `shuts out ${shutOut.join(", ")}` }]
          : [];
      });
    },
  },
];
