import type { ExecutionStatus, WorkflowRunner } from "../../shared/ports/workflow-runner.ts";

type Execution = { readonly workflow: string; readonly input: string; status: ExecutionStatus };

/** Keeps which executions there are; nothing is run. Names stay taken, as they do in AWS. */
export class MemoryWorkflowRunner implements WorkflowRunner {
  readonly executions = new Map<string, Execution>();
  /** The waits that were ended, oldest first. */
  readonly woken: { readonly token: string; readonly output: string }[] = [];
  readonly #waiting = new Set<string>();

  async start(asked: {
    readonly workflow: string;
    readonly name: string;
    readonly input: string;
  }): ReturnType<WorkflowRunner["start"]> {
    const { workflow, name, input } = asked;
    const known = this.executions.get(name);
    if (known !== undefined) {
      // The same start again, while it runs, is the same execution.
      if (known.status === "RUNNING" && known.input === input) return { started: true };
      return { started: false, status: known.status };
    }
    this.executions.set(name, { workflow, input, status: "RUNNING" });
    return { started: true };
  }

  async wake(token: string, output: string): Promise<"woken" | "gone"> {
    if (!this.#waiting.delete(token)) return "gone";
    this.woken.push({ token, output });
    return "woken";
  }

  async status(_workflow: string, name: string): Promise<ExecutionStatus | "unknown"> {
    return this.executions.get(name)?.status ?? "unknown";
  }

  async input(_workflow: string, name: string): Promise<string | undefined> {
    return this.executions.get(name)?.input;
  }

  /** Makes a token one that a state waits on. */
  waitOn(token: string): void {
    this.#waiting.add(token);
  }

  /** Ends an execution, as if it had got there by itself. */
  end(name: string, status: Exclude<ExecutionStatus, "RUNNING">): void {
    const execution = this.executions.get(name);
    if (execution === undefined) throw new Error(`There is no execution ${name}`);
    execution.status = status;
  }
}
