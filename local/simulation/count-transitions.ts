import type { StepFunctionsEngine } from "../step-functions/engine.ts";
import { machinePrefix } from "../world/machines.ts";
import type { Usage } from "./usage.ts";

/** Events that a machine with log level ERROR writes down. */
const errorEvents = /^(Lambda.*|Task|Execution)(Failed|TimedOut|Aborted)$/;
/** One for each try of a task. */
const tryEvents = /^(LambdaFunction|Task)Scheduled$/;

export type CountedExecutions = {
  readonly transitions: Usage["transitions"];
  readonly errorLines: number;
  /** When which machine was at work, in order of time. */
  readonly work: readonly { readonly workflow: string; readonly at: number }[];
};

/** Reads the histories of all executions: each state entered and each further try of a task. */
export function countTransitions(engine: StepFunctionsEngine): CountedExecutions {
  const byWorkflow: Record<string, number> = {};
  const byState: Record<string, number> = {};
  const work: { workflow: string; at: number }[] = [];
  const executions = engine.listExecutions({});
  let errorLines = 0;
  for (const { executionArn, stateMachineArn } of executions) {
    const workflow = (stateMachineArn.split(":")[6] ?? "").slice(machinePrefix.length);
    const count = (state: string) => {
      byWorkflow[workflow] = (byWorkflow[workflow] ?? 0) + 1;
      const name = `${workflow}: ${state}`;
      byState[name] = (byState[name] ?? 0) + 1;
    };
    let state = "";
    let tries = 0;
    for (const event of engine.getExecutionHistory(executionArn)) {
      work.push({ workflow, at: event.timestamp });
      if (errorEvents.test(event.type)) errorLines += 1;
      if (event.type.endsWith("StateEntered")) {
        state = nameOf(event.stateEnteredEventDetails);
        tries = 0;
        count(state);
      } else if (tryEvents.test(event.type)) {
        tries += 1;
        if (tries > 1) count(`${state} (again)`);
      }
    }
  }
  return {
    transitions: {
      total: Object.values(byWorkflow).reduce((sum, one) => sum + one, 0),
      executions: executions.length,
      byWorkflow,
      byState: Object.fromEntries(
        Object.entries(byState).sort((left, right) => right[1] - left[1]),
      ),
    },
    errorLines,
    work: work.sort((left, right) => left.at - right.at),
  };
}

function nameOf(details: unknown): string {
  const name = typeof details === "object" && details !== null ? Reflect.get(details, "name") : "";
  return String(name);
}
