import { DataLimitError, tooLargeCause } from "../data-limit.ts";
import type { Retrier } from "../definition/machine.ts";
import { EvaluationError } from "../expressions/expression.ts";
import { depart } from "./leave.ts";
import type { LiveExecution } from "./live-execution.ts";
import { StateError, type StateFailure } from "./state-error.ts";

/** Retries, catches or fails: what becomes of a state in which something went wrong. */
export async function handleFailure(
  execution: LiveExecution,
  failure: StateFailure,
): Promise<void> {
  const state = execution.state();
  if (state.type !== "Task") {
    fail(execution, failure);
    return;
  }
  const { cursor } = execution.record;
  const index = state.retry.findIndex((retrier) => matches(retrier.errors, failure));
  const retrier = state.retry[index];
  const attempts = cursor.retries[index] ?? 0;
  if (retrier !== undefined && attempts < retrier.maxAttempts) {
    cursor.retries = state.retry.map(
      (_each, at) => (cursor.retries[at] ?? 0) + (at === index ? 1 : 0),
    );
    const delay = delayMs(retrier, attempts, execution.services.random);
    cursor.phase = { kind: "retry", until: execution.services.now() + delay };
    return;
  }
  const catcher = state.catch.find((one) => matches(one.errors, failure));
  if (catcher === undefined) {
    fail(execution, failure);
    return;
  }
  // Who fails a task without a cause leaves none; where time ran out, AWS writes an empty one.
  const cause = failure.cause ?? (failure.timedOut === true ? "" : null);
  const errorOutput = { Error: failure.error ?? null, Cause: cause };
  try {
    await depart(execution, {
      leaving: catcher,
      next: catcher.next,
      output: errorOutput,
      errorOutput,
    });
  } catch (error) {
    fail(execution, explain(execution, error));
  }
}

/** Turns what was thrown inside a state into a failure, and notes a failed evaluation. */
export function explain(execution: LiveExecution, thrown: unknown): StateFailure {
  const { cursor } = execution.record;
  if (thrown instanceof DataLimitError && thrown.problem === "size") {
    return { error: "States.DataLimitExceeded", cause: tooLargeCause(cursor.state) };
  }
  if (thrown instanceof DataLimitError) return { error: "States.Runtime", cause: thrown.message };
  if (!(thrown instanceof EvaluationError) && !(thrown instanceof StateError)) throw thrown;
  const cause = `An error occurred while executing the state '${cursor.state}' (entered at the event id #${cursor.enteredEventId}). ${thrown.message}`;
  const error = thrown.name;
  if (thrown.field !== undefined) {
    const { field } = thrown;
    execution.emit("EvaluationFailed", () => ({
      evaluationFailedEventDetails: { error, cause, location: field, state: cursor.state },
    }));
  }
  return { error, cause };
}

/** Ends the execution as FAILED. */
export function fail(execution: LiveExecution, failure: StateFailure): void {
  const { record } = execution;
  record.status = "FAILED";
  record.stopDate = execution.services.now();
  const details = {
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.cause === undefined ? {} : { cause: failure.cause }),
  };
  Object.assign(record, details);
  execution.emit("ExecutionFailed", () => ({ executionFailedEventDetails: details }));
}

function matches(wanted: readonly string[], failure: StateFailure): boolean {
  const names = [failure.error ?? "", ...(failure.alsoKnownAs ?? [])];
  return wanted.some((name) => {
    // Neither wildcard stands for a failure of the machine itself.
    if (name === "States.ALL") return failure.error !== "States.Runtime";
    if (name === "States.TaskFailed") {
      return failure.error !== "States.Timeout" && failure.error !== "States.Runtime";
    }
    return names.includes(name);
  });
}

function delayMs(retrier: Retrier, attempts: number, random: () => number): number {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** attempts;
  const seconds = Math.min(grown, retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY, 99_999_999);
  return Math.round(seconds * 1000 * (retrier.isJittered ? random() : 1));
}
