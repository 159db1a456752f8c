import type { FunctionRunner } from "../../ports/function-runner.ts";
import { createAwsService, jsonError } from "../aws-http/aws-service.ts";
import type { HttpAnswer } from "../aws-http/http-exchange.ts";
import { providerError } from "../aws-http/provider-error.ts";

/**
 * Calls functions of this system by their fixed names, without waiting for what they answer.
 * @throws {ProviderThrottledError} and {ProviderUnavailableError} when the call was not taken or nobody
 *   knows; a repeat may run the function twice
 */
export function createFunctionRunner(): FunctionRunner {
  const service = createAwsService({ variable: "LAMBDA", host: "lambda", attempts: 3 });
  return {
    async run(functionName, payload) {
      let answer: HttpAnswer;
      try {
        answer = await service({
          method: "POST",
          path: `/2015-03-31/functions/throughcare-${functionName}/invocations`,
          headers: {
            "content-type": "application/octet-stream",
            "x-amz-invocation-type": "Event",
          },
          body: JSON.stringify(payload),
        });
      } catch (error) {
        throw providerError("lambda", error);
      }
      if (answer.status < 200 || answer.status >= 300)
        throw providerError("lambda", jsonError(answer));
    },
  };
}
