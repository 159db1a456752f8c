import type { EngineStore } from "./engine-store.ts";
import type { HistoryEvent, ListExecutionsInput } from "./engine-types.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import type { MachineRecord } from "./machine-record.ts";

/** Keeps everything in this process, by reference: fast, and gone with it. */
export class MemoryEngineStore implements EngineStore {
  readonly #machines = new Map<string, MachineRecord>();
  readonly #definitions = new Map<string, string>();
  readonly #executions = new Map<string, ExecutionRecord>();
  readonly #histories = new Map<string, HistoryEvent[]>();
  #started = 0;

  loadMachines(): MachineRecord[] {
    return [...this.#machines.values()];
  }

  saveMachine(machine: MachineRecord): void {
    this.#machines.set(machine.arn, machine);
  }

  deleteMachine(arn: string): void {
    this.#machines.delete(arn);
  }

  saveDefinition(hash: string, text: string): void {
    this.#definitions.set(hash, text);
  }

  loadDefinition(hash: string): string | undefined {
    return this.#definitions.get(hash);
  }

  loadRunningExecutions(): ExecutionRecord[] {
    return [...this.#executions.values()].filter((record) => record.status === "RUNNING");
  }

  getExecution(arn: string): ExecutionRecord | undefined {
    return this.#executions.get(arn);
  }

  saveExecution(record: ExecutionRecord, newEvents: readonly HistoryEvent[]): void {
    if (record.startOrder === undefined) {
      this.#started += 1;
      record.startOrder = this.#started;
    }
    this.#executions.set(record.arn, record);
    if (newEvents.length === 0) return;
    const history = this.#histories.get(record.arn);
    if (history === undefined) this.#histories.set(record.arn, [...newEvents]);
    else history.push(...newEvents);
  }

  listExecutions(filter: ListExecutionsInput): ExecutionRecord[] {
    return [...this.#executions.values()]
      .filter(
        (record) =>
          (filter.stateMachineArn === undefined ||
            record.machineArn === filter.stateMachineArn ||
            record.versionArn === filter.stateMachineArn ||
            record.aliasArn === filter.stateMachineArn) &&
          (filter.statusFilter === undefined || record.status === filter.statusFilter) &&
          (filter.startedBefore === undefined || (record.startOrder ?? 0) < filter.startedBefore),
      )
      .reverse()
      .slice(0, filter.limit);
  }

  loadHistory(arn: string): HistoryEvent[] {
    return [...(this.#histories.get(arn) ?? [])];
  }

  deleteExecution(arn: string): void {
    this.#executions.delete(arn);
    this.#histories.delete(arn);
  }

  deleteAllExecutions(): void {
    this.#executions.clear();
    this.#histories.clear();
  }

  close(): void {
    // Nothing is held open.
  }
}
