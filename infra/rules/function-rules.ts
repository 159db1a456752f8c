import {
  at,
  eachResource,
  identityStatements,
  isRecord,
  listOf,
  type Rule,
  resourcesOf,
  text,
} from "./template.ts";

const functions = ["AWS::Lambda::Function"];
const mustHaveCopies = ["throughcare-send-message", "throughcare-page-on-call"];
/** A secret by its name, or several versions of one, each behind its id. */
const secretReferences =
  /^([a-z0-9]:)?\{\{resolve:secretsmanager:[\w/:-]+\}\}( [a-z0-9]:\{\{resolve:secretsmanager:[\w/:-]+\}\})*$/;
const phone = /\+?\d[\d\s().-]{8,}\d/;
const mailAddress = /[\w.+-]+@[\w-]+\.[\w.]+/;

/** What holds for every function, its role, its log and what it could not handle. */
export const functionRules: readonly Rule[] = [
  eachResource(
    "function-runtime",
    "A function runs on Node 24 on arm64, within a time limit of two minutes.",
    functions,
    (made) => {
      if (at(made, "Runtime") !== "nodejs24.x") return "another runtime";
      if (!listOf(at(made, "Architectures")).includes("arm64")) return "another architecture";
      return Number(at(made, "Timeout") ?? 0) > 120 && "may run too long";
    },
  ),
  eachResource(
    "function-dead-letters",
    "An event that a function could not handle is kept.",
    functions,
    (made) => at(made, "DeadLetterConfig", "TargetArn") === undefined && "loses it",
  ),
  eachResource(
    "function-environment-closed",
    "A function's environment is under a key of ours; no secret and nobody's contact stands in it.",
    functions,
    (made) => {
      const variables = at(made, "Environment", "Variables");
      if (!isRecord(variables)) return undefined;
      if (at(made, "KmsKeyArn") === undefined) return "the environment is under AWS's own key";
      for (const [name, value] of Object.entries(variables)) {
        const isOpen = typeof value !== "string" || !secretReferences.test(value);
        if (/SECRET|PASSWORD|PRIVATE/.test(name) && isOpen) return `${name} is in the template`;
        if (typeof value === "string" && (mailAddress.test(value) || phone.test(value)))
          return `${name} looks like somebody's contact`;
      }
      return undefined;
    },
  ),
  eachResource(
    "send-limited",
    "Where a send or a page is made, the number of copies is fixed.",
    functions,
    (made) =>
      mustHaveCopies.includes(String(at(made, "FunctionName"))) &&
      at(made, "ReservedConcurrentExecutions") === undefined &&
      "shares the account's copies",
  ),
  {
    id: "role-of-its-own",
    statement: "No two functions share a role.",
    find: (template) => {
      const seen = new Map<string, string>();
      return resourcesOf(template, ...functions).flatMap(([logicalId, { Properties }]) => {
        const role = text(at(Properties, "Role"));
        const other = seen.get(role);
        seen.set(role, logicalId);
        return other === undefined ? [] : [{ logicalId, problem: `has the role of ${other}` }];
      });
    },
  },
  {
    id: "no-wildcard-action",
    statement: "No policy of a role allows an action with a wildcard.",
    find: (template) =>
      identityStatements(template).flatMap(({ logicalId, statement }) => {
        const open = listOf(at(statement, "Action"))
          .map(String)
          .filter((action) => action.includes("*"));
        const isInverted = at(statement, "NotAction") !== undefined;
        return open.length === 0 && !isInverted
          ? []
          : [
              {
                logicalId,
                problem: isInverted ? "allows all but some" : `allows ${open.join(", ")}`,
              },
            ];
      }),
  },
  {
    id: "no-inline-policy",
    statement: "What a role may do stands in policies that can be listed, not inside the role.",
    find: (template) => [
      ...resourcesOf(template, "AWS::IAM::Policy").map(([logicalId]) => ({
        logicalId,
        problem: "is an inline policy",
      })),
      ...resourcesOf(template, "AWS::IAM::Role")
        .filter(([, { Properties }]) => listOf(at(Properties, "Policies")).length > 0)
        .map(([logicalId]) => ({ logicalId, problem: "has a policy inside" })),
    ],
  },
  eachResource(
    "log-kept",
    "A log is encrypted with a key of ours and kept for 90 days at least, and not for ever.",
    ["AWS::Logs::LogGroup"],
    (group) => {
      if (at(group, "KmsKeyId") === undefined) return "not under a key of ours";
      return !(Number(at(group, "RetentionInDays") ?? 0) >= 90) && "kept too short, or for ever";
    },
  ),
  eachResource(
    "queue-encrypted",
    "A queue is encrypted with a key of ours and keeps messages for 14 days.",
    ["AWS::SQS::Queue"],
    (queue) => {
      if (at(queue, "KmsMasterKeyId") === undefined) return "not under a key of ours";
      return at(queue, "MessageRetentionPeriod") !== 1_209_600 && "forgets sooner";
    },
  ),
  {
    id: "queue-alarmed",
    statement: "One message in a queue of failed events is enough for an alarm.",
    find: (template) => {
      const alarms = resourcesOf(template, "AWS::CloudWatch::Alarm").map(
        ([, { Properties }]) => Properties,
      );
      return resourcesOf(template, "AWS::SQS::Queue").flatMap(([logicalId]) =>
        alarms.some(
          (alarm) =>
            at(alarm, "MetricName") === "ApproximateNumberOfMessagesVisible" &&
            Number(at(alarm, "Threshold")) <= 1 &&
            text(at(alarm, "Dimensions")).includes(`"${logicalId}"`),
        )
          ? []
          : [{ logicalId, problem: "fills up unseen" }],
      );
    },
  },
];
