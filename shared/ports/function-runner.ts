/** Calls another function of this system without waiting for its answer. */
export interface FunctionRunner {
  run(
    functionName: "send-message" | "page-on-call",
    payload: Readonly<Record<string, unknown>>,
  ): Promise<void>;
}
