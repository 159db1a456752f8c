/** What invoking a function came to. A failure carries what Lambda would report. */
export type LambdaOutcome =
  | { ok: true; payload: unknown }
  | { ok: false; errorType: string; errorMessage: string; trace?: string[] };

/** What a function call knows about its caller. */
export interface InvokeContext {
  executionArn: string;
  /** Version or alias of the function, where the definition names one. */
  qualifier?: string;
}

/** Calls one function by its bare name; a rejected promise counts as `Lambda.SdkClientException`. */
export type InvokeLambda = (
  functionName: string,
  payload: unknown,
  context: InvokeContext,
) => Promise<LambdaOutcome>;

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** One change of an execution's status, told after it has been stored. */
export interface StatusChange {
  executionArn: string;
  stateMachineArn: string;
  stateMachineName: string;
  /** The execution's name. */
  name: string;
  status: ExecutionStatus;
  /** Epoch milliseconds. */
  at: number;
  error?: string;
  cause?: string;
}

export type MachineType = "STANDARD" | "EXPRESS";

export interface CreateStateMachineInput {
  name: string;
  /** JSON text, or the parsed object. */
  definition: string | object;
  roleArn?: string;
  type?: MachineType;
  /** Publishes version 1 with it. */
  publish?: boolean;
  /** Of the version; only where it is published. */
  versionDescription?: string;
}

export interface CreateStateMachineOutput {
  stateMachineArn: string;
  creationDate: number;
  stateMachineVersionArn?: string;
}

export interface UpdateStateMachineInput {
  stateMachineArn: string;
  /** As it is where absent. */
  definition?: string | object;
  /** As it is where absent. */
  roleArn?: string;
  /** Publishes a version with it. */
  publish?: boolean;
  /** Of the version; only where it is published. */
  versionDescription?: string;
}

export interface UpdateStateMachineOutput {
  updateDate: number;
  /** Absent where the definition is the one that the machine was created with. */
  revisionId?: string;
  stateMachineVersionArn?: string;
}

export interface StateMachineDescription {
  stateMachineArn: string;
  name: string;
  /** Of a version that was published with one. */
  description?: string;
  /** JSON text. */
  definition: string;
  roleArn: string;
  type: MachineType;
  status: "ACTIVE";
  creationDate: number;
  /** Absent for the definition that the machine was created with. */
  revisionId?: string;
  /** State name → variables that it refers to. */
  variableReferences: Record<string, string[]>;
}

export interface StateMachineListItem {
  stateMachineArn: string;
  name: string;
  type: MachineType;
  creationDate: number;
}

export interface VersionListItem {
  stateMachineVersionArn: string;
  creationDate: number;
}

export interface AliasRoute {
  stateMachineVersionArn: string;
  /** Percent; the weights of an alias add up to 100. */
  weight: number;
}

export interface AliasDescription {
  stateMachineAliasArn: string;
  name: string;
  description?: string;
  routingConfiguration: AliasRoute[];
  creationDate: number;
  updateDate: number;
}

export interface StartExecutionInput {
  /** A machine's ARN, or that of one of its versions or aliases. */
  stateMachineArn: string;
  name?: string;
  /** A JSON value (not JSON text); `{}` where absent. */
  input?: unknown;
}

export interface StartExecutionOutput {
  executionArn: string;
  /** Epoch milliseconds. */
  startDate: number;
}

export interface ExecutionDescription {
  executionArn: string;
  stateMachineArn: string;
  stateMachineVersionArn?: string;
  stateMachineAliasArn?: string;
  name: string;
  status: ExecutionStatus;
  /** Epoch milliseconds. */
  startDate: number;
  /** Epoch milliseconds. */
  stopDate?: number;
  input: unknown;
  output?: unknown;
  error?: string;
  cause?: string;
  /** The state that it stands in, while it runs. */
  currentState?: string;
  /** Grows from start to start. */
  startOrder: number;
}

export interface ListExecutionsInput {
  /** All machines where absent. */
  stateMachineArn?: string;
  statusFilter?: ExecutionStatus;
  /** Only those whose `startOrder` is smaller. */
  startedBefore?: number;
  /** At most so many. */
  limit?: number;
}

/** An event as GetExecutionHistory gives it, except that `timestamp` is epoch milliseconds. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  timestamp: number;
  type: string;
  /** The one `…EventDetails` member of its type. */
  [details: string]: unknown;
}

/** A finding about a definition, as ValidateStateMachineDefinition reports it. */
export interface Diagnostic {
  severity: "ERROR";
  code: "SCHEMA_VALIDATION_FAILED" | "INVALID_JSON_DESCRIPTION" | "UNSUPPORTED_FEATURE";
  message: string;
  /** JSON pointer into the definition, or the place in its text; absent where there is none. */
  location?: string;
}
