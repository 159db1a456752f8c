/**
 * The base of every error this project throws on purpose.
 *
 * Each subclass sets a literal `name`: minified bundles rename classes, and a state machine's
 * `ErrorEquals` matches on that string alone. Messages are static sentences; data travels in
 * `details` and never holds names, contact details or answers.
 */
export abstract class CareError extends Error {
  abstract override readonly name: string;
  /** True where the same call may succeed later without anything being changed. */
  abstract readonly isRetryable: boolean;
  /** Opaque ids and codes that help a developer; never personal data. */
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(
    message: string,
    details: Readonly<Record<string, string | number | boolean>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.details = details;
  }
}
