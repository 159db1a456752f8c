import type { Aliases } from "./aliases.ts";
import { EngineError } from "./engine-error.ts";
import type { EngineStore } from "./engine-store.ts";
import type {
  ExecutionDescription,
  HistoryEvent,
  ListExecutionsInput,
  StartExecutionInput,
  StartExecutionOutput,
} from "./engine-types.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import type { MachineRegistry } from "./machine-registry.ts";
import { checkExecutionArn, checkName, parseMachineArn } from "./names.ts";
import type { ExecutionServices } from "./running/live-execution.ts";
import { isTooLarge } from "./running/task.ts";
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
    for (const record of options.store.loadRunningExecutions()) {
      const type = options.machines.get(record.machineArn).type;
      options.scheduler.take(record, options.machines.compiled(record.definitionHash, type));
    }
  }

  start(input: StartExecutionInput): StartExecutionOutput {
    const { aliases, arnPrefix, machines, scheduler, services, store } = this.#options;
    const route = aliases.route(input.stateMachineArn);
    const name = input.name ?? services.uuid();
    checkName(name);
    const given = input.input === undefined ? {} : input.input;
    if (isTooLarge(JSON.stringify(given))) {
      throw new EngineError("InvalidExecutionInput", "The input is larger than 262144 bytes");
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
      ...(compiled.timeoutSeconds === undefined
        ? {}
        : { timeoutAt: now + compiled.timeoutSeconds * 1000 }),
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
    const { store, machines } = this.#options;
    if (filter.stateMachineArn !== undefined) machines.get(filter.stateMachineArn);
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
    startDate: record.startDate,
    ...(stopDate === undefined ? {} : { stopDate }),
    input: record.input,
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    ...(record.status === "RUNNING" ? { currentState: cursor.state } : {}),
  };
}
