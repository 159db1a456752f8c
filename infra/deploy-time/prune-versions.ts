import {
  DeleteFunctionCommand,
  type LambdaClient,
  ListVersionsByFunctionCommand,
} from "@aws-sdk/client-lambda";
import {
  DeleteStateMachineVersionCommand,
  ListStateMachineVersionsCommand,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import { machinePlaceholders, workflows } from "../functions/workflows.ts";
import { functionName, machineName } from "../names.ts";
import { type PublishedVersion, supersededBefore } from "./superseded.ts";

/**
 * Deletes versions of machines and functions that were superseded before an instant: stacks keep every
 * version, because CloudFormation would delete one that executions still call.
 * @returns what was deleted, in words
 */
export async function pruneVersions(input: {
  readonly lambda: Pick<LambdaClient, "send">;
  readonly states: Pick<SFNClient, "send">;
  readonly account: string;
  readonly region: string;
  readonly before: string;
}): Promise<readonly string[]> {
  const deleted: string[] = [];
  for (const workflow of workflows) {
    const name = machineName(workflow);
    const arn = `arn:aws:states:${input.region}:${input.account}:stateMachine:${name}`;
    for (const id of supersededBefore(await machineVersions(input.states, arn), input.before)) {
      await input.states.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: id }));
      deleted.push(`${name} ${id.slice(id.lastIndexOf(":") + 1)}`);
    }
  }
  for (const called of Object.values(machinePlaceholders)) {
    const name = functionName(called);
    for (const id of supersededBefore(await functionVersions(input.lambda, name), input.before)) {
      await input.lambda.send(new DeleteFunctionCommand({ FunctionName: name, Qualifier: id }));
      deleted.push(`${name} ${id}`);
    }
  }
  return deleted;
}

async function machineVersions(
  states: Pick<SFNClient, "send">,
  stateMachineArn: string,
): Promise<readonly PublishedVersion[]> {
  const found: PublishedVersion[] = [];
  let nextToken: string | undefined;
  do {
    const page = await states.send(
      new ListStateMachineVersionsCommand({
        stateMachineArn,
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
    );
    for (const { stateMachineVersionArn: id, creationDate } of page.stateMachineVersions ?? [])
      if (id !== undefined && creationDate !== undefined)
        found.push({ id, publishedAt: creationDate.toISOString() });
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

async function functionVersions(
  lambda: Pick<LambdaClient, "send">,
  name: string,
): Promise<readonly PublishedVersion[]> {
  const found: PublishedVersion[] = [];
  let marker: string | undefined;
  do {
    const page = await lambda.send(
      new ListVersionsByFunctionCommand({
        FunctionName: name,
        ...(marker === undefined ? {} : { Marker: marker }),
      }),
    );
    for (const { Version: id, LastModified: publishedAt } of page.Versions ?? [])
      if (id !== undefined && publishedAt !== undefined && id !== "$LATEST")
        found.push({ id, publishedAt });
    marker = page.NextMarker;
  } while (marker !== undefined);
  return found;
}
