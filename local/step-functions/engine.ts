import type {
  AliasDescription,
  AliasRoute,
  CreateStateMachineInput,
  CreateStateMachineOutput,
  Diagnostic,
  EngineOptions,
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
} from "./engine-types.ts";

/** SIGNATURES ONLY FOR NOW: the implementation replaces this file within the hour. */
export declare class StepFunctionsEngine {
  constructor(options: EngineOptions);
  /** Idempotent for the same definition; otherwise `StateMachineAlreadyExists`. */
  createStateMachine(input: CreateStateMachineInput): CreateStateMachineOutput;
  /** Running executions keep the definition that they began with. */
  updateStateMachine(input: UpdateStateMachineInput): UpdateStateMachineOutput;
  deleteStateMachine(stateMachineArn: string): Promise<void>;
  describeStateMachine(stateMachineArn: string): StateMachineDescription;
  listStateMachines(): StateMachineListItem[];
  validateDefinition(definition: string | object, type?: "STANDARD" | "EXPRESS"): Diagnostic[];
  publishVersion(stateMachineArn: string): { stateMachineVersionArn: string; creationDate: number };
  createAlias(input: {
    name: string;
    description?: string;
    routingConfiguration: AliasRoute[];
  }): AliasDescription;
  updateAlias(input: {
    stateMachineAliasArn: string;
    description?: string;
    routingConfiguration?: AliasRoute[];
  }): AliasDescription;
  describeAlias(stateMachineAliasArn: string): AliasDescription;

  /** Stores the execution; it runs at the next `pump` or `runUntilIdle`. */
  startExecution(input: StartExecutionInput): StartExecutionOutput;
  stopExecution(input: {
    executionArn: string;
    error?: string;
    cause?: string;
  }): Promise<{ stopDate: number }>;
  describeExecution(executionArn: string): ExecutionDescription;
  listExecutions(filter: ListExecutionsInput): ExecutionDescription[];
  getExecutionHistory(executionArn: string): HistoryEvent[];

  sendTaskSuccess(input: { taskToken: string; output: unknown }): void;
  sendTaskFailure(input: { taskToken: string; error?: string; cause?: string }): void;
  sendTaskHeartbeat(input: { taskToken: string }): void;

  /** Advances all that can run at the current clock without waiting for function calls under way. */
  pump(): Promise<void>;
  /** Advances all that can run at the current clock, until nothing can and no call is under way. */
  runUntilIdle(): Promise<void>;
  /** Epoch milliseconds of the next wait, retry or timeout; may lie in the past. */
  nextDueAt(): number | undefined;
  /** Forgets every execution, running or closed, without telling listeners. */
  deleteAllExecutions(): Promise<void>;
  /** Returns a function that ends the subscription. */
  onEvent(listener: (change: StatusChange) => void): () => void;
  /** Called whenever something became runnable outside `pump`; returns a function that ends it. */
  onRunnable(listener: () => void): () => void;
  close(): void;
}
