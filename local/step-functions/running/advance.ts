import { DataLimitError } from "../data-limit.ts";
import { MAX_SECONDS } from "../definition/findings.ts";
import type { ChoiceState, FailState, State, WaitState } from "../definition/machine.ts";
import { parseTimestamp } from "../definition/timestamp.ts";
import { EvaluationError } from "../expressions/expression.ts";
import { phaseDueAt, timedOut } from "./due.ts";
import { explain, fail, handleFailure } from "./failure.ts";
import { depart } from "./leave.ts";
import type { LiveExecution } from "./live-execution.ts";
import { StateError } from "./state-error.ts";
import { settleTask, startTask } from "./task.ts";
import { evaluateAs, isSeconds, isText, isTruth } from "./typed-value.ts";

/**
 * Takes an execution as far as it gets without a function call, an answer or the passing of time.
 * Changes the record and its events only; the caller stores both.
 */
export async function advance(execution: LiveExecution): Promise<void> {
  const { record } = execution;
  while (record.status === "RUNNING") {
    if (endIfTooLate(execution)) return;
    try {
      if (!(await step(execution))) return;
    } catch (error) {
      await endOrHandle(execution, error);
    }
  }
}

/**
 * What the engine could not foresee ends this execution, visibly, and no other: thrown on, it would
 * stop the engine, and stop it again at the next start.
 */
async function endOrHandle(execution: LiveExecution, error: unknown): Promise<void> {
  if (error instanceof EvaluationError || error instanceof DataLimitError) {
    await handleFailure(execution, explain(execution, error));
  } else if (error instanceof StateError) {
    fail(execution, explain(execution, error));
  } else {
    const reason = error instanceof Error ? error.message : String(error);
    const { state } = execution.record.cursor;
    fail(execution, {
      error: "States.Runtime",
      cause: `The engine could not go on in the state '${state}': ${reason}`,
    });
  }
}

/** True where the state was left or its phase has changed; false where it must wait. */
async function step(execution: LiveExecution): Promise<boolean> {
  const { cursor } = execution.record;
  const { phase } = cursor;
  const now = execution.services.now();
  const state = execution.state();
  switch (phase.kind) {
    case "enter":
      enter(execution, state);
      return run(execution, state);
    case "wait":
      if (phase.until > now) return false;
      await depart(execution, { leaving: state, next: state.next, output: cursor.input });
      return true;
    case "retry":
      if (phase.until > now) return false;
      return run(execution, state);
    case "invoke":
    case "token": {
      const outcome = timedOut(phase, now);
      if (outcome === undefined) return false;
      cursor.phase = { kind: "settled", outcome, call: phase.call };
      return true;
    }
    case "settled":
      if (state.type === "Task") await settleTask(execution, state, phase.outcome);
      return true;
  }
}

/** The whole execution has a limit too; whichever of the two is earlier counts. */
function endIfTooLate(execution: LiveExecution): boolean {
  const { record } = execution;
  const { timeoutAt } = record;
  if (timeoutAt === undefined || timeoutAt > execution.services.now()) return false;
  const due = phaseDueAt(record.cursor.phase);
  if (record.cursor.phase.kind === "settled" || (due !== undefined && due < timeoutAt)) {
    return false;
  }
  record.status = "TIMED_OUT";
  record.stopDate = execution.services.now();
  execution.emit("ExecutionTimedOut", () => ({ executionTimedOutEventDetails: {} }));
  return true;
}

function enter(execution: LiveExecution, state: State): void {
  const { cursor } = execution.record;
  if (cursor.enteredEventId !== 0) return;
  cursor.enteredEventId = execution.emit(`${state.type}StateEntered`, () => ({
    stateEnteredEventDetails: {
      name: state.name,
      input: JSON.stringify(cursor.input),
      inputDetails: { truncated: false },
    },
  }));
}

async function run(execution: LiveExecution, state: State): Promise<boolean> {
  switch (state.type) {
    case "Task":
      try {
        await startTask(execution, state);
      } catch (error) {
        await handleFailure(execution, explain(execution, error));
        return true;
      }
      return false;
    case "Choice":
      await choose(execution, state);
      return true;
    case "Wait":
      execution.record.cursor.phase = { kind: "wait", until: await readUntil(execution, state) };
      return true;
    case "Fail":
      await failOnPurpose(execution, state);
      return true;
    default:
      await depart(execution, {
        leaving: state,
        next: state.next,
        output: execution.record.cursor.input,
      });
      return true;
  }
}

async function choose(execution: LiveExecution, state: ChoiceState): Promise<void> {
  const output = execution.record.cursor.input;
  const scope = execution.scope({});
  for (const [index, rule] of state.choices.entries()) {
    const field = `Choices[${index}]/Condition`;
    if (!(await evaluateAs(rule.condition, field, scope, "boolean", isTruth))) continue;
    await depart(execution, { leaving: rule, next: rule.next, output });
    return;
  }
  if (state.next === undefined) {
    throw new StateError(
      "States.NoChoiceMatched",
      "Failed to transition out of the state. The state does not point to a next state.",
    );
  }
  await depart(execution, { leaving: state, next: state.next, output });
}

async function readUntil(execution: LiveExecution, state: WaitState): Promise<number> {
  const scope = execution.scope({});
  if (state.seconds !== undefined) {
    const expected = "a whole number from 0 to 99999999";
    const seconds = await evaluateAs(state.seconds, "Seconds", scope, expected, isSeconds(0));
    return execution.services.now() + seconds * 1000;
  }
  if (state.timestamp === undefined) throw new Error(`"${state.name}" waits for nothing`);
  const text = await evaluateAs(state.timestamp, "Timestamp", scope, "string", isText);
  const until = parseTimestamp(text);
  if (until === undefined) {
    throw new EvaluationError(
      "Timestamp",
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    );
  }
  if (until - execution.services.now() > MAX_SECONDS * 1000) {
    throw new EvaluationError(
      "Timestamp",
      `The Timestamp field lies more than ${MAX_SECONDS} seconds ahead: ${text}`,
    );
  }
  return until;
}

async function failOnPurpose(execution: LiveExecution, state: FailState): Promise<void> {
  const scope = execution.scope({});
  const error = state.error && (await evaluateAs(state.error, "Error", scope, "string", isText));
  const cause = state.cause && (await evaluateAs(state.cause, "Cause", scope, "string", isText));
  fail(execution, {
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  });
}
