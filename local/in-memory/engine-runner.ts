import type { WorkflowRunner } from "../../shared/ports/workflow-runner.ts";
import type { StepFunctionsEngine } from "../step-functions/engine.ts";
import { machinePrefix } from "../world/machines.ts";

const account = "arn:aws:states:us-east-1:000000000000";

/** Starts and wakes executions of an engine in this process. */
export function engineRunner(engine: StepFunctionsEngine): WorkflowRunner {
  const statusOf = (workflow: string, name: string) => {
    try {
      const arn = `${account}:execution:${machinePrefix}${workflow}:${name}`;
      return engine.describeExecution(arn).status;
    } catch {
      return "unknown" as const;
    }
  };
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
  };
}
