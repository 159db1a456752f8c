const minuteMilliseconds = 60_000;

/** The instant (RFC 3339, UTC, milliseconds) of so many milliseconds since 1970. */
export function toInstant(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}

/** Minutes from one instant to another; negative when `to` is earlier. */
export function minutesBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / minuteMilliseconds;
}

/** The instant so many minutes after another. */
export function addMinutes(instant: string, minutes: number): string {
  return toInstant(Date.parse(instant) + minutes * minuteMilliseconds);
}

/** The instant so many hours after another. */
export function addHours(instant: string, hours: number): string {
  return addMinutes(instant, hours * 60);
}

/** The first of the instants that there are; `undefined` where there is none. */
export function earliest(instants: readonly (string | undefined)[]): string | undefined {
  let found: string | undefined;
  for (const instant of instants) {
    if (instant !== undefined && (found === undefined || instant < found)) found = instant;
  }
  return found;
}
