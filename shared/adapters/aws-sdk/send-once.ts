/**
 * Client options of the providers that send: one attempt, because a second text cannot be taken back,
 * and short limits, so that a lost connection ends as "unknown" while the function still runs.
 */
export const sendOnce = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2000, requestTimeout: 5000 },
} as const;
