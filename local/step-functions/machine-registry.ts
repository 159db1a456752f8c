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
    checkVersionDescription(input);
    const { store, now, arnPrefix, accountId } = this.#options;
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
      return this.#created(existing, input);
    }
    const record: MachineRecord = {
      arn,
      name: input.name,
      type,
      roleArn,
      definitionHash,
      creationDate: now(),
      nextVersion: 1,
      versions: [],
      aliases: [],
    };
    store.saveMachine(record);
    this.#records.set(arn, record);
    return this.#created(record, input);
  }

  #created(record: MachineRecord, input: CreateStateMachineInput): CreateStateMachineOutput {
    return {
      stateMachineArn: record.arn,
      creationDate: record.creationDate,
      ...this.#published(record, input),
    };
  }

  update(input: UpdateStateMachineInput): UpdateStateMachineOutput {
    const record = this.getUnqualified(input.stateMachineArn);
    checkVersionDescription(input);
    if (input.definition === undefined && input.roleArn === undefined) {
      throw new EngineError(
        "MissingRequiredParameter",
        "Either the definition or the role ARN must be specified",
      );
    }
    const definitionHash =
      input.definition === undefined
        ? record.definitionHash
        : this.#saveDefinition(input.definition, record.type);
    const roleArn = input.roleArn ?? record.roleArn;
    if (definitionHash !== record.definitionHash || roleArn !== record.roleArn) {
      Object.assign(record, { definitionHash, roleArn });
      record.revisionId = this.#options.uuid();
      this.save(record);
    }
    return {
      updateDate: this.#options.now(),
      ...(record.revisionId === undefined ? {} : { revisionId: record.revisionId }),
      ...this.#published(record, input),
    };
  }

  #published(
    record: MachineRecord,
    input: { readonly publish?: boolean; readonly versionDescription?: string },
  ): { readonly stateMachineVersionArn?: string } {
    if (input.publish !== true) return {};
    const { versionDescription: description } = input;
    const asked = description === undefined ? {} : { description };
    return { stateMachineVersionArn: this.publish(record.arn, asked).stateMachineVersionArn };
  }

  /**
   * As in AWS, a revision that is the newest version already gets no second one.
   * @throws EngineError `ConflictException` where the machine is at another revision than asked for
   */
  publish(
    stateMachineArn: string,
    asked: { readonly description?: string; readonly revisionId?: string } = {},
  ): { stateMachineVersionArn: string; creationDate: number } {
    const record = this.getUnqualified(stateMachineArn);
    const revisionId = record.revisionId ?? "INITIAL";
    if (asked.revisionId !== undefined && asked.revisionId !== revisionId) {
      throw new EngineError(
        "ConflictException",
        `Failed to publish the State Machine version for revision ${asked.revisionId}. The current State Machine revision is ${revisionId}.`,
      );
    }
    let version = record.versions.at(-1);
    if (version?.definitionHash !== record.definitionHash) {
      version = {
        number: record.nextVersion,
        definitionHash: record.definitionHash,
        creationDate: this.#options.now(),
        ...(asked.description === undefined ? {} : { description: asked.description }),
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

  /** The machine that an ARN names, unless a version or alias stands behind it. */
  getUnqualified(arn: string): MachineRecord {
    if (parseMachineArn(arn).qualifier === undefined) return this.get(arn);
    throw new EngineError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
  }

  /** Does nothing where there is no such version, as in AWS. */
  deleteVersion(versionArn: string): void {
    const { machineArn, qualifier } = parseMachineArn(versionArn);
    if (qualifier === undefined || !/^\d+$/.test(qualifier)) {
      throw new EngineError("ValidationException", `'${versionArn}' is not the ARN of a version`);
    }
    const record = this.#records.get(machineArn);
    if (record === undefined) return;
    const names = record.aliases
      .filter(({ routes }) => routes.some((route) => route.stateMachineVersionArn === versionArn))
      .map(({ name }) => name);
    if (names.length > 0) {
      throw new EngineError(
        "ConflictException",
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names.join(", ")}]`,
      );
    }
    record.versions = record.versions.filter(({ number }) => String(number) !== qualifier);
    this.save(record);
  }

  find(machineArn: string): MachineRecord | undefined {
    return this.#records.get(machineArn);
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
    const version = qualifier === undefined ? undefined : findVersion(record, arn, qualifier);
    const hash = version?.definitionHash ?? record.definitionHash;
    return {
      stateMachineArn: arn,
      name: record.name,
      ...(version?.description === undefined ? {} : { description: version.description }),
      definition: this.#definitionText(hash),
      roleArn: record.roleArn,
      type: record.type,
      status: "ACTIVE",
      creationDate: record.creationDate,
      ...(record.revisionId === undefined ? {} : { revisionId: record.revisionId }),
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
    if (text === undefined) {
      throw new EngineError("InvalidDefinition", `The store has no definition ${hash}`);
    }
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

function checkVersionDescription(input: {
  readonly publish?: boolean;
  readonly versionDescription?: string;
}): void {
  if (input.versionDescription === undefined || input.publish === true) return;
  throw new EngineError(
    "ValidationException",
    "Version description can only be set when publish is true",
  );
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
