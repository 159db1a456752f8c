import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { repeatable } from "../aws-client/client-settings.ts";

/**
 * The client of the database. Region, credentials and endpoint come from the environment, as the SDK
 * reads it. Its repeats cannot write twice, see the store.
 * @param options.endpoint - an address to use whatever the environment says
 */
export function createDynamoDbClient(
  options: { readonly endpoint?: string } = {},
): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...repeatable, ...options }));
}
