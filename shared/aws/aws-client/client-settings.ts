/** How long one attempt of a call may take, from the connection to the answer, in milliseconds. */
const attemptMs = 5000;
const repeatableAttempts = 3;

/**
 * Settings of a client of the AWS SDK whose calls may be made again: after a fault, a lost connection or a
 * throttle the client's next attempt follows by itself. Region, credentials and endpoint are found as every
 * SDK finds them, from the environment.
 */
export const repeatable = {
  maxAttempts: repeatableAttempts,
  retryMode: "standard",
  requestHandler: timeLimits(),
} as const;

/** With a limit of connections Node would hand one that is free to the next request that waits. */
const freshConnections = { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY } as const;

/**
 * Settings of a client whose calls are made once: a second text to a person cannot be taken back. Each call
 * has a connection of its own, since one that was kept may have died unnoticed, and then nobody knows
 * whether the request arrived.
 */
export const once = {
  maxAttempts: 1,
  retryMode: "standard",
  requestHandler: {
    ...timeLimits(),
    httpAgent: freshConnections,
    httpsAgent: freshConnections,
  },
} as const;

function timeLimits() {
  return {
    connectionTimeout: attemptMs,
    requestTimeout: attemptMs,
    // Without this the client would only write a warning and wait on.
    throwOnRequestTimeout: true,
    // An answer that begins and then stops.
    socketTimeout: attemptMs,
  } as const;
}

/**
 * The end of a call whatever it does, its last byte and its repeats included.
 * @param settings - those of the client: each of its attempts has its time
 */
export function endInTime(settings: { readonly maxAttempts: number }): {
  readonly abortSignal: AbortSignal;
} {
  return { abortSignal: AbortSignal.timeout(settings.maxAttempts * attemptMs) };
}
