import * as z from "zod";
import type { AliasDescription } from "../engine-types.ts";
import { type Action, action, paged, seconds } from "./action.ts";
import { pageOf } from "./pages.ts";

const type = z.enum(["STANDARD", "EXPRESS"]);
const machine = z.object({ stateMachineArn: z.string() });
const routes = z.array(
  z.object({ stateMachineVersionArn: z.string(), weight: z.number().int().min(0).max(100) }),
);

/** Calls about state machines, versions and aliases that change no definition. */
export const machineActions: Readonly<Record<string, Action>> = {
  DescribeStateMachine: action(machine, (engine, { stateMachineArn }) => {
    const { creationDate, ...described } = engine.describeStateMachine(stateMachineArn);
    return { ...described, creationDate: seconds(creationDate) };
  }),

  ListStateMachines: action(z.object(paged), (engine, asked) => {
    const { items, ...rest } = pageOf(engine.listStateMachines(), asked);
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

  PublishStateMachineVersion: action(machine, (engine, { stateMachineArn }) =>
    withSeconds(engine.publishVersion(stateMachineArn)),
  ),

  ListStateMachineVersions: action(machine.extend(paged), (engine, asked) => {
    const { items, ...rest } = pageOf(engine.listVersions(asked.stateMachineArn), asked);
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

  ListStateMachineAliases: action(machine.extend(paged), (engine, asked) => {
    const { items, ...rest } = pageOf(engine.listAliases(asked.stateMachineArn), asked);
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
      publish: z.boolean().optional(),
    }),
    (engine, { name, definition, roleArn, type: asked, publish }) =>
      withSeconds(
        engine.createStateMachine({
          name,
          definition,
          roleArn,
          ...(asked === undefined ? {} : { type: asked }),
          ...(publish === undefined ? {} : { publish }),
        }),
      ),
  ),

  UpdateStateMachine: action(
    z.object({
      stateMachineArn: z.string(),
      definition: z.string(),
      publish: z.boolean().optional(),
    }),
    (engine, { stateMachineArn, definition, publish }) => {
      const { updateDate, ...updated } = engine.updateStateMachine({
        stateMachineArn,
        definition,
        ...(publish === undefined ? {} : { publish }),
      });
      return { ...updated, updateDate: seconds(updateDate) };
    },
  ),

  DeleteStateMachine: action(machine, async (engine, { stateMachineArn }) => {
    await engine.deleteStateMachine(stateMachineArn);
    return {};
  }),
};

function aliasOnTheWire({ creationDate, updateDate, ...alias }: AliasDescription) {
  return { ...alias, creationDate: seconds(creationDate), updateDate: seconds(updateDate) };
}

function withSeconds<Item extends { creationDate: number }>(item: Item): Item {
  return { ...item, creationDate: seconds(item.creationDate) };
}
