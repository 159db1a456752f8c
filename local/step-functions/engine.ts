import { randomUUID } from "node:crypto";
import { Aliases } from "./aliases.ts";
import { readDefinition } from "./definition/read-definition.ts";
import { EngineError } from "./engine-error.ts";
import type { EngineOptions } from "./engine-options.ts";
import type { EngineStore } from "./engine-store.ts";
import { MemoryEngineStore } from "./engine-store-memory.ts";
import type {
  AliasDescription,
  AliasRoute,
  CreateStateMachineInput,
  CreateStateMachineOutput,
  Diagnostic,
  ExecutionDescription,
  HistoryEvent,
  ListExecutionsInput,
  StartExecutionInput,
  StartExecutionOutput,
  StateMachineDescription,
  StateMachineListItem,
  StatusChange,
  UpdateStateMachineInput,
  UpdateStateMachineOutput,
  VersionListItem,
} from "./engine-types.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import { Executions } from "./executions.ts";
import { Listeners } from "./listeners.ts";
import { MachineRegistry, versionArn } from "./machine-registry.ts";
import { makeToken, parseMachineArn } from "./names.ts";
import { Scheduler } from "./scheduler.ts";
import { TaskTokens } from "./task-tokens.ts";

/**
 * Runs state machines as Step Functions does, on a clock that may be moved. Whatever it holds is
 * stored before it acts and before a call returns, so it goes on after any stop of the process:
 * a function call that was under way is made again, a task that waits for an answer waits on.
 * Refused calls throw `EngineError`, whose name is Step Functions' own.
 */
export class StepFunctionsEngine {
  readonly #store: EngineStore;
  readonly #scheduler: Scheduler;
  readonly #machines: MachineRegistry;
  readonly #aliases: Aliases;
  readonly #executions: Executions;
  readonly #tokens: TaskTokens;
  readonly #changes = new Listeners<StatusChange>();
  readonly #runnable = new Listeners<undefined>();

