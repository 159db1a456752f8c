/** `$states`: what an expression may look at besides variables. */
export interface StatesVariable {
  readonly input: unknown;
  readonly context: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
}

/** What the functions that are not pure take from the engine. */
export interface ExpressionSources {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly uuid: () => string;
  /** How long one expression may take; 5000 where absent. */
  readonly maxEvaluationMs?: number;
}

/** Everything that one evaluation sees. */
export interface Scope {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly states: StatesVariable;
  readonly sources: ExpressionSources;
}
