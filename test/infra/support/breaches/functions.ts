import {
  auditTable,
  type Breach,
  breach,
  made,
  p,
  policy,
  set,
  setWhere,
  without,
  withResource,
  write,
} from "./plant.ts";

export const functionsBreaches: readonly Breach[] = [
  breach(
    "function-runtime",
    "workflow",
    "a function runs on an old Node",
    set(made, p("Runtime"), "nodejs20.x"),
    "another runtime",
  ),
  breach(
    "function-runtime",
    "web",
    "a function may run for a quarter of an hour",
    set(made, p("Timeout"), 900),
    "too long",
  ),
  breach(
    "function-dead-letters",
    "workflow",
    "a function loses events",
    set(made, p("DeadLetterConfig"), undefined),
    "loses it",
  ),
  breach(
    "function-environment-closed",
    "workflow",
    "a secret stands in the template",
    set(made, p("Environment", "Variables", "LINK_SECRET"), "0123456789abcdef0123456789abcdef"),
    "LINK_SECRET",
  ),
  breach(
    "function-environment-closed",
    "workflow",
    "an old version of a secret stands in the template",
    set(
      made,
      p("Environment", "Variables", "LINK_SECRET"),
      "2:{{resolve:secretsmanager:throughcare/link-secret-2:SecretString}} 1:0123456789abcdef0123456789abcdef",
    ),
    "LINK_SECRET",
  ),
  breach(
    "function-environment-closed",
    "workflow",
    "a phone number stands in the environment",
    set(made, p("Environment", "Variables", "TEST_PHONE"), "+1 202 555 0143"),
    "somebody's contact",
  ),
  breach(
    "function-environment-closed",
    "web",
    "the environment is under AWS's key",
    set(made, p("KmsKeyArn"), undefined),
    "AWS's own key",
  ),
  breach(
    "send-limited",
    "workflow",
    "sends share the account's copies",
    setWhere(made, '"throughcare-send-message"', p("ReservedConcurrentExecutions"), undefined),
    "shares",
  ),
  breach(
    "role-of-its-own",
    "workflow",
    "two functions share a role",
    (template) => {
      const functions = Object.values(template.Resources).filter(({ Type }) => Type === made);
      write(functions[1], p("Role"), functions[0]?.Properties?.Role);
      return template;
    },
    "has the role of",
  ),
  breach(
    "no-wildcard-action",
    "workflow",
    "a role may do everything with tables",
    policy("dynamodb:*", auditTable),
    "dynamodb:*",
  ),
  breach(
    "no-wildcard-action",
    "workflow",
    "a role may do all but one thing",
    withResource("AWS::IAM::ManagedPolicy", {
      PolicyDocument: {
        Statement: [{ Effect: "Allow", NotAction: "iam:PassRole", Resource: "*" }],
      },
    }),
    "all but some",
  ),
  breach(
    "no-inline-policy",
    "workflow",
    "a policy stands inside a role",
    withResource("AWS::IAM::Role", { Policies: [{ PolicyName: "x" }] }),
    "has a policy inside",
  ),
  breach(
    "log-kept",
    "workflow",
    "a log is kept for ever",
    set("AWS::Logs::LogGroup", p("RetentionInDays"), undefined),
    "for ever",
  ),
  breach(
    "log-kept",
    "web",
    "a log is under AWS's key",
    set("AWS::Logs::LogGroup", p("KmsKeyId"), undefined),
    "not under a key",
  ),
  breach(
    "queue-encrypted",
    "workflow",
    "a queue forgets after four days",
    set("AWS::SQS::Queue", p("MessageRetentionPeriod"), 345_600),
    "forgets sooner",
  ),
  breach(
    "queue-alarmed",
    "workflow",
    "queues fill up unseen",
    without("AWS::CloudWatch::Alarm"),
    "unseen",
  ),
];
