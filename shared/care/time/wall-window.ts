import { addDays, instantAt, localDate, localTime } from "./zoned-time.ts";

/** Wall times `HH:MM`; `to` is the first minute outside. */
export type WallWindow = { readonly from: string; readonly to: string };

/** Days searched for an open window; more than any real one needs. */
const searchDays = 14;

/**
 * True when the instant (RFC 3339 UTC) falls into the window on the wall clock of the zone; its end is
 * outside.
 */
export function isInWindow(instant: string, window: WallWindow, timeZone: string): boolean {
  const time = localTime(instant, timeZone);
  return window.from <= time && time < window.to;
}

/** The hours that both windows allow; `undefined` when they share none. */
export function sharedWindow(left: WallWindow, right: WallWindow): WallWindow | undefined {
  const from = left.from > right.from ? left.from : right.from;
  const to = left.to < right.to ? left.to : right.to;
  return from < to ? { from, to } : undefined;
}

/** The first instant at or after the given one inside the window; `undefined` for an empty window. */
export function nextInWindow(
  instant: string,
  window: WallWindow,
  timeZone: string,
): string | undefined {
  if (isInWindow(instant, window, timeZone)) return instant;
  const today = localDate(instant, timeZone);
  for (let day = 0; day <= searchDays; day += 1) {
    const opens = instantAt(addDays(today, day), window.from, timeZone);
    // A window that the clocks skip in spring opens on no instant of that day.
    if (opens >= instant && isInWindow(opens, window, timeZone)) return opens;
  }
  return undefined;
}

/** When the window that holds the instant ends. */
export function windowEnd(instant: string, window: WallWindow, timeZone: string): string {
  return instantAt(localDate(instant, timeZone), window.to, timeZone);
}
