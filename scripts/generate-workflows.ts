/**
 * Writes the six state machines from the steps of each workflow, so that order is written down once. The files are
 * what is deployed and run; a test compares them with the table by reading them, not by running this.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { type WorkflowName, workflowNames } from "../shared/care/episode/workflow-name.ts";
import { stepTable } from "../workflows/registry.ts";
import {
  afterLocating,
  answersOf,
  choiceName,
  onlyNext,
  stepsWithState,
} from "./states-of-steps.ts";

const retryable = [
  "StoreUnavailableError",
  "TransactionConflictError",
  "ProviderThrottledError",
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.TooManyRequestsException",
  "Lambda.SdkClientException",
  "Lambda.ClientExecutionTimeoutException",
  // A function that Lambda stopped: at its time limit, or because its process ended.
  "Sandbox.Timedout",
  "Runtime.ExitError",
  "Lambda.Unknown",
  "States.Timeout",
];
/** As many copies of the sender run as providers take messages; whoever finds none free waits for its turn. */
const throttled = "Lambda.TooManyRequestsException";
const withoutThrottle = retryable.filter((error) => error !== throttled);
const patiently = <Rule extends object>(rule: Rule) => ({
  ...rule,
  MaxAttempts: 60,
  MaxDelaySeconds: 120,
});
const executionSeconds = 39 * 24 * 60 * 60;
const staffState = "Open a task for staff";

const retry = (errors: readonly string[]) => [
  {
    ErrorEquals: errors,
    IntervalSeconds: 2,
    MaxAttempts: 5,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    JitterStrategy: "FULL",
  },
];
const catchAll = {
  ErrorEquals: ["States.ALL"],
  Assign: { problem: "{% $states.errorOutput.Error %}" },
  Next: staffState,
};
const superseded = { ErrorEquals: ["SupersededError"], Next: "Finished" };

function stepPayload(workflow: WorkflowName, step: string) {
  return {
    schemaVersion: 1,
    workflow,
    step,
    episodeId: "{% $episodeId %}",
    driverId: "{% $driverId %}",
    generation: "{% $generation %}",
    executionName: "{% $states.context.Execution.Name %}",
    executionStartedAt: "{% $states.context.Execution.StartTime %}",
    enteredAt: "{% $states.context.State.EnteredTime %}",
    looks: "{% $looks %}",
  };
}

function invoke(functionArn: string, payload: object, timeoutSeconds: number) {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Arguments: { FunctionName: `\${${functionArn}}`, Payload: payload },
    TimeoutSeconds: timeoutSeconds,
    Retry: retry(retryable),
    Catch: [superseded, catchAll],
  };
}

