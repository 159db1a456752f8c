import type { Aliases } from "./aliases.ts";
import { dataProblem, tooMuch } from "./data-limit.ts";
import type { Machine } from "./definition/machine.ts";
import { EngineError } from "./engine-error.ts";
import type { EngineStore } from "./engine-store.ts";
import type {
  ExecutionDescription,
  HistoryEvent,
  ListExecutionsInput,
  MachineType,
  StartExecutionInput,
  StartExecutionOutput,
} from "./engine-types.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import type { MachineRegistry } from "./machine-registry.ts";
import { checkExecutionArn, checkName, parseMachineArn } from "./names.ts";
import type { ExecutionServices } from "./running/live-execution.ts";
import type { Scheduler } from "./scheduler.ts";

/** What the executions take from the engine. */
export interface ExecutionsOptions {
  readonly store: EngineStore;
  readonly scheduler: Scheduler;
  readonly machines: MachineRegistry;
  readonly aliases: Aliases;
  readonly services: ExecutionServices;
  /** An ARN up to the resource type. */
  readonly arnPrefix: string;
  /** Told of every execution that has started, after it was stored. */
  readonly onStarted: (record: ExecutionRecord) => void;
}

/** Starts, stops and shows executions. */
export class Executions {
  readonly #options: ExecutionsOptions;

  constructor(options: ExecutionsOptions) {
    this.#options = options;
    for (const record of options.store.loadRunningExecutions()) this.#takeUp(record);
  }

