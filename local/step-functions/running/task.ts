import { checkData, dataProblem, tooLargeCause, tooMuch } from "../data-limit.ts";
import { isObject } from "../definition/findings.ts";
import { parseFunctionName } from "../definition/function-name.ts";
import type { TaskState } from "../definition/machine.ts";
import { INVOKE_ARGUMENTS } from "../definition/read-task.ts";
import type { LambdaOutcome } from "../engine-types.ts";
import type { TaskCall, TaskOutcome } from "../execution-record.ts";
import type { Scope } from "../expressions/scope.ts";
import { explain, handleFailure } from "./failure.ts";
import { depart } from "./leave.ts";
import type { LiveExecution } from "./live-execution.ts";
import { StateError } from "./state-error.ts";
import { invokeResult, type Limits, taskScheduled, taskSettled } from "./task-events.ts";
import { evaluateAs, isSeconds } from "./typed-value.ts";

/** Evaluates a task's arguments; the execution then stands before the call, which is not made yet. */
export async function startTask(execution: LiveExecution, state: TaskState): Promise<void> {
  const { cursor, arn } = execution.record;
  const { services } = execution;
  const attemptId = services.uuid();
  const token =
    state.kind === "invoke.waitForTaskToken" ? services.makeToken(arn, attemptId) : undefined;
  const scope = execution.scope(token === undefined ? {} : { token });
  const given =
    state.arguments === undefined ? cursor.input : await state.arguments.evaluate(scope);
  const limits = await readLimits(state, scope);
  if (given !== cursor.input) checkData(given);
  const called = calledFunction(state, given);
  taskScheduled(execution, state, given, limits);
  const now = services.now();
  const { timeoutInSeconds: timeout, heartbeatInSeconds: heartbeat } = limits;
  cursor.phase = {
    kind: "invoke",
    call: {
      attemptId,
      ...called,
      ...(token === undefined ? {} : { token }),
      ...(timeout === undefined
        ? {}
        : { timeoutMs: timeout * 1000, timeoutAt: now + timeout * 1000 }),
      ...(heartbeat === undefined
        ? {}
        : { heartbeatMs: heartbeat * 1000, heartbeatAt: now + heartbeat * 1000 }),
    },
  };
}

async function readLimits(state: TaskState, scope: Scope): Promise<Limits> {
  if (state.timeoutSeconds === undefined && state.heartbeatSeconds === undefined) return {};
  const read = async (field: "TimeoutSeconds" | "HeartbeatSeconds") => {
    const template = field === "TimeoutSeconds" ? state.timeoutSeconds : state.heartbeatSeconds;
    if (template === undefined) return undefined;
    return evaluateAs(template, field, scope, "a whole number from 1 to 99999999", isSeconds(1));
  };
  const [timeout, heartbeat] = [await read("TimeoutSeconds"), await read("HeartbeatSeconds")];
  return {
    ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
    ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }),
  };
}

function calledFunction(
  state: TaskState,
  given: unknown,
): Pick<TaskCall, "functionName" | "qualifier" | "payload"> {
  if (state.kind === "function") {
    const called = parseFunctionName(state.resource);
    if (called !== undefined) return { ...called, payload: given };
    throw new StateError("States.Runtime", `'${state.resource}' is no function`);
  }
  const name = isObject(given) ? given.FunctionName : undefined;
  const called = typeof name === "string" ? parseFunctionName(name) : undefined;
  if (!isObject(given) || called === undefined) {
    throw new StateError(
      "States.Runtime",
      `The argument 'FunctionName' must be the name or ARN of a function, but was ${JSON.stringify(name)}`,
    );
  }
  for (const field of Object.keys(given)) {
    if (INVOKE_ARGUMENTS.includes(field)) continue;
    throw new StateError(
      "States.Runtime",
      `The argument '${field}' is not supported by this engine: it takes ${INVOKE_ARGUMENTS.join(", ")}.`,
    );
  }
  const qualifier = given.Qualifier;
  return {
    ...called,
    ...(typeof qualifier === "string" ? { qualifier } : {}),
    payload: requestBody(given.Payload),
  };
}

/** A string is the body as it stands, and an absent body an empty event. */
function requestBody(payload: unknown): unknown {
  if (payload === undefined || payload === null) return {};
  if (typeof payload !== "string") return payload;
  try {
    return JSON.parse(payload) as unknown;
  } catch {
    throw new StateError(
      "Lambda.InvalidRequestContentException",
      "Could not parse request body into json",
    );
  }
}

/** What a function's answer means for the task that called it. */
export function outcomeOf(state: TaskState, call: TaskCall, answer: LambdaOutcome): TaskOutcome {
  if (!answer.ok) {
    const { errorType, errorMessage, trace } = answer;
    // Lambda's own errors come from the service, not from the function's code.
    const cause = errorType.startsWith("Lambda.")
      ? errorMessage
      : JSON.stringify({ errorMessage, errorType, ...(trace === undefined ? {} : { trace }) });
    return { kind: "error", error: errorType, cause };
  }
  const problem = dataProblem(answer.payload ?? null);
  if (problem === "depth") {
    return {
      kind: "error",
      error: "States.Runtime",
      cause: `The function's answer cannot be taken. ${tooMuch(problem)}`,
    };
  }
  if (problem === "size") {
    const name = state.kind === "function" ? state.resource : "lambda";
    return { kind: "error", error: "States.DataLimitExceeded", cause: tooLargeCause(name) };
  }
  // A copy: what the function keeps in its hands must not change the execution later.
  const payload: unknown = JSON.parse(JSON.stringify(answer.payload ?? null));
  return {
    kind: "result",
    result: state.kind === "function" ? payload : invokeResult(payload, call),
  };
}

/** Goes on from a task that has ended. */
export async function settleTask(
  execution: LiveExecution,
  state: TaskState,
  outcome: TaskOutcome,
): Promise<void> {
  taskSettled(execution, state, outcome);
  if (outcome.kind === "error") {
    await handleFailure(execution, outcome);
    return;
  }
  const { result } = outcome;
  try {
    await depart(execution, { leaving: state, next: state.next, output: result, result });
  } catch (error) {
    await handleFailure(execution, explain(execution, error));
  }
}
