import { EngineError } from "./engine-error.ts";
import type { AliasDescription, AliasRoute } from "./engine-types.ts";
import type { AliasRecord, MachineRecord, VersionRecord } from "./machine-record.ts";
import { findVersion, type MachineRegistry, versionArn } from "./machine-registry.ts";
import { parseMachineArn } from "./names.ts";

/** Where a started execution runs: the definition, and the version and alias that led to it. */
export interface Route {
  readonly machine: MachineRecord;
  readonly definitionHash: string;
  readonly versionArn?: string;
  readonly aliasArn?: string;
}

/** Up to 80 characters of which one is no digit: digits alone would be a version. */
const ALIAS_NAME = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]{1,80}$/;
const MAX_ROUTES = 2;

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
    if (!ALIAS_NAME.test(input.name)) {
      throw new EngineError(
        "ValidationException",
        `1 validation error detected: Value '${input.name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ${ALIAS_NAME.source}`,
      );
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
        "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
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
        throw refused("Routing configuration must contain versions of the alias's state machine.");
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

  /** Does nothing where there is no such alias, as in AWS. */
  delete(stateMachineAliasArn: string): void {
    const { machineArn, qualifier } = parseMachineArn(stateMachineAliasArn);
    if (qualifier === undefined || /^\d+$/.test(qualifier)) {
      throw refused(`'${stateMachineAliasArn}' is not the ARN of an alias`);
    }
    const machine = this.#machines.find(machineArn);
    if (machine === undefined) return;
    machine.aliases = machine.aliases.filter(({ name }) => name !== qualifier);
    this.#machines.save(machine);
  }

  /** Refuses an ARN whose machine, version or alias does not exist. */
  check(arn: string): void {
    this.#resolve(arn);
  }

  /** What starting an execution at this ARN runs. */
  route(arn: string): Route {
    const { alias, machine, version } = this.#resolve(arn);
    if (version !== undefined) {
      const { definitionHash } = version;
      return { machine, definitionHash, versionArn: versionArn(machine, version) };
    }
    if (alias === undefined) return { machine, definitionHash: machine.definitionHash };
    const chosen = this.#choose(alias);
    const { qualifier = "" } = parseMachineArn(chosen);
    return {
      machine,
      definitionHash: findVersion(machine, chosen, qualifier).definitionHash,
      versionArn: chosen,
      aliasArn: `${machine.arn}:${alias.name}`,
    };
  }

  #resolve(arn: string): {
    readonly machine: MachineRecord;
    readonly version?: VersionRecord;
    readonly alias?: AliasRecord;
  } {
    const machine = this.#machines.get(arn);
    const { qualifier } = parseMachineArn(arn);
    if (qualifier === undefined) return { machine };
    if (/^\d+$/.test(qualifier)) return { machine, version: findVersion(machine, arn, qualifier) };
    const alias = machine.aliases.find((one) => one.name === qualifier);
    if (alias !== undefined) return { machine, alias };
    throw new EngineError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
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
    const arns = routes.map((route) => route.stateMachineVersionArn);
    const [first] = arns;
    if (first === undefined || arns.length > MAX_ROUTES) {
      throw refused(`Member must have length from 1 to ${MAX_ROUTES} at 'routingConfiguration'`);
    }
    const isVersion = (arn: string) => /^\d+$/.test(parseMachineArn(arn).qualifier ?? "");
    if (!arns.every(isVersion)) {
      throw refused(
        `Routing configuration must contain state machine version ARNs. Received: [${arns.join(", ")}]`,
      );
    }
    if (new Set(arns).size < arns.length) {
      throw refused(
        `Routing configuration must contain distinct state machine version ARNs. Received: [${arns.join(", ")}]`,
      );
    }
    const weights = routes.map(({ weight }) => weight);
    if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) {
      throw refused(
        `Sum of routing configuration weights must equal 100. Received: [${weights.join(", ")}]`,
      );
    }
    const machine = this.#machines.get(first);
    if (arns.some((arn) => this.#machines.get(arn) !== machine)) {
      throw refused("Routing configuration must contain versions of one state machine.");
    }
    for (const arn of arns) findVersion(machine, arn, parseMachineArn(arn).qualifier ?? "");
    return machine;
  }

  #find(arn: string): { machine: MachineRecord; alias: AliasRecord } {
    const { machineArn, qualifier } = parseMachineArn(arn);
    const machine = this.#machines.all().find((one) => one.arn === machineArn);
    const alias = machine?.aliases.find((one) => one.name === qualifier);
    if (machine === undefined || alias === undefined) {
      throw new EngineError(
        "ResourceNotFound",
        "Request references a resource that does not exist.",
      );
    }
    return { machine, alias };
  }
}

function refused(message: string): EngineError {
  return new EngineError("ValidationException", message);
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
