import type { EngineStore } from "./engine-store.ts";
import type { InvokeLambda } from "./engine-types.ts";

/** Everything that the engine takes from outside. */
export interface EngineOptions {
  /** The only clock: epoch milliseconds. */
  clock: { now(): number };
  invokeLambda: InvokeLambda;
  /** In memory where absent. */
  store?: EngineStore;
  /** A number in [0, 1); used by jitter, weighted aliases and `$random()`. */
  random?: () => number;
  /** Names of unnamed executions, task tokens and `$uuid()`. */
  uuid?: () => string;
  /** False saves time and memory; `getExecutionHistory` then answers with an empty list. */
  recordHistory?: boolean;
  /** Function calls under way at once; 16 where absent. */
  maxConcurrentInvocations?: number;
  /** How long one expression may take, milliseconds; 5000 where absent. */
  maxEvaluationMs?: number;
  /** Part of every ARN; `us-east-1` where absent. */
  region?: string;
  /** Part of every ARN; `000000000000` where absent. */
  accountId?: string;
}
