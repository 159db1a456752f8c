import { CareError } from "./care-error.ts";

/** An item as it stands in the store. */
export type ExistingItem = {
  readonly pk: string;
  readonly sk: string;
  readonly [attribute: string]: unknown;
};

/** A condition of a write does not hold; nothing was written. Load again and decide again. */
export class ConditionFailedError extends CareError {
  override readonly name = "ConditionFailedError";
  override readonly isRetryable = false;
  /** Index of the first operation whose condition failed. */
  readonly operationIndex: number;
  /** Private, so that nothing that prints an error can print what the item holds. */
  readonly #existing: ExistingItem | undefined;

  constructor(operationIndex: number, existing: ExistingItem | undefined) {
    super("A condition of the write does not hold", { operationIndex });
    this.operationIndex = operationIndex;
    this.#existing = existing;
  }

  /** That operation's item as it stands; undefined where there is none. */
  get existing(): ExistingItem | undefined {
    return this.#existing;
  }
}
