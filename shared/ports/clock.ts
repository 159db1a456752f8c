/** The one clock. RFC 3339 UTC with milliseconds. */
export interface Clock {
  now(): string;
}
