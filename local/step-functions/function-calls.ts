import type { InvokeLambda, LambdaOutcome } from "./engine-types.ts";
import type { TaskCall } from "./execution-record.ts";

type Queued = { readonly attemptId: string; readonly start: () => void };

/** The function calls under way, no more than so many at once; the others wait their turn. */
export class FunctionCalls {
  readonly #invoke: InvokeLambda;
  readonly #max: number;
  readonly #underway = new Set<string>();
  #queue: Queued[] = [];

  constructor(invoke: InvokeLambda, max: number) {
    this.#invoke = invoke;
    this.#max = max;
  }

  /** How many calls are under way or wait their turn. */
  get underway(): number {
    return this.#underway.size + this.#queue.length;
  }

  /** Whether the next call would have to wait its turn. */
  get isFull(): boolean {
    return this.#underway.size >= this.#max;
  }

  /**
   * Makes a call, now or when there is room.
   * @param on.start - told right before the call is made
   * @param on.answer - told how it ended, unless it was abandoned
   */
  make(
    call: TaskCall,
    executionArn: string,
    on: { readonly start: () => void; readonly answer: (answer: LambdaOutcome) => void },
  ): void {
    const start = () => {
      this.#underway.add(call.attemptId);
      on.start();
      void this.#outcome(call, executionArn).then((answer) => {
        if (!this.#underway.delete(call.attemptId)) return;
        this.#startQueued();
        on.answer(answer);
      });
    };
    if (!this.isFull) start();
    else this.#queue.push({ attemptId: call.attemptId, start });
  }

  /** Waits for this call no longer: it took too long, or its execution has ended. */
  abandon(attemptId: string): void {
    this.#queue = this.#queue.filter((queued) => queued.attemptId !== attemptId);
    if (this.#underway.delete(attemptId)) this.#startQueued();
  }

  #startQueued(): void {
    while (!this.isFull) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      next.start();
    }
  }

  async #outcome(call: TaskCall, executionArn: string): Promise<LambdaOutcome> {
    const { functionName, payload, qualifier } = call;
    try {
      return await this.#invoke(functionName, payload, {
        executionArn,
        ...(qualifier === undefined ? {} : { qualifier }),
      });
    } catch (error) {
      return {
        ok: false,
        errorType: "Lambda.SdkClientException",
        errorMessage: error instanceof Error ? error.message : String(error),
      };
    }
  }
}
