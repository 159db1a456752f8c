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

type States = readonly (readonly [string, Readonly<Record<string, unknown>>])[];

function tasksOf(machine: unknown): States {
  const definition: unknown = JSON.parse(String(at(machine, "DefinitionString") ?? "{}"));
  const states = at(definition, "States");
  return isRecord(states)
    ? Object.entries(states).flatMap(([name, state]) =>
        isRecord(state) && state.Type === "Task" ? [[name, state] as const] : [],
      )
    : [];
}

function namesIn(entries: unknown): readonly string[] {
  return listOf(entries).flatMap((entry) => listOf(at(entry, "ErrorEquals")).map(String));
}

const machines = ["AWS::StepFunctions::StateMachine"];

/** What the rule packs do not know of state machines and of what feeds them. */
export const workflowRules: readonly Rule[] = [
  eachResource(
    "machine-encrypted",
    "What executions hold is encrypted with a key of ours.",
    machines,
    (machine) =>
      (at(machine, "EncryptionConfiguration", "Type") !== "CUSTOMER_MANAGED_KMS_KEY" ||
        at(machine, "EncryptionConfiguration", "KmsKeyId") === undefined) &&
      "not under a key of ours",
  ),
  eachResource(
    "machine-log-quiet",
    "A machine logs its errors and never what executions hold.",
    machines,
    (machine) => {
      const logging = at(machine, "LoggingConfiguration");
      if (at(logging, "Level") !== "ERROR") return "does not log errors, or logs more";
      if (at(logging, "IncludeExecutionData") !== false) return "logs what executions hold";
      return listOf(at(logging, "Destinations")).length === 0 && "logs nowhere";
    },
  ),
  eachResource(
    "machine-waits-end",
    "Every task of a machine has a time limit, and so has the machine.",
    machines,
    (machine) => {
      const definition: unknown = JSON.parse(String(at(machine, "DefinitionString") ?? "{}"));
      if (at(definition, "TimeoutSeconds") === undefined) return "the machine may run for ever";
      const endless = tasksOf(machine).filter(([, task]) => task.TimeoutSeconds === undefined);
      return endless.length > 0 && `may wait for ever: ${endless.map(([name]) => name).join(", ")}`;
    },
  ),
  eachResource(
    "machine-catches",
    "Every task of a machine catches all errors, and tries again only for named ones.",
    machines,
    (machine) => {
      for (const [name, task] of tasksOf(machine)) {
        if (!namesIn(task.Catch).includes("States.ALL")) return `lets an error end it: ${name}`;
        if (namesIn(task.Retry).includes("States.ALL")) return `tries every error again: ${name}`;
      }
      return undefined;
    },
  ),
  eachResource(
    "machine-calls-versions",
    "A machine calls its functions by version, so that a deployment does not change what runs.",
    machines,
    (machine, _resource, template) => {
      const versions = new Set(resourcesOf(template, "AWS::Lambda::Version").map(([id]) => id));
      const called = Object.entries(at(machine, "DefinitionSubstitutions") ?? {});
      if (called.length === 0) return "calls nothing";
      const moving = called.filter(([, value]) => !versions.has(String(at(value, "Ref"))));
      return (
        moving.length > 0 && `calls what may change: ${moving.map(([name]) => name).join(", ")}`
      );
    },
  ),
  {
    id: "machine-live",
    statement:
      "New executions start through the alias `live`, which points at a published version.",
    find: (template) => {
      const aliases = resourcesOf(template, "AWS::StepFunctions::StateMachineAlias");
      const versions = resourcesOf(template, "AWS::StepFunctions::StateMachineVersion");
      return resourcesOf(template, ...machines).flatMap(([logicalId]) => {
        const version = versions.find(([, { Properties }]) =>
          text(at(Properties, "StateMachineArn")).includes(`"${logicalId}"`),
        );
        const isLive = aliases.some(
          ([, { Properties }]) =>
            at(Properties, "Name") === "live" &&
            version !== undefined &&
            text(Properties).includes(`"${version[0]}"`),
        );
        return isLive ? [] : [{ logicalId, problem: "has no alias `live` on a version" }];
      });
    },
  },
  {
    id: "start-live-only",
    statement:
      "Who may start executions may do so on the machine itself, with its alias as a condition: AWS never asks for the alias's ARN.",
    find: (template) =>
      identityStatements(template)
        .filter(({ statement }) => listOf(statement.Action).includes("states:StartExecution"))
        .flatMap(({ logicalId, statement }) => {
          const qualified = listOf(statement.Resource)
            .map(text)
            .filter((resource) => !/:stateMachine:[\w-]+"/.test(resource));
          if (qualified.length > 0)
            return [{ logicalId, problem: `is about no machine: ${qualified.join(", ")}` }];
          const qualifiers = listOf(
            at(statement, "Condition", "ForAnyValue:StringEquals", "states:StateMachineQualifier"),
          );
          return qualifiers.length === 1 && qualifiers[0] === "live"
            ? []
            : [{ logicalId, problem: "may start what is not released" }];
        }),
  },
  eachResource(
    "schedule-dead-letters",
    "What a rule could not deliver is tried again and then kept.",
    ["AWS::Events::Rule"],
    (rule) => {
      const lossy = listOf(at(rule, "Targets")).filter(
        (target) =>
          at(target, "DeadLetterConfig", "Arn") === undefined ||
          at(target, "RetryPolicy", "MaximumRetryAttempts") === undefined,
      );
      return lossy.length > 0 && "a target loses what it could not take";
    },
  ),
  eachResource(
    "stream-failures-kept",
    "What a stream's function could not handle is narrowed down and then kept.",
    ["AWS::Lambda::EventSourceMapping"],
    (mapping) => {
      if (at(mapping, "DestinationConfig", "OnFailure", "Destination") === undefined)
        return "loses what could not be handled";
      if (at(mapping, "BisectBatchOnFunctionError") !== true)
        return "one bad record takes its batch along";
      if (!listOf(at(mapping, "FunctionResponseTypes")).includes("ReportBatchItemFailures"))
        return "handles a batch again from its start";
      return Number(at(mapping, "MaximumRetryAttempts") ?? -1) < 0 && "tries for ever";
    },
  ),
];
