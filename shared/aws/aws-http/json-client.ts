import { AwsCallError } from "./aws-call-error.ts";
import { type AwsServiceOptions, createAwsService, jsonError, parseObject } from "./aws-service.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** Calls the actions of a service that speaks AWS's JSON protocol. */
export interface JsonClient {
  /**
   * @returns the answer as it came; an empty one is an empty object
   * @throws {AwsCallError} when AWS answers with an error, what the socket threw when it does not answer
   */
  call(action: string, input: JsonObject): Promise<JsonObject>;
}

/** @param options.target - what an action's name begins with, up to the dot */
export function createJsonClient(
  options: AwsServiceOptions & { readonly target: string },
): JsonClient {
  const service = createAwsService(options);
  return {
    async call(action, input) {
      const answer = await service({
        method: "POST",
        path: "/",
        headers: {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": `${options.target}.${action}`,
        },
        body: JSON.stringify(input),
      });
      if (answer.status < 200 || answer.status >= 300) throw jsonError(answer);
      const parsed = answer.body === "" ? {} : parseObject(answer.body);
      // What is no answer of the service's came from something in between.
      if (parsed === undefined) throw new AwsCallError("UnreadableAnswer", 500);
      return parsed;
    },
  };
}