  /** What cannot go on ends here, visibly: one execution must not keep the others from starting. */
  #takeUp(record: ExecutionRecord): void {
    const { machines, scheduler, services, store } = this.#options;
    try {
      const { type } = machines.get(record.machineArn);
      const compiled = machines.compiled(record.definitionHash, type);
      if (!compiled.states.has(record.cursor.state)) {
        throw new EngineError("InvalidDefinition", `It has no state '${record.cursor.state}'`);
      }
      scheduler.take(record, compiled);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const cause = `The execution cannot be taken up again. ${error.message}`;
      Object.assign(record, { status: "FAILED", stopDate: services.now() });
      Object.assign(record, { error: "States.Runtime", cause });
      store.saveExecution(record, []);
    }
  }

  start(input: StartExecutionInput): StartExecutionOutput {
    const { aliases, arnPrefix, machines, scheduler, services, store } = this.#options;
    const route = aliases.route(input.stateMachineArn);
    const name = input.name ?? services.uuid();
    checkName(name);
    const given = input.input === undefined ? {} : input.input;
    const problem = dataProblem(given);
    if (problem !== undefined) {
      throw new EngineError(
        "InvalidExecutionInput",
        `Invalid State Machine Execution Input: '${tooMuch(problem)}'`,
      );
    }
    const { machine } = route;
    const arn = `${arnPrefix}:execution:${machine.name}:${name}`;
    const existing = this.#find(arn);
    if (existing !== undefined) return sameExecution(existing, given);
    const compiled = machines.compiled(route.definitionHash, machine.type);
    const now = services.now();
    const record: ExecutionRecord = {
      arn,
      name,
      machineArn: machine.arn,
      machineName: machine.name,
      ...(route.versionArn === undefined ? {} : { versionArn: route.versionArn }),
      ...(route.aliasArn === undefined ? {} : { aliasArn: route.aliasArn }),
      roleArn: machine.roleArn,
      definitionHash: route.definitionHash,
      status: "RUNNING",
      input: given,
      startDate: now,
      timeoutAt: now + timeoutSeconds(machine.type, compiled) * 1000,
      lastEventId: 0,
      variables: {},
      cursor: {
        state: compiled.startAt,
        input: given,
        phase: { kind: "enter" },
        enteredAt: now,
        enteredEventId: 0,
        retries: [],
      },
    };
    const execution = scheduler.take(record, compiled);
    execution.emit("ExecutionStarted", () => ({
      executionStartedEventDetails: {
        input: JSON.stringify(given),
        inputDetails: { truncated: false },
        roleArn: machine.roleArn,
        ...(route.aliasArn === undefined ? {} : { stateMachineAliasArn: route.aliasArn }),
        ...(route.versionArn === undefined ? {} : { stateMachineVersionArn: route.versionArn }),
      },
    }));
    store.saveExecution(record, execution.takeEvents());
    this.#options.onStarted(record);
    scheduler.wake(execution);
    return { executionArn: arn, startDate: now };
  }

  async stop(input: {
    executionArn: string;
    error?: string;
    cause?: string;
  }): Promise<{ stopDate: number }> {
    const { scheduler, services } = this.#options;
    const record = this.#get(input.executionArn);
    const execution = scheduler.get(record.arn);
    await execution?.busy;
    if (execution === undefined || record.status !== "RUNNING") {
      return { stopDate: record.stopDate ?? services.now() };
    }
    const stopDate = services.now();
    const details = {
      ...(input.error === undefined ? {} : { error: input.error }),
      ...(input.cause === undefined ? {} : { cause: input.cause }),
    };
    Object.assign(record, details, { status: "ABORTED", stopDate });
    execution.emit("ExecutionAborted", () => ({ executionAbortedEventDetails: details }));
    scheduler.store(execution);
    return { stopDate };
  }

  describe(arn: string): ExecutionDescription {
    return describe(this.#get(arn));
  }

  list(filter: ListExecutionsInput): ExecutionDescription[] {
    const { aliases, store } = this.#options;
    if (filter.stateMachineArn !== undefined) aliases.check(filter.stateMachineArn);
    return store.listExecutions(filter).map(describe);
  }

  history(arn: string): HistoryEvent[] {
    return this.#options.store.loadHistory(this.#get(arn).arn);
  }

  /** Ends and forgets every execution of a machine. */
  async deleteOf(stateMachineArn: string): Promise<void> {
    const { store } = this.#options;
    const { machineArn } = parseMachineArn(stateMachineArn);
    const running = { stateMachineArn: machineArn, statusFilter: "RUNNING" } as const;
    for (const { arn } of store.listExecutions(running)) await this.stop({ executionArn: arn });
    for (const { arn } of store.listExecutions({ stateMachineArn: machineArn })) {
      store.deleteExecution(arn);
    }
  }

  async deleteAll(): Promise<void> {
    await this.#options.scheduler.forgetAll();
    this.#options.store.deleteAllExecutions();
  }

  #find(arn: string): ExecutionRecord | undefined {
    return this.#options.scheduler.get(arn)?.record ?? this.#options.store.getExecution(arn);
  }

  #get(arn: string): ExecutionRecord {
    checkExecutionArn(arn);
    const record = this.#find(arn);
    if (record !== undefined) return record;
    throw new EngineError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
  }
}

/** AWS runs no standard execution longer than a year, and no express one longer than five minutes. */
function timeoutSeconds(type: MachineType, machine: Machine): number {
  const longest = type === "EXPRESS" ? 300 : 31_536_000;
  return Math.min(machine.timeoutSeconds ?? longest, longest);
}

/** As in AWS: the same name with the same input is the same execution for as long as it runs. */
function sameExecution(existing: ExecutionRecord, input: unknown): StartExecutionOutput {
  const isSame = JSON.stringify(existing.input) === JSON.stringify(input);
  if (existing.status === "RUNNING" && isSame) {
    return { executionArn: existing.arn, startDate: existing.startDate };
  }
  throw new EngineError("ExecutionAlreadyExists", `Execution Already Exists: '${existing.arn}'`);
}

function describe(record: ExecutionRecord): ExecutionDescription {
  const { aliasArn, cause, cursor, error, output, stopDate, versionArn } = record;
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    ...(versionArn === undefined ? {} : { stateMachineVersionArn: versionArn }),
    ...(aliasArn === undefined ? {} : { stateMachineAliasArn: aliasArn }),
    name: record.name,
    status: record.status,
    startOrder: record.startOrder ?? 0,
    startDate: record.startDate,
    ...(stopDate === undefined ? {} : { stopDate }),
    input: record.input,
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    ...(record.status === "RUNNING" ? { currentState: cursor.state } : {}),
  };
}
