const limits = {
  connectionTimeout: 2000,
  requestTimeout: 5000,
  // Without it the client only writes a warning when the time is up, and goes on waiting.
  throwOnRequestTimeout: true,
} as const;

/**
 * Options of the clients that send to people: one attempt, because a second text cannot be taken back,
 * and short limits, so that a lost connection ends as "unknown" while the function still runs.
 */
export const sendOnce = { maxAttempts: 1, requestHandler: limits } as const;

/** Options of the clients whose calls can be repeated: the SDK's own retries and the same limits. */
export const repeatable = { maxAttempts: 3, requestHandler: limits } as const;
