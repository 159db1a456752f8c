import { EngineError } from "./engine-error.ts";
import type { AliasDescription, AliasRoute } from "./engine-types.ts";
import type { AliasRecord, MachineRecord } from "./machine-record.ts";
import { findVersion, type MachineRegistry, versionArn } from "./machine-registry.ts";
import { checkName, parseMachineArn } from "./names.ts";

/** Where a started execution runs: the definition, and the version and alias that led to it. */
export interface Route {
  readonly machine: MachineRecord;
  readonly definitionHash: string;
  readonly versionArn?: string;
  readonly aliasArn?: string;
}

/** The names that route to versions. Every change is stored before a call returns. */
export class Aliases {
  readonly #machines: MachineRegistry;
  readonly #now: () => number;
  readonly #random: () => number;

  constructor(machines: MachineRegistry, now: () => number, random: () => number) {
    this.#machines = machines;
    this.#now = now;
    this.#random = random;
  }

  /** Idempotent for the same routing; otherwise `ConflictException`. */
  create(input: {
    name: string;
    description?: string;
    routingConfiguration: AliasRoute[];
  }): AliasDescription {
    checkName(input.name);
    if (/^\d+$/.test(input.name)) {
      throw new EngineError("InvalidName", `An alias cannot be named by digits: '${input.name}'`);
    }
    const machine = this.#checkRoutes(input.routingConfiguration);
    const existing = machine.aliases.find((alias) => alias.name === input.name);
    if (existing !== undefined) {
      const isSame =
        JSON.stringify(existing.routes) === JSON.stringify(input.routingConfiguration) &&
        existing.description === input.description;
      if (isSame) return describe(machine, existing);
      throw new EngineError(
        "ConflictException",
        `The alias '${input.name}' exists with another configuration: use UpdateStateMachineAlias`,
      );
    }
    const alias: AliasRecord = {
      name: input.name,
      ...(input.description === undefined ? {} : { description: input.description }),
      routes: input.routingConfiguration,
      creationDate: this.#now(),
      updateDate: this.#now(),
    };
    machine.aliases.push(alias);
    this.#machines.save(machine);
    return describe(machine, alias);
  }

  update(input: {
    stateMachineAliasArn: string;
    description?: string;
    routingConfiguration?: AliasRoute[];
  }): AliasDescription {
    const { machine, alias } = this.#find(input.stateMachineAliasArn);
    if (input.routingConfiguration !== undefined) {
      if (this.#checkRoutes(input.routingConfiguration) !== machine) {
        throw new EngineError("ValidationException", "An alias routes to versions of its machine");
      }
      alias.routes = input.routingConfiguration;
    }
    if (input.description !== undefined) alias.description = input.description;
    alias.updateDate = this.#now();
    this.#machines.save(machine);
    return describe(machine, alias);
  }

  describe(stateMachineAliasArn: string): AliasDescription {
    const { machine, alias } = this.#find(stateMachineAliasArn);
    return describe(machine, alias);
  }

  list(stateMachineArn: string): AliasDescription[] {
    const machine = this.#machines.get(stateMachineArn);
    return machine.aliases.map((alias) => describe(machine, alias));
  }

  /** What starting an execution at this ARN runs. */
  route(arn: string): Route {
    const machine = this.#machines.get(arn);
    const { qualifier } = parseMachineArn(arn);
    if (qualifier === undefined) return { machine, definitionHash: machine.definitionHash };
    if (/^\d+$/.test(qualifier)) {
      const version = findVersion(machine, arn, qualifier);
      const { definitionHash } = version;
      return { machine, definitionHash, versionArn: versionArn(machine, version) };
    }
    const alias = machine.aliases.find((one) => one.name === qualifier);
    if (alias === undefined) {
      throw new EngineError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
    }
    const chosen = this.#choose(alias);
    const version = findVersion(machine, chosen, parseMachineArn(chosen).qualifier ?? "");
    return {
      machine,
      definitionHash: version.definitionHash,
      versionArn: chosen,
      aliasArn: `${machine.arn}:${alias.name}`,
    };
  }

  #choose(alias: AliasRecord): string {
    let left = alias.routes.length === 1 ? 0 : this.#random() * 100;
    for (const route of alias.routes) {
      if (left < route.weight) return route.stateMachineVersionArn;
      left -= route.weight;
    }
    const last = alias.routes.at(-1);
    if (last === undefined) throw new Error(`The alias ${alias.name} routes nowhere`);
    return last.stateMachineVersionArn;
  }

  #checkRoutes(routes: readonly AliasRoute[]): MachineRecord {
    const [first, second] = routes;
    const weights = routes.reduce((sum, route) => sum + route.weight, 0);
    if (first === undefined || routes.length > 2 || weights !== 100) {
      throw new EngineError(
        "ValidationException",
        "An alias routes to one or two versions whose weights add up to 100",
      );
    }
    const machine = this.#machines.get(first.stateMachineVersionArn);
    for (const { stateMachineVersionArn: arn } of routes) {
      findVersion(machine, arn, parseMachineArn(arn).qualifier ?? "");
    }
    if (second !== undefined && this.#machines.get(second.stateMachineVersionArn) !== machine) {
      throw new EngineError("ValidationException", "An alias routes to versions of one machine");
    }
    return machine;
  }

  #find(arn: string): { machine: MachineRecord; alias: AliasRecord } {
    const { machineArn, qualifier } = parseMachineArn(arn);
    const machine = this.#machines.all().find((one) => one.arn === machineArn);
    const alias = machine?.aliases.find((one) => one.name === qualifier);
    if (machine === undefined || alias === undefined) {
      throw new EngineError(
        "ResourceNotFound",
        `Request references a resource that does not exist: '${arn}'`,
      );
    }
    return { machine, alias };
  }
}

function describe(machine: MachineRecord, alias: AliasRecord): AliasDescription {
  return {
    stateMachineAliasArn: `${machine.arn}:${alias.name}`,
    name: alias.name,
    ...(alias.description === undefined ? {} : { description: alias.description }),
    routingConfiguration: alias.routes,
    creationDate: alias.creationDate,
    updateDate: alias.updateDate,
  };
}
