import type { TaskState } from "../definition/machine.ts";
import type { TaskCall, TaskOutcome } from "../execution-record.ts";
import type { LiveExecution } from "./live-execution.ts";

const NOTHING_TRUNCATED = { truncated: false };
const SERVICE = "lambda";

/** The limits that a task was scheduled with, as the history gives them. */
export interface Limits {
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
}

/** Notes that a call is about to be made. */
export function taskScheduled(
  execution: LiveExecution,
  state: TaskState,
  given: unknown,
  limits: Limits,
): void {
  if (state.kind === "function") {
    execution.emit("LambdaFunctionScheduled", () => ({
      lambdaFunctionScheduledEventDetails: {
        resource: state.resource,
        input: JSON.stringify(given),
        inputDetails: NOTHING_TRUNCATED,
        ...(limits.timeoutInSeconds === undefined
          ? {}
          : { timeoutInSeconds: limits.timeoutInSeconds }),
      },
    }));
    execution.emit("LambdaFunctionStarted");
    return;
  }
  execution.emit("TaskScheduled", () => ({
    taskScheduledEventDetails: {
      ...service(state),
      region: execution.services.region,
      parameters: JSON.stringify(given),
      ...limits,
    },
  }));
  execution.emit("TaskStarted", () => ({ taskStartedEventDetails: service(state) }));
}

/** Notes that the function has taken a token. */
export function taskSubmitted(execution: LiveExecution, answer: unknown): void {
  const state = execution.state();
  if (state.type !== "Task") return;
  execution.emit("TaskSubmitted", () => ({
    taskSubmittedEventDetails: { ...service(state), ...outputOf(invokeResult(answer)) },
  }));
}

/** Notes how a call ended. */
export function taskSettled(
  execution: LiveExecution,
  state: TaskState,
  outcome: TaskOutcome,
): void {
  const isFunction = state.kind === "function";
  const prefix = isFunction ? "LambdaFunction" : "Task";
  const member = (end: string) => `${isFunction ? "lambdaFunction" : "task"}${end}EventDetails`;
  if (outcome.kind === "result") {
    execution.emit(`${prefix}Succeeded`, () => ({
      [member("Succeeded")]: {
        ...(isFunction ? {} : service(state)),
        ...outputOf(outcome.result),
      },
    }));
    return;
  }
  const end = outcome.timedOut === true ? "TimedOut" : "Failed";
  execution.emit(`${prefix}${end}`, () => ({
    [member(end)]: {
      ...(isFunction ? {} : service(state)),
      ...(outcome.error === undefined ? {} : { error: outcome.error }),
      ...(outcome.cause === undefined ? {} : { cause: outcome.cause }),
    },
  }));
}

/** What `lambda:invoke` makes of a function's answer. */
export function invokeResult(payload: unknown, call?: TaskCall): Record<string, unknown> {
  const qualifier = call?.qualifier;
  const isVersion = qualifier !== undefined && /^\d+$/.test(qualifier);
  return {
    ExecutedVersion: isVersion ? qualifier : "$LATEST",
    Payload: payload,
    StatusCode: 200,
  };
}

function service(state: TaskState) {
  return { resourceType: SERVICE, resource: state.kind };
}

function outputOf(output: unknown) {
  return { output: JSON.stringify(output), outputDetails: NOTHING_TRUNCATED };
}
