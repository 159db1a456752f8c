import { StepFunctionsEngine } from "../../../local/step-functions/engine.ts";
import type { EngineOptions } from "../../../local/step-functions/engine-options.ts";
import type { EngineStore } from "../../../local/step-functions/engine-store.ts";
import type { LambdaOutcome, StatusChange } from "../../../local/step-functions/engine-types.ts";

/** A call that a function got. */
export type Called = { readonly at: string; readonly name: string; readonly payload: unknown };

/** The start of the clock of every bench. */
export const startedAt = "2027-01-04T15:00:00.000Z";

/** An engine whose clock and functions are in the test's hands. */
export class EngineBench {
  readonly engine: StepFunctionsEngine;
  readonly called: Called[] = [];
  readonly changes: StatusChange[] = [];
  /** What the functions answer; echoes where it is left alone. */
  answer: (name: string, payload: unknown) => LambdaOutcome | Promise<LambdaOutcome> = (
    _name,
    payload,
  ) => ({ ok: true, payload });
  #nowMs: number;

  constructor(
    options: {
      readonly store?: EngineStore;
      readonly at?: string;
      readonly random?: () => number;
      readonly more?: Partial<EngineOptions>;
    } = {},
  ) {
    this.#nowMs = Date.parse(options.at ?? startedAt);
    this.engine = new StepFunctionsEngine({
      clock: { now: () => this.#nowMs },
      invokeLambda: async (name, payload) => {
        this.called.push({ at: this.now(), name, payload });
        return this.answer(name, payload);
      },
      ...(options.store === undefined ? {} : { store: options.store }),
      ...(options.random === undefined ? {} : { random: options.random }),
      ...options.more,
    });
    this.engine.onEvent((change) => this.changes.push(change));
  }

  now(): string {
    return new Date(this.#nowMs).toISOString();
  }

  /** Makes a machine of these states and starts it; answers with the execution's ARN. */
  start(
    states: Readonly<Record<string, object>>,
    options: { readonly input?: unknown; readonly name?: string; readonly timeout?: number } = {},
  ): string {
    const { stateMachineArn } = this.engine.createStateMachine({
      name: "outreach",
      definition: machine(states, options.timeout),
    });
    return this.engine.startExecution({
      stateMachineArn,
      name: options.name ?? "outreach-1-g1",
      ...(options.input === undefined ? {} : { input: options.input }),
    }).executionArn;
  }

  /** Moves the clock from due time to due time up to the instant, as the local world does. */
  async advanceTo(instant: string): Promise<void> {
    const target = Date.parse(instant);
    await this.engine.runUntilIdle();
    for (
      let due = this.engine.nextDueAt();
      due !== undefined && due <= target;
      due = this.engine.nextDueAt()
    ) {
      this.#nowMs = Math.max(this.#nowMs, due);
      await this.engine.runUntilIdle();
    }
    this.#nowMs = target;
    await this.engine.runUntilIdle();
  }

  /** Moves the clock at one stroke, whatever falls due on the way. */
  jumpTo(instant: string): void {
    this.#nowMs = Date.parse(instant);
  }

  async advanceSeconds(seconds: number): Promise<void> {
    await this.advanceTo(new Date(this.#nowMs + seconds * 1000).toISOString());
  }

  eventTypes(executionArn: string): string[] {
    return this.engine.getExecutionHistory(executionArn).map(({ type }) => type);
  }
}

/** A definition that begins at its first state. */
export function machine(states: Readonly<Record<string, object>>, timeout?: number): object {
  return {
    QueryLanguage: "JSONata",
    StartAt: Object.keys(states)[0],
    ...(timeout === undefined ? {} : { TimeoutSeconds: timeout }),
    States: states,
  };
}

/** A task that calls a function and waits for its answer. */
export function callTask(functionName: string, further: object = {}): object {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Arguments: { FunctionName: functionName, Payload: "{% $states.input %}" },
    Output: "{% $states.result.Payload %}",
    End: true,
    ...further,
  };
}

/** A task that hands out a token and waits for whoever answers it. */
export function holdTask(further: object = {}): object {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
    Arguments: {
      FunctionName: "hold-care",
      Payload: { token: "{% $states.context.Task.Token %}" },
    },
    End: true,
    ...further,
  };
}

/** The token that the last call carried. */
export function lastToken(called: readonly Called[]): string {
  const payload = called.at(-1)?.payload as { readonly token: string } | undefined;
  if (payload === undefined) throw new Error("Nothing was called yet");
  return payload.token;
}

/** What a function's own error looks like. */
export function failure(errorType: string, errorMessage = "It did not work"): LambdaOutcome {
  return { ok: false, errorType, errorMessage };
}
