/**
 * Writes the six state machines from the step table, so that order is written down once. The files are
 * what is deployed and run; a test compares them with the table by reading them, not by running this.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import {
  type Step,
  stepTable,
  type WorkflowName,
  workflowNames,
} from "../shared/domain/workflows/step-table.ts";

const comments: Readonly<Record<WorkflowName, string>> = {
  intake:
    "From a referral to a person enrolled, waiting for a place, or referred on. A person decides.",
  "weekly-program":
    "One program week: sessions, measures and messages, then what comes next. A person decides on transitions.",
  discharge: "From the checklist to the decision and the start of aftercare. A person decides.",
  aftercare:
    "One check-in or call: open, await the answer, assess, plan the next. A person closes.",
  outreach:
    "One missed contact: up the program's ladder until the participant is reached or a person decides.",
  escalation:
    "One safety alert: page until somebody answers, and on until somebody has spoken with the participant.",
};

const retryable = [
  "StoreUnavailableError",
  "TransactionConflictError",
  "ProviderThrottledError",
  "Lambda.ServiceException",
  "Lambda.TooManyRequestsException",
  "Lambda.SdkClientException",
  "States.Timeout",
];
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

function choiceName(step: Step): string {
  return `After: ${step.state}`;
}

/** The review that is all that ever follows an act: the act answers in its place. */
function lookAfter(workflow: WorkflowName, step: Step): Step | undefined {
  const [next, ...others] = Object.values(step.next);
  const found = stepTable[workflow].steps[next ?? ""];
  return step.kind === "act" && others.length === 0 && found?.kind === "review" ? found : undefined;
}

/**
 * Every answer that a state may get, with the step after it. An act answers with the review that follows
 * it, so the review's outcomes are the act's own.
 * @throws {Error} when one outcome would lead to two places
 */
function answersOf(workflow: WorkflowName, step: Step): Readonly<Record<string, string>> {
  if (step.kind !== "act") return step.next;
  const { steps } = stepTable[workflow];
  const answers: Record<string, string> = {};
  for (const [outcome, next] of Object.entries(step.next)) {
    const review = steps[next]?.kind === "review" ? steps[next] : undefined;
    for (const [answer, to] of Object.entries(review?.next ?? { [outcome]: next })) {
      if (answers[answer] !== undefined && answers[answer] !== to)
        throw new Error(`${workflow}: "${step.state}" has two ways to go on with ${answer}`);
      answers[answer] = to;
    }
  }
  return answers;
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
    Choices: Object.entries(steps)
      .filter(([, step]) => step.kind === "act" || step.kind === "review")
      .map(([name, step]) => ({
        Condition: `{% $states.input.outcome = '${name}' %}`,
        Next: step.state,
      })),
    Default: staffState,
  };
  for (const [name, step] of Object.entries(steps)) {
    const outcomes = Object.entries(answersOf(workflow, step));
    const only = outcomes.length === 1 ? outcomes[0]?.[1] : undefined;
    const looked = lookAfter(workflow, step);
    if (step.kind === "hold") {
      const review = stateOf(step.next.done ?? "end");
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
          { ErrorEquals: ["EpisodeMovedOnError", "States.Timeout"], Next: review },
          catchAll,
        ],
        Output: "{% {} %}",
        Next: review,
      };
      continue;
    }
    const task =
      step.kind === "send"
        ? invoke(
            "SendMessageFunctionArn",
            { schemaVersion: 1, episodeId: "{% $episodeId %}", driverId: "{% $driverId %}" },
            90,
          )
        : step.kind === "page"
          ? invoke(
              "PageOnCallFunctionArn",
              { schemaVersion: 1, episodeId: "{% $episodeId %}", driverId: "{% $driverId %}" },
              120,
            )
          : invoke("AdvanceCareFunctionArn", stepPayload(workflow, name), 30);
    states[step.state] = {
      ...task,
      ...(step.kind === "review" ? { Assign: { looks: "{% $looks + 1 %}" } } : {}),
      Output:
        step.kind === "act" || step.kind === "review" ? "{% $states.result.Payload %}" : "{% {} %}",
      ...(only === "end"
        ? { End: true }
        : { Next: only === undefined ? choiceName(looked ?? step) : stateOf(only) }),
    };
    if (only === undefined && looked === undefined) {
      states[choiceName(step)] = {
        Type: "Choice",
        Choices: outcomes.map(([outcome, next]) => ({
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
    Comment: comments[workflow],
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
