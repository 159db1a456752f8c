import { dataProblem, tooMuch } from "./data-limit.ts";
import { EngineError } from "./engine-error.ts";
import type { EngineStore } from "./engine-store.ts";
import type { TaskCall, TaskOutcome } from "./execution-record.ts";
import { readToken } from "./names.ts";
import { timedOut } from "./running/due.ts";
import type { LiveExecution } from "./running/live-execution.ts";
import type { Scheduler } from "./scheduler.ts";

/** Takes the answers to tasks that wait for one; each is stored before a call returns. */
export class TaskTokens {
  readonly #scheduler: Scheduler;
  readonly #store: EngineStore;
  readonly #now: () => number;

  constructor(scheduler: Scheduler, store: EngineStore, now: () => number) {
    this.#scheduler = scheduler;
    this.#store = store;
    this.#now = now;
  }

  succeed(input: { taskToken: string; output: unknown }): void {
    const problem = dataProblem(input.output ?? null);
    if (problem !== undefined) throw new EngineError("InvalidOutput", tooMuch(problem));
    const copy: unknown = JSON.parse(JSON.stringify(input.output ?? null));
    this.#settle(input.taskToken, { kind: "result", result: copy });
  }

  fail(input: { taskToken: string; error?: string; cause?: string }): void {
    this.#settle(input.taskToken, {
      kind: "error",
      ...(input.error === undefined ? {} : { error: input.error }),
      ...(input.cause === undefined ? {} : { cause: input.cause }),
    });
  }

  heartbeat(input: { taskToken: string }): void {
    const { execution, call } = this.#find(input.taskToken);
    if (call.heartbeatMs === undefined) return;
    call.heartbeatAt = this.#now() + call.heartbeatMs;
    this.#scheduler.store(execution);
  }

  #settle(token: string, outcome: TaskOutcome): void {
    const { execution, call } = this.#find(token);
    execution.record.cursor.phase = { kind: "settled", outcome, call };
    this.#scheduler.store(execution);
    this.#scheduler.wake(execution);
  }

  #find(token: string): { execution: LiveExecution; call: TaskCall } {
    const { executionArn, attemptId } = readToken(token);
    const execution = this.#scheduler.get(executionArn);
    const phase = execution?.record.cursor.phase;
    const isWaiting = phase?.kind === "token" || phase?.kind === "invoke";
    if (execution !== undefined && isWaiting && phase.call.attemptId === attemptId) {
      if (timedOut(phase, this.#now()) === undefined) return { execution, call: phase.call };
    } else if (execution === undefined && this.#store.getExecution(executionArn) === undefined) {
      throw new EngineError("TaskDoesNotExist", "Task does not exist");
    }
    throw new EngineError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  }
}
