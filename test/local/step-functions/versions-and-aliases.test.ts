import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeStateMachineCommand,
  ListStateMachineAliasesCommand,
  ListStateMachineVersionsCommand,
  PublishStateMachineVersionCommand,
  type SFNClient,
  StartExecutionCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { afterEach, describe, expect, it } from "vitest";
import { machine } from "./engine-bench.ts";
import { arn, serve, stopAll } from "./engine-wire-bench.ts";

afterEach(stopAll);

const refusal = (name: string, message: string) => ({
  name,
  message: expect.stringContaining(message),
  $metadata: { httpStatusCode: 400 },
});

/** As AWS answered when these calls were recorded. */
describe("versions and aliases", () => {
  const definition = (comment: string) =>
    JSON.stringify({ ...machine({ Done: { Type: "Succeed" } }), Comment: comment });

  async function versions(count: number) {
    const { client } = await serve(undefined, true);
    const { stateMachineArn = "" } = await client.send(
      new CreateStateMachineCommand({
        name: "outreach",
        definition: definition("1"),
        roleArn: "r",
        publish: true,
      }),
    );
    for (let number = 2; number <= count; number += 1) {
      await client.send(
        new UpdateStateMachineCommand({
          stateMachineArn,
          definition: definition(String(number)),
          publish: true,
        }),
      );
    }
    return { client, stateMachineArn };
  }
  const route = (...routes: readonly (readonly [string, number])[]) =>
    routes.map(([stateMachineVersionArn, weight]) => ({ stateMachineVersionArn, weight }));
  const name = (
    client: SFNClient,
    alias: string,
    routingConfiguration: ReturnType<typeof route>,
    description?: string,
  ) =>
    client.send(
      new CreateStateMachineAliasCommand({ name: alias, routingConfiguration, description }),
    );

  it("an alias routes to one or two different versions whose weights make 100", async () => {
    const { client } = await versions(3);
    const refused: readonly (readonly [ReturnType<typeof route>, string])[] = [
      [
        route([arn, 100]),
        "Routing configuration must contain state machine version ARNs. Received: [",
      ],
      [
        route([`${arn}:1`, 50], [`${arn}:1`, 50]),
        "must contain distinct state machine version ARNs",
      ],
      [
        route([`${arn}:1`, 70], [`${arn}:2`, 29]),
        "Sum of routing configuration weights must equal 100. Received: [70, 29]",
      ],
      [route([`${arn}:1`, 50], [`${arn}:2`, 30], [`${arn}:3`, 20]), "routingConfiguration"],
      [route([`${arn}:1`, 101]), "routingConfiguration"],
      [[], "routingConfiguration"],
    ];
    for (const [routes, message] of refused) {
      await expect(name(client, "live", routes)).rejects.toMatchObject(
        refusal("ValidationException", message),
      );
    }
    for (const wrong of ["123", "A".repeat(81), "INVALID ALIAS", "!INVALID", "ALIAS@"]) {
      await expect(name(client, wrong, route([`${arn}:1`, 100]))).rejects.toMatchObject({
        name: "ValidationException",
      });
    }
    await name(client, "live", route([`${arn}:1`, 100]), "what runs");
    await name(client, "live", route([`${arn}:1`, 100]), "what runs");
    for (const again of [route([`${arn}:2`, 100]), route([`${arn}:1`, 50], [`${arn}:2`, 50])]) {
      await expect(name(client, "live", again, "what runs")).rejects.toMatchObject(
        refusal(
          "ConflictException",
          "an alias with the same name and a different routing configuration already exists",
        ),
      );
    }
    const unknown = new UpdateStateMachineAliasCommand({
      stateMachineAliasArn: `${arn}:old`,
      description: "x",
    });
    await expect(client.send(unknown)).rejects.toMatchObject(
      refusal("ResourceNotFound", "does not exist"),
    );
  });

  it("are deleted, an absent one without complaint, and a version never while an alias routes to it", async () => {
    const { client } = await versions(2);
    await name(client, "live", route([`${arn}:1`, 100]));
    const deleteVersion = (number: number) =>
      client.send(
        new DeleteStateMachineVersionCommand({ stateMachineVersionArn: `${arn}:${number}` }),
      );
    await expect(deleteVersion(1)).rejects.toMatchObject(
      refusal("ConflictException", "Current list of aliases referencing this version: [live]"),
    );
    const deleteAlias = (alias: string) =>
      client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn: `${arn}:${alias}` }));
    for (const alias of ["live", "live", "never"]) await deleteAlias(alias);
    for (const number of [1, 1, 9]) await deleteVersion(number);
    const { stateMachineVersions } = await client.send(
      new ListStateMachineVersionsCommand({ stateMachineArn: arn }),
    );
    expect(
      stateMachineVersions?.map(({ stateMachineVersionArn }) => stateMachineVersionArn),
    ).toEqual([`${arn}:2`]);
    const { stateMachineAliases } = await client.send(
      new ListStateMachineAliasesCommand({ stateMachineArn: arn }),
    );
    expect(stateMachineAliases).toEqual([]);
    // Numbers are never used twice.
    const updated = await client.send(
      new UpdateStateMachineCommand({
        stateMachineArn: arn,
        definition: definition("3"),
        publish: true,
      }),
    );
    expect(updated.stateMachineVersionArn).toBe(`${arn}:3`);
    const gone = client.send(new StartExecutionCommand({ stateMachineArn: `${arn}:1` }));
    await expect(gone).rejects.toMatchObject(refusal("StateMachineDoesNotExist", `${arn}:1`));
    for (let time = 0; time < 2; time += 1) {
      await client.send(new DeleteStateMachineCommand({ stateMachineArn: arn }));
    }
    const version = client.send(new DeleteStateMachineCommand({ stateMachineArn: `${arn}:2` }));
    await expect(version).rejects.toMatchObject({ name: "ValidationException" });
  });

  it("a version is made of the revision asked for, or not at all", async () => {
    const { client } = await versions(1);
    const described = () => client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    expect((await described()).revisionId).toBeUndefined();
    const { revisionId } = await client.send(
      new UpdateStateMachineCommand({ stateMachineArn: arn, definition: definition("2") }),
    );
    expect((await described()).revisionId).toBe(revisionId);
    await client.send(
      new UpdateStateMachineCommand({ stateMachineArn: arn, definition: definition("3") }),
    );
    await expect(
      client.send(new PublishStateMachineVersionCommand({ stateMachineArn: arn, revisionId })),
    ).rejects.toMatchObject(
      refusal(
        "ConflictException",
        `Failed to publish the State Machine version for revision ${revisionId}.`,
      ),
    );
    await client.send(
      new PublishStateMachineVersionCommand({ stateMachineArn: arn, description: "third" }),
    );
    const version = await client.send(
      new DescribeStateMachineCommand({ stateMachineArn: `${arn}:2` }),
    );
    expect(version).toMatchObject({ description: "third", stateMachineArn: `${arn}:2` });
    const updating = client.send(
      new UpdateStateMachineCommand({ stateMachineArn: `${arn}:2`, definition: definition("4") }),
    );
    await expect(updating).rejects.toMatchObject(refusal("StateMachineDoesNotExist", `${arn}:2`));
    const described4 = client.send(
      new CreateStateMachineCommand({
        name: "other",
        definition: definition("1"),
        roleArn: "r",
        versionDescription: "first",
      }),
    );
    await expect(described4).rejects.toMatchObject(
      refusal("ValidationException", "Version description can only be set when publish is true"),
    );
    const nothing = client.send(new UpdateStateMachineCommand({ stateMachineArn: arn }));
    await expect(nothing).rejects.toMatchObject({ name: "MissingRequiredParameter" });
  });
});