  constructor(options: EngineOptions) {
    const { clock, invokeLambda, random = Math.random, uuid = randomUUID } = options;
    const { region = "us-east-1", accountId = "000000000000" } = options;
    const store = options.store ?? new MemoryEngineStore();
    const now = () => clock.now();
    const arnPrefix = `arn:aws:states:${region}:${accountId}`;
    const recordHistory = options.recordHistory ?? true;
    const { maxEvaluationMs } = options;
    const services = {
      now,
      random,
      uuid,
      region,
      recordHistory,
      makeToken,
      ...(maxEvaluationMs === undefined ? {} : { maxEvaluationMs }),
    };
    this.#store = store;
    this.#scheduler = new Scheduler({
      store,
      services,
      invokeLambda,
      maxConcurrentInvocations: options.maxConcurrentInvocations ?? 16,
      onClosed: (record) => this.#changes.tell(statusChange(record)),
      onRunnable: () => this.#runnable.tell(undefined),
    });
    this.#machines = new MachineRegistry({ store, now, uuid, arnPrefix, accountId });
    this.#aliases = new Aliases(this.#machines, now, random);
    this.#executions = new Executions({
      store,
      services,
      arnPrefix,
      scheduler: this.#scheduler,
      machines: this.#machines,
      aliases: this.#aliases,
      onStarted: (record) => this.#changes.tell(statusChange(record)),
    });
    this.#tokens = new TaskTokens(this.#scheduler, store, now);
  }

  /** Idempotent for the same definition; otherwise `StateMachineAlreadyExists`. */
  createStateMachine(input: CreateStateMachineInput): CreateStateMachineOutput {
    return this.#machines.create(input);
  }

  /** Running executions keep the definition that they began with. */
  updateStateMachine(input: UpdateStateMachineInput): UpdateStateMachineOutput {
    return this.#machines.update(input);
  }

  /** Ends and forgets the machine's executions too. Does nothing where there is none, as in AWS. */
  async deleteStateMachine(stateMachineArn: string): Promise<void> {
    const { machineArn, qualifier } = parseMachineArn(stateMachineArn);
    if (qualifier !== undefined) {
      throw new EngineError(
        "ValidationException",
        `A version or an alias is deleted by a call of its own: '${stateMachineArn}'`,
      );
    }
    const machine = this.#machines.find(machineArn);
    if (machine === undefined) return;
    await this.#executions.deleteOf(machine.arn);
    this.#machines.delete(machine.arn);
  }

  /** `ConflictException` where an alias routes to it. Does nothing where there is none, as in AWS. */
  deleteVersion(stateMachineVersionArn: string): void {
    this.#machines.deleteVersion(stateMachineVersionArn);
  }

  /** Does nothing where there is none, as in AWS. */
  deleteAlias(stateMachineAliasArn: string): void {
    this.#aliases.delete(stateMachineAliasArn);
  }

  /** A machine, or the version of it that the ARN names. */
  describeStateMachine(stateMachineArn: string): StateMachineDescription {
    return this.#machines.describe(stateMachineArn);
  }

  listStateMachines(): StateMachineListItem[] {
    return this.#machines.all().map(({ arn, name, type, creationDate }) => ({
      stateMachineArn: arn,
      name,
      type,
      creationDate,
    }));
  }

  validateDefinition(
    definition: string | object,
    type: "STANDARD" | "EXPRESS" = "STANDARD",
  ): Diagnostic[] {
    const text = typeof definition === "string" ? definition : JSON.stringify(definition);
    return [...readDefinition(text, type).diagnostics];
  }

  /** `ConflictException` where the machine is at another revision than asked for. */
  publishVersion(
    stateMachineArn: string,
    asked: { description?: string; revisionId?: string } = {},
  ): { stateMachineVersionArn: string; creationDate: number } {
    return this.#machines.publish(stateMachineArn, asked);
  }

  /** Newest first. */
  listVersions(stateMachineArn: string): VersionListItem[] {
    const record = this.#machines.getUnqualified(stateMachineArn);
    return record.versions
      .map((version) => ({
        stateMachineVersionArn: versionArn(record, version),
        creationDate: version.creationDate,
      }))
      .reverse();
  }

  createAlias(input: {
    name: string;
    description?: string;
    routingConfiguration: AliasRoute[];
  }): AliasDescription {
    return this.#aliases.create(input);
  }

  updateAlias(input: {
    stateMachineAliasArn: string;
    description?: string;
    routingConfiguration?: AliasRoute[];
  }): AliasDescription {
    return this.#aliases.update(input);
  }

  describeAlias(stateMachineAliasArn: string): AliasDescription {
    return this.#aliases.describe(stateMachineAliasArn);
  }

  listAliases(stateMachineArn: string): AliasDescription[] {
    return this.#aliases.list(stateMachineArn);
  }

  /** Stores the execution; it runs at the next `pump` or `runUntilIdle`. */
  startExecution(input: StartExecutionInput): StartExecutionOutput {
    return this.#executions.start(input);
  }

  /** An execution that has ended already is left as it is. */
  stopExecution(input: {
    executionArn: string;
    error?: string;
    cause?: string;
  }): Promise<{ stopDate: number }> {
    return this.#executions.stop(input);
  }

  describeExecution(executionArn: string): ExecutionDescription {
    return this.#executions.describe(executionArn);
  }

  /** Newest first. */
  listExecutions(filter: ListExecutionsInput): ExecutionDescription[] {
    return this.#executions.list(filter);
  }

  getExecutionHistory(executionArn: string): HistoryEvent[] {
    return this.#executions.history(executionArn);
  }

  sendTaskSuccess(input: { taskToken: string; output: unknown }): void {
    this.#tokens.succeed(input);
  }

  sendTaskFailure(input: { taskToken: string; error?: string; cause?: string }): void {
    this.#tokens.fail(input);
  }

  sendTaskHeartbeat(input: { taskToken: string }): void {
    this.#tokens.heartbeat(input);
  }

  /** Advances all that can run at the current clock without waiting for function calls under way. */
  pump(): Promise<void> {
    return this.#scheduler.pump();
  }

  /** Advances all that can run at the current clock, until nothing can and no call is under way. */
  runUntilIdle(): Promise<void> {
    return this.#scheduler.runUntilIdle();
  }

  /** Epoch milliseconds of the next wait, retry or timeout; may lie in the past. */
  nextDueAt(): number | undefined {
    return this.#scheduler.nextDueAt();
  }

  /** Forgets every execution, running or closed, without telling listeners. */
  deleteAllExecutions(): Promise<void> {
    return this.#executions.deleteAll();
  }

  /** Returns a function that ends the subscription. */
  onEvent(listener: (change: StatusChange) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Called whenever something became runnable outside `pump`; returns a function that ends it. */
  onRunnable(listener: () => void): () => void {
    return this.#runnable.add(listener);
  }

  /** Lets go of the store; calls under way are forgotten and made again by the next engine. */
  close(): void {
    this.#scheduler.close();
    this.#store.close();
  }
}

function statusChange(record: ExecutionRecord): StatusChange {
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    stateMachineName: record.machineName,
    name: record.name,
    status: record.status,
    at: record.stopDate ?? record.startDate,
    ...(record.error === undefined ? {} : { error: record.error }),
    ...(record.cause === undefined ? {} : { cause: record.cause }),
  };
}
