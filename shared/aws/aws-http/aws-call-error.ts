/** What an answer of AWS that is an error says. */
export type ErrorBody = Readonly<Record<string, unknown>>;

/** A call that AWS answered with an error. Internal to the adapters: they turn it into an own error or an outcome. */
export class AwsCallError extends Error {
  /** AWS's name of the error, such as `ThrottlingException`. */
  override readonly name: string;
  readonly status: number;
  /** Private, so that nothing that prints an error can print what it holds. */
  readonly #body: ErrorBody;

  constructor(name: string, status: number, body: ErrorBody = {}) {
    super("AWS answered with an error");
    this.name = name;
    this.status = status;
    this.#body = body;
  }

  get body(): ErrorBody {
    return this.#body;
  }
}
