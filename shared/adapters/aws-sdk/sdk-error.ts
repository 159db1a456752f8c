/** What an error of any SDK client tells about the call. */
export type SdkFailure = {
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
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
]);
// The connection never came to be, so the provider cannot have seen the call.
const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"]);
const requestTimeoutStatus = 408;

/** Reads an SDK error. The error itself may hold what was sent and must not be logged. */
export function sdkFailure(error: unknown): SdkFailure {
  if (!(error instanceof Error)) return { code: "unknown", kind: "unknown" };
  const socketCode = "code" in error && typeof error.code === "string" ? error.code : undefined;
  if (socketCode !== undefined && neverConnected.has(socketCode)) {
    return { code: socketCode, kind: "try-later" };
  }
  const status = httpStatus(error);
  const code = socketCode ?? error.name;
  if (throttlingNames.has(error.name) || status === 429) return { code, kind: "try-later" };
  const isRefusal =
    status !== undefined && status >= 400 && status < 500 && status !== requestTimeoutStatus;
  return { code, kind: isRefusal ? "refused" : "unknown" };
}

/** True when the SDK error has one of these names. */
export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

function httpStatus(error: Error): number | undefined {
  if (!("$metadata" in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== "object" || metadata === null) return undefined;
  return "httpStatusCode" in metadata && typeof metadata.httpStatusCode === "number"
    ? metadata.httpStatusCode
    : undefined;
}
