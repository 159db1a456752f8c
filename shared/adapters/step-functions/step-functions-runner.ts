import {
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { ExecutionStatus, WorkflowRunner } from "../../ports/workflow-runner.ts";
import { repeatable } from "../aws-sdk/client-options.ts";
import { providerError } from "../aws-sdk/provider-error.ts";
import { isNamed } from "../aws-sdk/sdk-error.ts";

/**
 * Runs the state machines. Their ARNs are put together from fixed names: a function that named the
 * machine that names the function could not be deployed.
 * @param options.stateMachineArnPrefix - a machine's ARN up to the workflow's name, such as
 *   `arn:aws:states:us-east-1:123456789012:stateMachine:throughcare-`
 * @throws {ProviderThrottledError} and {ProviderUnavailableError} from its calls; both may be repeated
 */
export function createStepFunctionsRunner(options: {
  readonly stateMachineArnPrefix: string;
}): WorkflowRunner {
  const client = new SFNClient(repeatable);
  const prefix = options.stateMachineArnPrefix;
  const executionPrefix = prefix.replace(":stateMachine:", ":execution:");

  const status = async (workflow: string, name: string): Promise<ExecutionStatus | "unknown"> => {
    try {
      const executionArn = `${executionPrefix}${workflow}:${name}`;
      const described = await client.send(new DescribeExecutionCommand({ executionArn }));
      return statusOf(described.status);
    } catch (error) {
      if (isNamed(error, "ExecutionDoesNotExist")) return "unknown";
      throw providerError("step-functions", error);
    }
  };

  return {
    status,
    async start({ workflow, name, input }) {
      const stateMachineArn = `${prefix}${workflow}:live`;
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
        return { started: true };
      } catch (error) {
        if (!isNamed(error, "ExecutionAlreadyExists")) throw providerError("step-functions", error);
      }
      const found = await status(workflow, name);
      // A name stays taken for 90 days, also where nothing is known of the execution any more.
      return { started: false, status: found === "unknown" ? "ABORTED" : found };
    },
    async wake(token, output) {
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken: token, output }));
        return "woken";
      } catch (error) {
        if (isNamed(error, "InvalidToken", "TaskTimedOut", "TaskDoesNotExist")) return "gone";
        throw providerError("step-functions", error);
      }
    },
  };
}

function statusOf(status: string | undefined): ExecutionStatus | "unknown" {
  switch (status) {
    case "RUNNING":
    case "SUCCEEDED":
    case "FAILED":
    case "TIMED_OUT":
    case "ABORTED":
      return status;
    default:
      return "unknown";
  }
}
