import type { Template } from "../expressions/template.ts";

/** One entry of `Retry`, defaults filled in. */
export interface Retrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly isJittered: boolean;
}

/** What happens to variables and output when a state is left. */
export interface Leaving {
  /** Always an object of name → value. */
  readonly assign?: Template;
  readonly output?: Template;
}

/** One entry of `Catch`. */
export interface Catcher extends Leaving {
  readonly errors: readonly string[];
  readonly next: string;
}

interface StateBase extends Leaving {
  readonly name: string;
  /** Absent where the state ends the execution. */
  readonly next?: string;
}

/** Which of the three ways of calling a function a task uses. */
export type TaskKind = "function" | "invoke" | "invoke.waitForTaskToken";

export interface TaskState extends StateBase {
  readonly type: "Task";
  readonly kind: TaskKind;
  /** As the definition has it. */
  readonly resource: string;
  readonly arguments?: Template;
  readonly timeoutSeconds?: Template;
  readonly heartbeatSeconds?: Template;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** One rule of a Choice state. */
export interface ChoiceRule extends Leaving {
  readonly condition: Template;
  readonly next: string;
}

export interface ChoiceState extends StateBase {
  readonly type: "Choice";
  readonly choices: readonly ChoiceRule[];
}

export interface WaitState extends StateBase {
  readonly type: "Wait";
  readonly seconds?: Template;
  readonly timestamp?: Template;
}

export interface PlainState extends StateBase {
  readonly type: "Pass" | "Succeed";
}

export interface FailState extends StateBase {
  readonly type: "Fail";
  readonly error?: Template;
  readonly cause?: Template;
}

export type State = TaskState | ChoiceState | WaitState | PlainState | FailState;

/** A checked and compiled definition. */
export interface Machine {
  readonly startAt: string;
  readonly timeoutSeconds?: number;
  readonly states: ReadonlyMap<string, State>;
}
