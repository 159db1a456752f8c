import type { Machine, State } from "../definition/machine.ts";
import type { HistoryEvent } from "../engine-types.ts";
import type { ExecutionRecord } from "../execution-record.ts";
import type { ExpressionSources, Scope } from "../expressions/scope.ts";
import { StateError } from "./state-error.ts";

/** What an execution takes from its engine. */
export interface ExecutionServices extends ExpressionSources {
  readonly recordHistory: boolean;
  /** As the history names it. */
  readonly region: string;
  /** The token of a task; tells where it belongs. */
  readonly makeToken: (executionArn: string, attemptId: string) => string;
}

/** AWS ends an execution whose history grows longer; here it also ends loops without a wait. */
const MAX_EVENTS = 25_000;

/** A running execution: what is stored of it, and what is not stored yet. */
export class LiveExecution {
  readonly record: ExecutionRecord;
  readonly machine: Machine;
  readonly services: ExecutionServices;
  /** Resolves when nobody is changing the record. */
  busy: Promise<void> | undefined;
  /** Where the engine has put it in its calendar. */
  dueAt: number | undefined;
  /** The attempt whose function call is under way or queued. */
  calling: string | undefined;
  #events: HistoryEvent[] = [];
  #startTime: string | undefined;

  constructor(record: ExecutionRecord, machine: Machine, services: ExecutionServices) {
    this.record = record;
    this.machine = machine;
    this.services = services;
  }

  /** The state that the execution stands in. */
  state(): State {
    const state = this.machine.states.get(this.record.cursor.state);
    if (state === undefined) {
      throw new Error(`The definition has no state "${this.record.cursor.state}"`);
    }
    return state;
  }

  /** Numbers an event and, where history is kept, notes it for the next save. */
  emit(type: string, details?: () => Record<string, unknown>): number {
    const { record } = this;
    record.lastEventId += 1;
    if (record.lastEventId > MAX_EVENTS && record.status === "RUNNING") {
      throw new StateError(
        "States.Runtime",
        `The execution reached the maximum number of history events (${MAX_EVENTS}).`,
      );
    }
    if (this.services.recordHistory) {
      this.#events.push({
        id: record.lastEventId,
        // AWS gives the first state no predecessor.
        previousEventId: record.lastEventId === 2 ? 0 : record.lastEventId - 1,
        timestamp: this.services.now(),
        type,
        ...details?.(),
      });
    }
    return record.lastEventId;
  }

  /** The events that are not stored yet; the caller stores them. */
  takeEvents(): readonly HistoryEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return events;
  }

  /** What the state's expressions see. */
  scope(further: {
    readonly result?: unknown;
    readonly errorOutput?: unknown;
    readonly token?: string;
  }): Scope {
    const { cursor, variables } = this.record;
    const { token, ...found } = further;
    const makeContext = () => this.#context(token);
    let context: unknown;
    return {
      variables,
      sources: this.services,
      states: {
        input: cursor.input,
        // Made when it is asked for: most expressions never do.
        get context() {
          context ??= makeContext();
          return context;
        },
        ...found,
      },
    };
  }

  #context(token: string | undefined): unknown {
    const { record } = this;
    const { cursor } = record;
    this.#startTime ??= new Date(record.startDate).toISOString();
    const isTask = this.state().type === "Task";
    return {
      Execution: {
        Id: record.arn,
        Input: record.input,
        StartTime: this.#startTime,
        Name: record.name,
        RoleArn: record.roleArn,
        RedriveCount: 0,
      },
      StateMachine: { Id: record.machineArn, Name: record.machineName },
      State: {
        Name: cursor.state,
        EnteredTime: new Date(cursor.enteredAt).toISOString(),
        ...(isTask ? { RetryCount: cursor.retries.reduce((sum, count) => sum + count, 0) } : {}),
      },
      ...(token === undefined ? {} : { Task: { Token: token } }),
    };
  }
}
