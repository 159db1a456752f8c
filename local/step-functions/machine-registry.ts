import { createHash } from "node:crypto";
import type { Machine } from "./definition/machine.ts";
import { readDefinition, variableReferences } from "./definition/read-definition.ts";
import { EngineError } from "./engine-error.ts";
import type { EngineStore } from "./engine-store.ts";
import type {
  CreateStateMachineInput,
  CreateStateMachineOutput,
  MachineType,
  StateMachineDescription,
  UpdateStateMachineInput,
  UpdateStateMachineOutput,
} from "./engine-types.ts";
import type { MachineRecord, VersionRecord } from "./machine-record.ts";
import { checkName, parseMachineArn } from "./names.ts";

/** What the registry takes from the engine. */
export interface RegistryOptions {
  readonly store: EngineStore;
  readonly now: () => number;
  readonly uuid: () => string;
  /** An ARN up to the resource type, such as `arn:aws:states:us-east-1:000000000000`. */
  readonly arnPrefix: string;
  readonly accountId: string;
}

/** The state machines and their versions. Every change is stored before a call returns. */
export class MachineRegistry {
  readonly #options: RegistryOptions;
  readonly #records = new Map<string, MachineRecord>();
  readonly #compiled = new Map<string, Machine>();

  constructor(options: RegistryOptions) {
    this.#options = options;
    for (const record of options.store.loadMachines()) this.#records.set(record.arn, record);
  }

  create(input: CreateStateMachineInput): CreateStateMachineOutput {
    checkName(input.name);
    const { store, now, uuid, arnPrefix, accountId } = this.#options;
    const arn = `${arnPrefix}:stateMachine:${input.name}`;
    const type = input.type ?? "STANDARD";
    const definitionHash = this.#saveDefinition(input.definition, type);
    const roleArn = input.roleArn ?? `arn:aws:iam::${accountId}:role/${input.name}`;
    const existing = this.#records.get(arn);
    if (existing !== undefined) {
      const isSame = existing.definitionHash === definitionHash && existing.type === type;
      if (!isSame || (input.roleArn !== undefined && existing.roleArn !== roleArn)) {
        throw new EngineError(
          "StateMachineAlreadyExists",
          `State Machine Already Exists: '${arn}'`,
        );
      }
      return this.#created(existing, input.publish);
    }
    const record: MachineRecord = {
      arn,
      name: input.name,
      type,
      roleArn,
      definitionHash,
      revisionId: uuid(),
      creationDate: now(),
      nextVersion: 1,
      versions: [],
      aliases: [],
    };
    store.saveMachine(record);
    this.#records.set(arn, record);
    return this.#created(record, input.publish);
  }

  #created(record: MachineRecord, publish: boolean | undefined): CreateStateMachineOutput {
    return {
      stateMachineArn: record.arn,
      creationDate: record.creationDate,
      ...(publish === true
        ? { stateMachineVersionArn: this.publish(record.arn).stateMachineVersionArn }
        : {}),
    };
  }

  update(input: UpdateStateMachineInput): UpdateStateMachineOutput {
    const record = this.get(input.stateMachineArn);
    const definitionHash = this.#saveDefinition(input.definition, record.type);
    if (definitionHash !== record.definitionHash) {
      record.definitionHash = definitionHash;
      record.revisionId = this.#options.uuid();
      this.save(record);
    }
    return {
      updateDate: this.#options.now(),
      revisionId: record.revisionId,
      ...(input.publish === true
        ? { stateMachineVersionArn: this.publish(record.arn).stateMachineVersionArn }
        : {}),
    };
  }

  /** As in AWS, a revision that is the newest version already gets no second one. */
  publish(stateMachineArn: string): { stateMachineVersionArn: string; creationDate: number } {
    const record = this.get(stateMachineArn);
    let version = record.versions.at(-1);
    if (version?.definitionHash !== record.definitionHash) {
      version = {
        number: record.nextVersion,
        definitionHash: record.definitionHash,
        creationDate: this.#options.now(),
      };
      record.versions.push(version);
      record.nextVersion += 1;
      this.save(record);
    }
    if (version === undefined) throw new Error("A version was not made");
    return {
      stateMachineVersionArn: versionArn(record, version),
      creationDate: version.creationDate,
    };
  }

  /** The machine that an ARN names, whatever version or alias stands behind it. */
  get(arn: string): MachineRecord {
    const record = this.#records.get(parseMachineArn(arn).machineArn);
    if (record !== undefined) return record;
    throw new EngineError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
  }

  all(): MachineRecord[] {
    return [...this.#records.values()];
  }

  save(record: MachineRecord): void {
    this.#options.store.saveMachine(record);
  }

  delete(arn: string): void {
    this.#options.store.deleteMachine(arn);
    this.#records.delete(arn);
  }

  describe(arn: string): StateMachineDescription {
    const record = this.get(arn);
    const { qualifier } = parseMachineArn(arn);
    const hash =
      qualifier === undefined
        ? record.definitionHash
        : findVersion(record, arn, qualifier).definitionHash;
    return {
      stateMachineArn: arn,
      name: record.name,
      definition: this.#definitionText(hash),
      roleArn: record.roleArn,
      type: record.type,
      status: "ACTIVE",
      creationDate: record.creationDate,
      revisionId: record.revisionId,
      variableReferences: variableReferences(this.compiled(hash, record.type)),
    };
  }

  /** The compiled definition with this hash; compiled once. */
  compiled(hash: string, type: MachineType): Machine {
    const key = `${type} ${hash}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const { machine, diagnostics } = readDefinition(this.#definitionText(hash), type);
    if (machine === undefined) throw invalidDefinition(diagnostics);
    this.#compiled.set(key, machine);
    return machine;
  }

  #definitionText(hash: string): string {
    const text = this.#options.store.loadDefinition(hash);
    if (text === undefined) throw new Error(`The store has no definition ${hash}`);
    return text;
  }

  #saveDefinition(definition: string | object, type: MachineType): string {
    const text = typeof definition === "string" ? definition : JSON.stringify(definition);
    const hash = createHash("sha256").update(text).digest("hex");
    const key = `${type} ${hash}`;
    if (!this.#compiled.has(key)) {
      const { machine, diagnostics } = readDefinition(text, type);
      if (machine === undefined) throw invalidDefinition(diagnostics);
      this.#compiled.set(key, machine);
    }
    this.#options.store.saveDefinition(hash, text);
    return hash;
  }
}

/** The ARN of a machine's version. */
export function versionArn(record: MachineRecord, version: VersionRecord): string {
  return `${record.arn}:${version.number}`;
}

/** The version that a qualifier names. Throws `StateMachineDoesNotExist` where there is none. */
export function findVersion(record: MachineRecord, arn: string, qualifier: string): VersionRecord {
  const version = record.versions.find((one) => String(one.number) === qualifier);
  if (version !== undefined) return version;
  throw new EngineError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
}

function invalidDefinition(
  diagnostics: ReturnType<typeof readDefinition>["diagnostics"],
): EngineError {
  const findings = diagnostics.map(
    ({ code, message, location }) =>
      `${code}: ${message}${location === undefined ? "" : ` at ${location}`}`,
  );
  return new EngineError(
    "InvalidDefinition",
    `Invalid State Machine Definition: '${findings.join(", ")}'`,
  );
}
