import { checkData, MAX_VARIABLE_BYTES } from "../data-limit.ts";
import type { Leaving } from "../definition/machine.ts";
import type { LiveExecution } from "./live-execution.ts";

const NOTHING_TRUNCATED = { truncated: false };

/** Where a state leads, and what with. */
export interface Departure {
  readonly leaving: Leaving;
  /** Absent where the execution ends here. */
  readonly next: string | undefined;
  /** The output where `Output` is absent. */
  readonly output: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
}

/** Evaluates Output and Assign; both see the variables as they were. */
export async function depart(execution: LiveExecution, departure: Departure): Promise<void> {
  const { leaving } = departure;
  let { output } = departure;
  let assigned: Record<string, unknown> | undefined;
  if (leaving.output !== undefined || leaving.assign !== undefined) {
    const scope = execution.scope({
      ...("result" in departure ? { result: departure.result } : {}),
      ...("errorOutput" in departure ? { errorOutput: departure.errorOutput } : {}),
    });
    if (leaving.output !== undefined) output = await leaving.output.evaluate(scope);
    assigned = (await leaving.assign?.evaluate(scope)) as Record<string, unknown> | undefined;
  }
  const { record } = execution;
  const state = execution.state();
  if (output !== record.cursor.input) checkData(output);
  const variables = assigned === undefined ? undefined : { ...record.variables, ...assigned };
  if (variables !== undefined) {
    checkData(assigned);
    checkData(variables, MAX_VARIABLE_BYTES);
  }
  execution.emit(`${state.type}StateExited`, () => ({
    stateExitedEventDetails: {
      name: state.name,
      output: JSON.stringify(output),
      outputDetails: NOTHING_TRUNCATED,
      ...assignedDetails(assigned),
    },
  }));
  if (variables !== undefined) record.variables = variables;
  if (departure.next === undefined) {
    succeed(execution, output);
    return;
  }
  record.cursor = {
    state: departure.next,
    input: output,
    phase: { kind: "enter" },
    enteredAt: execution.services.now(),
    enteredEventId: 0,
    retries: [],
  };
}

function assignedDetails(assigned: Record<string, unknown> | undefined) {
  const names = Object.entries(assigned ?? {});
  if (names.length === 0) return {};
  return {
    assignedVariables: Object.fromEntries(
      names.map(([name, value]) => [name, JSON.stringify(value)]),
    ),
    assignedVariablesDetails: NOTHING_TRUNCATED,
  };
}

function succeed(execution: LiveExecution, output: unknown): void {
  const { record } = execution;
  record.status = "SUCCEEDED";
  record.stopDate = execution.services.now();
  record.output = output;
  execution.emit("ExecutionSucceeded", () => ({
    executionSucceededEventDetails: {
      output: JSON.stringify(output),
      outputDetails: NOTHING_TRUNCATED,
    },
  }));
}
