import { type Breach, breach, machine, machineText, p, set, statements, without } from "./plant.ts";

export const workflowBreaches: readonly Breach[] = [
  breach(
    "machine-encrypted",
    "workflow",
    "a machine is under AWS's key",
    set(machine, p("EncryptionConfiguration"), undefined),
    "not under a key",
  ),
  breach(
    "machine-log-quiet",
    "workflow",
    "a machine logs what executions hold",
    set(machine, p("LoggingConfiguration", "IncludeExecutionData"), true),
    "what executions hold",
  ),
  breach(
    "machine-log-quiet",
    "workflow",
    "a machine logs everything",
    set(machine, p("LoggingConfiguration", "Level"), "ALL"),
    "logs more",
  ),
  breach(
    "machine-waits-end",
    "workflow",
    "a task has no time limit",
    machineText(/"TimeoutSeconds":(30|"\{% \$states\.input\.holdSeconds %\}"),/, ""),
    "may wait for ever",
  ),
  breach(
    "machine-catches",
    "workflow",
    "a task catches some errors only",
    machineText(/"States\.ALL"/, '"States.Timeout"'),
    "lets an error end it",
  ),
  breach(
    "machine-calls-versions",
    "workflow",
    "a machine calls a function as it is now",
    set(machine, p("DefinitionSubstitutions", "AdvanceCareFunctionArn"), {
      Ref: "AdvanceCareFunction",
    }),
    "AdvanceCareFunctionArn",
  ),
  breach(
    "machine-live",
    "workflow",
    "no alias is called live",
    set("AWS::StepFunctions::StateMachineAlias", p("Name"), "next"),
    "no alias",
  ),
  breach(
    "machine-live",
    "workflow",
    "versions are not published",
    without("AWS::StepFunctions::StateMachineVersion"),
    "no alias",
  ),
  breach(
    "schedule-dead-letters",
    "workflow",
    "a rule loses what it cannot deliver",
    set("AWS::Events::Rule", p("Targets", 0, "DeadLetterConfig"), undefined),
    "loses",
  ),
  breach(
    "stream-failures-kept",
    "workflow",
    "a stream loses what failed",
    set("AWS::Lambda::EventSourceMapping", p("DestinationConfig"), undefined),
    "loses",
  ),
  breach(
    "stream-failures-kept",
    "workflow",
    "a stream tries for ever",
    set("AWS::Lambda::EventSourceMapping", p("MaximumRetryAttempts"), -1),
    "for ever",
  ),
  breach(
    "start-live-only",
    "workflow",
    "executions are started by the alias's ARN",
    statements("AWS::IAM::ManagedPolicy", "states:StartExecution", (statement) => ({
      ...statement,
      Resource: "arn:aws:states:us-east-1:111111111111:stateMachine:throughcare-intake:live",
    })),
    "is about no machine",
  ),
  breach(
    "start-live-only",
    "workflow",
    "executions of any version may be started",
    statements(
      "AWS::IAM::ManagedPolicy",
      "states:StartExecution",
      ({ Condition: _, ...rest }) => rest,
    ),
    "not released",
  ),
];
