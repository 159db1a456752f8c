/** How many lines a file that comes in may have, which is what one call has the time for, and how many bytes. */
export const fileLimits = { lines: 200, bytes: 128 * 1024 } as const;
