import { CareError } from "./care-error.ts";

/** One thing that is wrong with an input: where, and what would be right. Never the value itself. */
export type InputProblem = { readonly path: string; readonly problem: string };

/** An input does not have the shape or the values it must have. */
export class InvalidInputError extends CareError {
  override readonly name = "InvalidInputError";
  override readonly isRetryable = false;
  readonly problems: readonly InputProblem[];

  /** @param problems - all of them, so that a person can put everything right at once */
  constructor(message: string, problems: readonly InputProblem[], options?: ErrorOptions) {
    super(message, { problemCount: problems.length }, options);
    this.problems = problems;
  }
}
