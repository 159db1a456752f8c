/** What the failure of a call tells. */
export type CallFailure = {
  /** The provider's own name of the error, or the socket's code: no free text, nothing personal. */
  readonly code: string;
  readonly kind: /** Asked for fewer calls, or could not be connected to: not carried out, later is fine. */
    | "try-later"
    /** The provider said no: not carried out, and it will say no again. */
    | "refused"
    /** No answer, or a fault of the provider's: carried out or not, nobody knows. */
    | "unknown";
};

const throttlingNames = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "TooManyRequestsException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
]);
// The connection never came to be, so the provider cannot have seen the call.
const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"]);
const tooManyRequests = 429;
const requestTimeout = 408;

/** Reads what a client of the AWS SDK threw. */
export function callFailure(error: unknown): CallFailure {
  if (!(error instanceof Error)) return { code: "unknown", kind: "unknown" };
  const status = answeredStatus(error);
  if (status === undefined) {
    const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
    return { code, kind: neverConnected.has(code) ? "try-later" : "unknown" };
  }
  const code = error.name;
  if (throttlingNames.has(code) || status === tooManyRequests) return { code, kind: "try-later" };
  const isRefusal = status >= 400 && status < 500 && status !== requestTimeout;
  return { code, kind: isRefusal ? "refused" : "unknown" };
}

/** True when AWS answered with an error of one of these names. */
export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return (
    error instanceof Error && answeredStatus(error) !== undefined && names.includes(error.name)
  );
}

/** The HTTP status of the answer that an error stands for; undefined where there was no answer. */
export function answeredStatus(error: Error): number | undefined {
  const metadata: unknown = Reflect.get(error, "$metadata");
  if (typeof metadata !== "object" || metadata === null) return undefined;
  const status: unknown = Reflect.get(metadata, "httpStatusCode");
  return typeof status === "number" ? status : undefined;
}
