import type { FunctionRunner } from "../../shared/ports/function-runner.ts";

export type RecordedCall = {
  readonly functionName: Parameters<FunctionRunner["run"]>[0];
  readonly payload: Readonly<Record<string, unknown>>;
};

/** Keeps the calls that were asked for; nothing is run. */
export class MemoryFunctionRunner implements FunctionRunner {
  readonly calls: RecordedCall[] = [];

  async run(
    functionName: RecordedCall["functionName"],
    payload: RecordedCall["payload"],
  ): Promise<void> {
    this.calls.push({ functionName, payload });
  }
}
