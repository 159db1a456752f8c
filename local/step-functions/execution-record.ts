import type { ExecutionStatus } from "./engine-types.ts";

/** How a task ended, before Retry and Catch have looked at it. */
export type TaskOutcome =
  | { kind: "result"; result: unknown }
  | {
      kind: "error";
      error?: string;
      cause?: string;
      /** Further names that a retrier or catcher may match it by. */
      alsoKnownAs?: string[];
      /** True where time ran out, which the history writes as an event of its own. */
      timedOut?: boolean;
    };

/** The call of a task, evaluated and stored before it is made. */
export interface TaskCall {
  /** Tells a late answer of an earlier attempt from the one waited for. */
  attemptId: string;
  functionName: string;
  qualifier?: string;
  payload: unknown;
  token?: string;
  /** How long it may take from the moment that it is made; waiting in a queue does not count. */
  timeoutMs?: number;
  /** Epoch milliseconds; absent while the call waits its turn. */
  timeoutAt?: number;
  /** Epoch milliseconds; moved on by each heartbeat, absent while the call waits its turn. */
  heartbeatAt?: number;
  heartbeatMs?: number;
}

/** Where an execution stands. Only due *times* are kept, so it survives any stop of the process. */
export type Phase =
  | { kind: "enter" }
  | { kind: "wait"; until: number }
  | { kind: "retry"; until: number }
  /** Stored before the call: after a crash in between, the call is made again. */
  | { kind: "invoke"; call: TaskCall }
  | { kind: "token"; call: TaskCall }
  | { kind: "settled"; outcome: TaskOutcome; call: TaskCall };

/** The state that an execution stands in. */
export interface Cursor {
  state: string;
  input: unknown;
  phase: Phase;
  enteredAt: number;
  enteredEventId: number;
  /** Attempts used, by index of the retrier. */
  retries: number[];
}

/** One execution, as it is stored. Dates are epoch milliseconds. */
export interface ExecutionRecord {
  /** Grows from start to start; the store gives it. */
  startOrder?: number;
  arn: string;
  name: string;
  machineArn: string;
  machineName: string;
  versionArn?: string;
  aliasArn?: string;
  roleArn: string;
  definitionHash: string;
  status: ExecutionStatus;
  input: unknown;
  output?: unknown;
  error?: string;
  cause?: string;
  startDate: number;
  stopDate?: number;
  timeoutAt?: number;
  lastEventId: number;
  variables: Record<string, unknown>;
  cursor: Cursor;
}
