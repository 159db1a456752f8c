import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { FunctionRunner } from "../../ports/function-runner.ts";
import { endInTime, repeatable } from "../aws-client/client-settings.ts";
import { providerError } from "../aws-client/provider-error.ts";

/**
 * Calls functions of this system by their fixed names, without waiting for what they answer.
 * @throws {ProviderThrottledError} and {ProviderUnavailableError} when the call was not taken or nobody
 *   knows; a repeat may run the function twice
 */
export function createFunctionRunner(): FunctionRunner {
  const client = new LambdaClient(repeatable);
  return {
    async run(functionName, payload) {
      const call = new InvokeCommand({
        FunctionName: `throughcare-${functionName}`,
        InvocationType: "Event",
        Payload: Buffer.from(JSON.stringify(payload)),
      });
      try {
        await client.send(call, endInTime(repeatable));
      } catch (error) {
        throw providerError("lambda", error);
      }
    },
  };
}