function machine(workflow: WorkflowName) {
  const { steps } = stepTable[workflow];
  const stateOf = (next: string): string =>
    next === "end" ? "Finished" : (steps[next]?.state ?? "Finished");
  const states: Record<string, unknown> = {};
  const {
    episodeId: _e,
    driverId: _d,
    generation: _g,
    looks: _l,
    ...context
  } = stepPayload(workflow, "locate");
  states["Where are we?"] = {
    ...invoke(
      "AdvanceCareFunctionArn",
      {
        ...context,
        episodeId: "{% $states.input.episodeId %}",
        driverId: "{% $states.input.driverId %}",
        generation: "{% $states.input.generation %}",
        looks: 0,
      },
      30,
    ),
    Assign: {
      episodeId: "{% $states.input.episodeId %}",
      driverId: "{% $states.input.driverId %}",
      generation: "{% $states.input.generation %}",
      looks: 0,
      problem: "UnexpectedOutcome",
    },
    Catch: [
      superseded,
      {
        ErrorEquals: ["States.ALL"],
        Assign: {
          episodeId: "{% $states.input.episodeId %}",
          driverId: "{% $states.input.driverId %}",
          generation: "{% $states.input.generation %}",
          looks: 0,
          problem: "{% $states.errorOutput.Error %}",
        },
        Next: staffState,
      },
    ],
    Output: "{% $states.result.Payload %}",
    Next: "Go to the step that is due",
  };
  states["Go to the step that is due"] = {
    Type: "Choice",
    Choices: [...afterLocating(workflow)].map((name) => ({
      Condition: `{% $states.input.outcome = '${name}' %}`,
      Next: stateOf(name),
    })),
    Default: staffState,
  };
  for (const [name, step] of stepsWithState(workflow)) {
    const only = onlyNext(workflow, name, step);
    if (step.kind === "hold") {
      const next = stateOf(step.next.done ?? "end");
      states[step.state] = {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Arguments: {
          FunctionName: "${HoldCareFunctionArn}",
          Payload: {
            schemaVersion: 1,
            workflow,
            episodeId: "{% $episodeId %}",
            driverId: "{% $driverId %}",
            generation: "{% $generation %}",
            token: "{% $states.context.Task.Token %}",
            holdUntil: "{% $states.input.holdUntil %}",
            plannedAtVersion: "{% $states.input.plannedAtVersion %}",
            enteredAt: "{% $states.context.State.EnteredTime %}",
            retryCount: "{% $states.context.State.RetryCount %}",
          },
        },
        TimeoutSeconds: "{% $states.input.holdSeconds %}",
        Retry: retry(retryable.filter((error) => error !== "States.Timeout")),
        Catch: [
          superseded,
          { ErrorEquals: ["EpisodeMovedOnError", "States.Timeout"], Next: next },
          catchAll,
        ],
        Output: "{% {} %}",
        Next: next,
      };
      continue;
    }
    const task =
      step.kind === "send"
        ? {
            ...invoke("SendMessageFunctionArn", stepPayload(workflow, name), 90),
            Retry: [...retry([throttled]).map(patiently), ...retry(withoutThrottle)],
          }
        : step.kind === "page"
          ? invoke(
              "PageOnCallFunctionArn",
              { schemaVersion: 1, episodeId: "{% $episodeId %}", driverId: "{% $driverId %}" },
              120,
            )
          : invoke("AdvanceCareFunctionArn", stepPayload(workflow, name), 30);
    states[step.state] = {
      ...task,
      ...(step.kind === "review" || step.kind === "send"
        ? { Assign: { looks: "{% $looks + 1 %}" } }
        : {}),
      Output: step.kind === "page" ? "{% {} %}" : "{% $states.result.Payload %}",
      ...(only === "end"
        ? { End: true }
        : { Next: only === undefined ? choiceName(workflow, name, step) : stateOf(only) }),
    };
    if (only === undefined) {
      states[choiceName(workflow, name, step)] = {
        Type: "Choice",
        Choices: Object.entries(answersOf(workflow, name, step)).map(([outcome, next]) => ({
          Condition: `{% $states.input.outcome = '${outcome}' %}`,
          Next: stateOf(next),
        })),
        Default: staffState,
      };
    }
  }
  states[staffState] = {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Arguments: {
      FunctionName: "${AdvanceCareFunctionArn}",
      Payload: { ...stepPayload(workflow, "report-problem"), problem: "{% $problem %}" },
    },
    TimeoutSeconds: 30,
    Retry: retry(retryable),
    Catch: [{ ErrorEquals: ["States.ALL"], Next: "Could not hand to staff" }],
    Output: "{% {} %}",
    Next: "Handed to staff",
  };
  states["Handed to staff"] = { Type: "Succeed" };
  states["Could not hand to staff"] = {
    Type: "Fail",
    Error: "CouldNotHandToStaff",
    Cause: "The failure could not be written down as a task; the sweep revives the driver",
  };
  states.Finished = { Type: "Succeed" };
  return {
    Comment: stepTable[workflow].comment,
    QueryLanguage: "JSONata",
    TimeoutSeconds: executionSeconds,
    StartAt: "Where are we?",
    States: states,
  };
}

for (const workflow of workflowNames) {
  mkdirSync(new URL(`../workflows/${workflow}/`, import.meta.url), { recursive: true });
  writeFileSync(
    new URL(`../workflows/${workflow}/${workflow}.asl.json`, import.meta.url),
    `${JSON.stringify(machine(workflow), null, 2)}\n`,
  );
}
console.log(`Wrote ${workflowNames.length} state machines.`);
