import type { WorkflowRunner } from "../../shared/ports/workflow-runner.ts";
import type { StepFunctionsEngine } from "../step-functions/engine.ts";
import { machinePrefix } from "../world/machines.ts";

const account = "arn:aws:states:us-east-1:000000000000";

/** Starts and wakes executions of an engine in this process. */
export function engineRunner(engine: StepFunctionsEngine): WorkflowRunner {
  const describe = (workflow: string, name: string) => {
    try {
      return engine.describeExecution(`${account}:execution:${machinePrefix}${workflow}:${name}`);
    } catch {
      return undefined;
    }
  };
  const statusOf = (workflow: string, name: string) =>
    describe(workflow, name)?.status ?? ("unknown" as const);
  return {
    start: async ({ workflow, name, input }) => {
      try {
        engine.startExecution({
          stateMachineArn: `${account}:stateMachine:${machinePrefix}${workflow}:live`,
          name,
          input: JSON.parse(input),
        });
        return { started: true };
      } catch (error) {
        const status = statusOf(workflow, name);
        if (status === "unknown") throw error;
        return { started: false, status };
      }
    },
    wake: async (taskToken, output) => {
      try {
        engine.sendTaskSuccess({ taskToken, output: JSON.parse(output) });
        return "woken";
      } catch {
        return "gone";
      }
    },
    status: async (workflow, name) => statusOf(workflow, name),
    input: async (workflow, name) => {
      const execution = describe(workflow, name);
      return execution === undefined ? undefined : JSON.stringify(execution.input);
    },
  };
}
