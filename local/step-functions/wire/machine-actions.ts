import * as z from "zod";
import type { AliasDescription } from "../engine-types.ts";
import { type Action, action, includedData, paged, seconds } from "./action.ts";
import { afterIn, pageOf } from "./pages.ts";

const type = z.enum(["STANDARD", "EXPRESS"]);
const machine = z.object({ stateMachineArn: z.string() });
const routes = z.array(
  z.object({ stateMachineVersionArn: z.string(), weight: z.number().int().min(0).max(100) }),
);

const publishing = {
  publish: z.boolean().optional(),
  versionDescription: z.string().max(256).optional(),
};

/** Calls about state machines, versions and aliases that change no definition. */
export const machineActions: Readonly<Record<string, Action>> = {
  DescribeStateMachine: action(machine.extend({ includedData }), (engine, asked) => {
    const { creationDate, ...described } = engine.describeStateMachine(asked.stateMachineArn);
    return {
      ...described,
      ...(asked.includedData === "METADATA_ONLY" ? { definition: "{}" } : {}),
      creationDate: seconds(creationDate),
      loggingConfiguration: { level: "OFF", includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    };
  }),

  ListStateMachines: action(z.object(paged), (engine, asked) => {
    const placeOf = ({ stateMachineArn }: { stateMachineArn: string }) => stateMachineArn;
    const after = afterIn(byPlace(engine.listStateMachines(), placeOf), placeOf);
    const { items, ...rest } = pageOf({ of: ["ListStateMachines"], placeOf, after }, asked);
    return { stateMachines: items.map(withSeconds), ...rest };
  }),

  ValidateStateMachineDefinition: action(
    z.object({ definition: z.string(), type: type.optional() }),
    (engine, asked) => {
      const diagnostics = engine.validateDefinition(asked.definition, asked.type);
      const result = diagnostics.length === 0 ? "OK" : "FAIL";
      return { result, diagnostics, truncated: false };
    },
  ),

  PublishStateMachineVersion: action(
    machine.extend({
      description: z.string().max(256).optional(),
      revisionId: z.string().optional(),
    }),
    (engine, { stateMachineArn, description, revisionId }) =>
      withSeconds(
        engine.publishVersion(stateMachineArn, {
          ...(description === undefined ? {} : { description }),
          ...(revisionId === undefined ? {} : { revisionId }),
        }),
      ),
  ),

  DeleteStateMachineVersion: action(
    z.object({ stateMachineVersionArn: z.string() }),
    (engine, { stateMachineVersionArn }) => {
      engine.deleteVersion(stateMachineVersionArn);
      return {};
    },
  ),

  ListStateMachineVersions: action(machine.extend(paged), (engine, asked) => {
    const { stateMachineArn } = asked;
    const placeOf = (version: { stateMachineVersionArn: string }) =>
      Number(version.stateMachineVersionArn.split(":").at(-1));
    const after = afterIn(engine.listVersions(stateMachineArn), placeOf, true);
    const of = ["ListStateMachineVersions", stateMachineArn];
    const { items, ...rest } = pageOf({ of, placeOf, after }, asked);
    return { stateMachineVersions: items.map(withSeconds), ...rest };
  }),

  CreateStateMachineAlias: action(
    z.object({
      name: z.string(),
      description: z.string().optional(),
      routingConfiguration: routes,
    }),
    (engine, { name, description, routingConfiguration }) => {
      const alias = engine.createAlias({
        name,
        routingConfiguration,
        ...(description === undefined ? {} : { description }),
      });
      return {
        stateMachineAliasArn: alias.stateMachineAliasArn,
        creationDate: seconds(alias.creationDate),
      };
    },
  ),

  UpdateStateMachineAlias: action(
    z.object({
      stateMachineAliasArn: z.string(),
      description: z.string().optional(),
      routingConfiguration: routes.optional(),
    }),
    (engine, { stateMachineAliasArn, description, routingConfiguration }) => {
      const alias = engine.updateAlias({
        stateMachineAliasArn,
        ...(description === undefined ? {} : { description }),
        ...(routingConfiguration === undefined ? {} : { routingConfiguration }),
      });
      return { updateDate: seconds(alias.updateDate) };
    },
  ),

  DescribeStateMachineAlias: action(
    z.object({ stateMachineAliasArn: z.string() }),
    (engine, { stateMachineAliasArn }) =>
      aliasOnTheWire(engine.describeAlias(stateMachineAliasArn)),
  ),

  DeleteStateMachineAlias: action(
    z.object({ stateMachineAliasArn: z.string() }),
    (engine, { stateMachineAliasArn }) => {
      engine.deleteAlias(stateMachineAliasArn);
      return {};
    },
  ),

  ListStateMachineAliases: action(machine.extend(paged), (engine, asked) => {
    const { stateMachineArn } = asked;
    const placeOf = (alias: AliasDescription) => alias.stateMachineAliasArn;
    const after = afterIn(byPlace(engine.listAliases(stateMachineArn), placeOf), placeOf);
    const of = ["ListStateMachineAliases", stateMachineArn];
    const { items, ...rest } = pageOf({ of, placeOf, after }, asked);
    const stateMachineAliases = items.map(({ stateMachineAliasArn, creationDate }) => ({
      stateMachineAliasArn,
      creationDate: seconds(creationDate),
    }));
    return { stateMachineAliases, ...rest };
  }),
};

/** Calls that make, change or delete state machines. */
export const definitionActions: Readonly<Record<string, Action>> = {
  CreateStateMachine: action(
    z.object({
      name: z.string(),
      definition: z.string(),
      roleArn: z.string(),
      type: type.optional(),
      ...publishing,
    }),
    (engine, { name, definition, roleArn, type: asked, ...published }) =>
      withSeconds(
        engine.createStateMachine({
          name,
          definition,
          roleArn,
          ...(asked === undefined ? {} : { type: asked }),
          ...present(published),
        }),
      ),
  ),

  UpdateStateMachine: action(
    z.object({
      stateMachineArn: z.string(),
      definition: z.string().optional(),
      roleArn: z.string().optional(),
      ...publishing,
    }),
    (engine, { stateMachineArn, definition, roleArn, ...published }) => {
      const { updateDate, ...updated } = engine.updateStateMachine({
        stateMachineArn,
        ...(definition === undefined ? {} : { definition }),
        ...(roleArn === undefined ? {} : { roleArn }),
        ...present(published),
      });
      return { ...updated, updateDate: seconds(updateDate) };
    },
  ),

  DeleteStateMachine: action(machine, async (engine, { stateMachineArn }) => {
    await engine.deleteStateMachine(stateMachineArn);
    return {};
  }),
};

function present(published: {
  publish?: boolean | undefined;
  versionDescription?: string | undefined;
}): { publish?: boolean; versionDescription?: string } {
  const { publish, versionDescription } = published;
  return {
    ...(publish === undefined ? {} : { publish }),
    ...(versionDescription === undefined ? {} : { versionDescription }),
  };
}

function byPlace<Item>(items: readonly Item[], placeOf: (item: Item) => string): Item[] {
  return items.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

function aliasOnTheWire({ creationDate, updateDate, ...alias }: AliasDescription) {
  return { ...alias, creationDate: seconds(creationDate), updateDate: seconds(updateDate) };
}

function withSeconds<Item extends { creationDate: number }>(item: Item): Item {
  return { ...item, creationDate: seconds(item.creationDate) };
}
