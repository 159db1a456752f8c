import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from "@aws-sdk/client-sfn";

/** Every execution there is or was, read with the ordinary SDK client from the wire API. */
export async function listExecutions(
  origin: string,
): Promise<readonly DescribeExecutionCommandOutput[]> {
  const client = new SFNClient({
    region: "us-east-1",
    endpoint: `${origin}/_local/aws/step-functions`,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const found: DescribeExecutionCommandOutput[] = [];
  const machines = await client.send(new ListStateMachinesCommand({}));
  for (const { stateMachineArn } of machines.stateMachines ?? []) {
    let nextToken: string | undefined;
    do {
      const page = await client.send(
        new ListExecutionsCommand({
          stateMachineArn,
          maxResults: 1000,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
      for (const { executionArn } of page.executions ?? [])
        found.push(await client.send(new DescribeExecutionCommand({ executionArn })));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
  client.destroy();
  return found;
}
