import {
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { ExecutionStatus, WorkflowRunner } from "../../ports/workflow-runner.ts";
import { isNamed } from "../aws-client/call-failure.ts";
import { endInTime, repeatable } from "../aws-client/client-settings.ts";
import { providerError } from "../aws-client/provider-error.ts";

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

  const describe = async (workflow: string, name: string) => {
    try {
      const executionArn = `${executionPrefix}${workflow}:${name}`;
      return await client.send(
        new DescribeExecutionCommand({ executionArn }),
        endInTime(repeatable),
      );
    } catch (error) {
      if (isNamed(error, "ExecutionDoesNotExist")) return undefined;
      throw providerError("step-functions", error);
    }
  };
  const status = async (workflow: string, name: string): Promise<ExecutionStatus | "unknown"> =>
    statusOf((await describe(workflow, name))?.status);

  return {
    status,
    input: async (workflow, name) => (await describe(workflow, name))?.input,
    async start({ workflow, name, input }) {
      const stateMachineArn = `${prefix}${workflow}:live`;
      try {
        await client.send(
          new StartExecutionCommand({ stateMachineArn, name, input }),
          endInTime(repeatable),
        );
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
        await client.send(
          new SendTaskSuccessCommand({ taskToken: token, output }),
          endInTime(repeatable),
        );
        return "woken";
      } catch (error) {
        if (isNamed(error, "InvalidToken", "TaskTimedOut", "TaskDoesNotExist")) return "gone";
        throw providerError("step-functions", error);
      }
    },
  };
}

function statusOf(status: unknown): ExecutionStatus | "unknown" {
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
