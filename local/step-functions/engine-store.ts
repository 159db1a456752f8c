import type { HistoryEvent, ListExecutionsInput } from "./engine-types.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import type { MachineRecord } from "./machine-record.ts";

/**
 * Where the engine keeps what must outlive it. Every call is done when it returns: the engine
 * writes before it acts, so what was not written has not happened.
 */
export interface EngineStore {
  loadMachines(): MachineRecord[];
  saveMachine(machine: MachineRecord): void;
  deleteMachine(arn: string): void;
  /** Definition texts are kept by hash: an execution runs to its end on the text it began with. */
  saveDefinition(hash: string, text: string): void;
  loadDefinition(hash: string): string | undefined;
  loadRunningExecutions(): ExecutionRecord[];
  getExecution(arn: string): ExecutionRecord | undefined;
  /** Writes the record and the new events together; gives a new record its `startOrder`. */
  saveExecution(record: ExecutionRecord, newEvents: readonly HistoryEvent[]): void;
  /** Newest first. */
  listExecutions(filter: ListExecutionsInput): ExecutionRecord[];
  loadHistory(arn: string): HistoryEvent[];
  deleteExecution(arn: string): void;
  deleteAllExecutions(): void;
  close(): void;
}
