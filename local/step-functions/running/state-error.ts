/** A failure inside a state, by the name that Retry and Catch match. */
export interface StateFailure {
  readonly error?: string;
  readonly cause?: string;
  readonly alsoKnownAs?: readonly string[];
  /** True where time ran out. */
  readonly timedOut?: boolean;
}

/** A failure of the engine's own making, such as `States.Runtime`. */
export class StateError extends Error {
  /** The field that it is about; then the history tells of a failed evaluation. */
  readonly field: string | undefined;

  constructor(name: string, message: string, field?: string) {
    super(message);
    this.name = name;
    this.field = field;
  }
}
