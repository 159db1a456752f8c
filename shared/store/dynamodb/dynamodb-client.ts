import { environmentEndpoint } from "../../aws/aws-credentials/environment-endpoint.ts";
import { createJsonClient, type JsonClient } from "../../aws/aws-http/json-client.ts";

/**
 * The client of the database. Region, credentials and endpoint come from the environment, as the SDK
 * reads it. Its repeats cannot write twice, see the store.
 * @param options.endpoint - an address to use whatever the environment says
 */
export function createDynamoDbClient(options: { readonly endpoint?: string } = {}): JsonClient {
  const { endpoint } = options;
  return createJsonClient({
    variable: "DYNAMODB",
    host: "dynamodb",
    target: "DynamoDB_20120810",
    attempts: 3,
    ...(endpoint === undefined
      ? {}
      : { endpoint: { ...environmentEndpoint("DYNAMODB", "dynamodb"), url: endpoint } }),
  });
}
