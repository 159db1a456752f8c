import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { FunctionRunner } from "../../ports/function-runner.ts";
import { repeatable } from "../aws-sdk/client-options.ts";
import { providerError } from "../aws-sdk/provider-error.ts";

/**
 * Calls functions of this system by their fixed names, without waiting for what they answer.
 * @throws {ProviderThrottledError} and {ProviderUnavailableError} when the call was not taken or nobody
 *   knows; a repeat may run the function twice
 */
export function createFunctionRunner(): FunctionRunner {
  const client = new LambdaClient(repeatable);
  return {
    async run(functionName, payload) {
      const command = new InvokeCommand({
        FunctionName: `throughcare-${functionName}`,
        InvocationType: "Event",
        Payload: Buffer.from(JSON.stringify(payload), "utf8"),
      });
      try {
        await client.send(command);
      } catch (error) {
        throw providerError("lambda", error);
      }
    },
  };
}
