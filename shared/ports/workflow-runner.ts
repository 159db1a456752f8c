export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** Starts and wakes executions of the state machines. */
export interface WorkflowRunner {
  /** `exists` only when an execution of that name is there already, with its status. */
  start(input: {
    readonly workflow: string;
    readonly name: string;
    readonly input: string;
  }): Promise<
    { readonly started: true } | { readonly started: false; readonly status: ExecutionStatus }
  >;
  /** `gone`: the token is unknown, used or timed out. The truth must be read again. */
  wake(token: string, output: string): Promise<"woken" | "gone">;
  status(workflow: string, name: string): Promise<ExecutionStatus | "unknown">;
  /** What an execution was started with, as text; undefined where nothing is known of it any more. */
  input(workflow: string, name: string): Promise<string | undefined>;
}
