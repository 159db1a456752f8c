import { Calendar } from "./calendar.ts";
import type { Machine } from "./definition/machine.ts";
import type { EngineStore } from "./engine-store.ts";
import type { InvokeLambda, LambdaOutcome } from "./engine-types.ts";
import type { ExecutionRecord, TaskCall } from "./execution-record.ts";
import { FunctionCalls } from "./function-calls.ts";
import { advance } from "./running/advance.ts";
import { dueAt, timedOut } from "./running/due.ts";
import { type ExecutionServices, LiveExecution } from "./running/live-execution.ts";
import { outcomeOf } from "./running/task.ts";
import { taskSubmitted } from "./running/task-events.ts";

/** What the scheduler takes from the engine. */
export interface SchedulerOptions {
  readonly store: EngineStore;
  readonly services: ExecutionServices;
  readonly invokeLambda: InvokeLambda;
  readonly maxConcurrentInvocations: number;
  /** Told of every execution that has ended, after it was stored. */
  readonly onClosed: (record: ExecutionRecord) => void;
  /** Told when something became runnable while nobody was running anything. */
  readonly onRunnable: () => void;
}

/**
 * Runs the executions: takes what can run or is due, one at a time and in order, stores it, and
 * only then makes its function call.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #live = new Map<string, LiveExecution>();
  readonly #ready = new Set<LiveExecution>();
  readonly #calendar = new Calendar<LiveExecution>(
    (execution, at) => execution.dueAt === at && this.#isLive(execution),
  );
  readonly #calls: FunctionCalls;
  #pumping: Promise<void> = Promise.resolve();
  #isPumping = false;
  /** How many `runUntilIdle` go on by themselves when a function has answered. */
  #idling = 0;
  #waiters: (() => void)[] = [];
  #fault: { readonly error: unknown } | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#calls = new FunctionCalls(options.invokeLambda, options.maxConcurrentInvocations);
  }

  /** Takes a new execution, or one that an earlier process has left. */
  take(record: ExecutionRecord, machine: Machine): LiveExecution {
    const execution = new LiveExecution(record, machine, this.#options.services);
    this.#live.set(record.arn, execution);
    const { kind } = record.cursor.phase;
    // Where time or an answer is waited for, nothing can run yet.
    if (kind === "wait" || kind === "retry" || kind === "token") this.#schedule(execution);
    else this.#ready.add(execution);
    return execution;
  }

  get(arn: string): LiveExecution | undefined {
    return this.#live.get(arn);
  }

  /** Lets an execution go on at the next pump. */
  wake(execution: LiveExecution): void {
    this.#ready.add(execution);
    this.#signal();
  }

  /** Stores an execution with its new events and, where it has ended, lets go of it. */
  store(execution: LiveExecution): void {
    if (!this.#isLive(execution)) return;
    const { record } = execution;
    this.#options.store.saveExecution(record, execution.takeEvents());
    if (record.status === "RUNNING") {
      this.#schedule(execution);
      return;
    }
    this.#live.delete(record.arn);
    this.#ready.delete(execution);
    this.#abandon(execution);
    this.#options.onClosed(record);
  }

  /** Advances all that can run now, without waiting for function calls. */
  pump(): Promise<void> {
    if (!this.#isPumping) {
      this.#isPumping = true;
      this.#pumping = this.#run();
    }
    return this.#pumping;
  }

  /** Advances all that can run now, until nothing can and no function call is under way. */
  async runUntilIdle(): Promise<void> {
    this.#idling += 1;
    try {
      for (;;) {
        await this.pump();
        if (this.#ready.size > 0) continue;
        if (this.#calls.underway === 0) return;
        await new Promise<void>((resolve) => this.#waiters.push(resolve));
      }
    } finally {
      this.#idling -= 1;
    }
  }

  nextDueAt(): number | undefined {
    return this.#calendar.nextAt();
  }

  /** Lets go of every execution, unstored, as soon as none is in the middle of a step. */
  async forgetAll(): Promise<void> {
    for (let busy = this.#busy(); busy.length > 0; busy = this.#busy()) await Promise.all(busy);
    this.close();
  }

  /** Does nothing from now on, whatever still comes in. */
  close(): void {
    for (const execution of this.#live.values()) this.#abandon(execution);
    this.#live.clear();
    this.#ready.clear();
    this.#calendar.clear();
  }

  #busy(): Promise<void>[] {
    return [...this.#live.values()].map(({ busy }) => busy).filter((one) => one !== undefined);
  }

  #isLive(execution: LiveExecution): boolean {
    return this.#live.get(execution.record.arn) === execution;
  }

  async #run(): Promise<void> {
    try {
      for (;;) {
        this.#throwFault();
        const now = this.#options.services.now();
        for (
          let due = this.#calendar.takeDue(now);
          due !== undefined;
          due = this.#calendar.takeDue(now)
        ) {
          due.dueAt = undefined;
          this.#ready.add(due);
        }
        const next = this.#ready.values().next();
        if (next.done === true) return;
        this.#ready.delete(next.value);
        await this.#advance(next.value);
      }
    } finally {
      this.#isPumping = false;
    }
  }

  async #advance(execution: LiveExecution): Promise<void> {
    const { phase } = execution.record.cursor;
    if (timedOut(phase, this.#options.services.now()) !== undefined) this.#abandon(execution);
    execution.busy = advance(execution);
    try {
      await execution.busy;
    } finally {
      execution.busy = undefined;
    }
    this.store(execution);
    if (!this.#isLive(execution)) return;
    const { phase: reached } = execution.record.cursor;
    if (reached.kind === "invoke") this.#call(execution, reached.call);
  }

  #call(execution: LiveExecution, call: TaskCall): void {
    if (execution.calling === call.attemptId) return;
    execution.calling = call.attemptId;
    if (this.#calls.isFull && stopClock(call)) this.store(execution);
    this.#calls.make(call, execution.record.arn, {
      start: () => {
        if (!startClock(call, this.#options.services.now())) return;
        this.#guarded(() => this.store(execution));
      },
      answer: (answer) => {
        this.#guarded(() => this.#answered(execution, call, answer));
        this.#signal();
      },
    });
  }

  /** Nobody awaits what happens when a call starts or answers: what fails there is thrown by the next pump. */
  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#fault = { error };
    }
  }

  #answered(execution: LiveExecution, call: TaskCall, answer: LambdaOutcome): void {
    const { cursor } = execution.record;
    const { phase } = cursor;
    const isAwaited = phase.kind === "invoke" && phase.call.attemptId === call.attemptId;
    const state = execution.state();
    if (!isAwaited || !this.#isLive(execution) || state.type !== "Task") return;
    if (answer.ok && call.token !== undefined) {
      taskSubmitted(execution, answer.payload ?? null);
      cursor.phase = { kind: "token", call };
      this.store(execution);
      return;
    }
    cursor.phase = { kind: "settled", outcome: outcomeOf(state, call, answer), call };
    this.#ready.add(execution);
  }

  #abandon(execution: LiveExecution): void {
    if (execution.calling === undefined) return;
    this.#calls.abandon(execution.calling);
    execution.calling = undefined;
    this.#resume();
  }

  #schedule(execution: LiveExecution): void {
    const at = dueAt(execution.record);
    if (at === execution.dueAt) return;
    execution.dueAt = at;
    if (at !== undefined) this.#calendar.note(execution, at);
  }

  #signal(): void {
    this.#resume();
    if (this.#idling === 0 && !this.#isPumping) this.#options.onRunnable();
  }

  /** Lets those go on who wait for function calls. */
  #resume(): void {
    const waiters = this.#waiters;
    if (waiters.length === 0) return;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }

  #throwFault(): void {
    const fault = this.#fault;
    this.#fault = undefined;
    if (fault !== undefined) throw fault.error;
  }
}

/** Waiting for a turn is not the task's time. True where the call has limits that stand still now. */
function stopClock(call: TaskCall): boolean {
  const isTimed = call.timeoutAt !== undefined || call.heartbeatAt !== undefined;
  delete call.timeoutAt;
  delete call.heartbeatAt;
  return isTimed;
}

/** True where the limits of a call that waited its turn begin to run. */
function startClock(call: TaskCall, now: number): boolean {
  const { heartbeatAt, heartbeatMs, timeoutAt, timeoutMs } = call;
  if (timeoutMs !== undefined) call.timeoutAt ??= now + timeoutMs;
  if (heartbeatMs !== undefined) call.heartbeatAt ??= now + heartbeatMs;
  return call.timeoutAt !== timeoutAt || call.heartbeatAt !== heartbeatAt;
}
