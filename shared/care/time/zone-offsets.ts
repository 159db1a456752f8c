import { Temporal } from "temporal-polyfill";

/** A stretch of time in which a zone keeps its distance from UTC: epoch milliseconds, `to` is outside. */
type Span = { readonly from: number; readonly to: number; readonly offset: number };

/** The rules of a zone never change while a process runs, and a zone has few stretches that anybody asks for. */
const spansByZone = new Map<string, Span[]>();

/**
 * How far a zone's wall clock is ahead of UTC at an instant, in milliseconds.
 * @throws {RangeError} when there is no such zone or the instant is no number
 */
export function offsetAt(timeZone: string, epochMilliseconds: number): number {
  let spans = spansByZone.get(timeZone);
  if (spans !== undefined) {
    for (const span of spans) {
      if (span.from <= epochMilliseconds && epochMilliseconds < span.to) return span.offset;
    }
  }
  const found = readSpan(timeZone, epochMilliseconds);
  if (spans === undefined) {
    spans = [];
    spansByZone.set(timeZone, spans);
  }
  // What was asked for last is asked for next.
  spans.unshift(found);
  return found.offset;
}

function readSpan(timeZone: string, epochMilliseconds: number): Span {
  const at = zoned(timeZone, epochMilliseconds);
  // "Previous" is strictly before: asked from a millisecond later, a change at this very instant counts.
  const began = zoned(timeZone, epochMilliseconds + 1).getTimeZoneTransition("previous");
  const ends = at.getTimeZoneTransition("next");
  return {
    from: began?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: ends?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: at.offsetNanoseconds / 1_000_000,
  };
}

function zoned(timeZone: string, epochMilliseconds: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(timeZone);
}
