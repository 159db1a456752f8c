/** What one check came to. */
export interface CheckOutcome {
  /** What was looked at, for the one line of a check that passed: "231 modules". */
  readonly lookedAt: string;
  /** Violations in the project, ready to print; empty when there are none. */
  readonly violations: string;
  /** Worth knowing, no reason to fail. */
  readonly warnings: readonly string[];
  /** How the planted violations were not reported as they should be: then the check itself is broken. */
  readonly blindSpots: readonly string[];
  /** How many planted violations were reported. */
  readonly plantedCount: number;
}

/** A check of the project, proven on planted violations. */
export type Check = (root: string) => Promise<CheckOutcome>;
