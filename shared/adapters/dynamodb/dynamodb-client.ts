import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { repeatable } from "../aws-sdk/client-options.ts";

/**
 * The client of the database. Region, credentials and endpoint come from the environment, as the SDK
 * reads it. Short time limits, because a function that hangs on a lost connection helps nobody; the
 * SDK's retries cannot write twice, see the store.
 * @param options.endpoint - an address to use whatever the environment says
 */
export function createDynamoDbClient(
  options: { readonly endpoint?: string } = {},
): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    ...repeatable,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  });
  return DynamoDBDocumentClient.from(client);
}
