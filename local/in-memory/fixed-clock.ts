import type { Clock } from "../../shared/ports/clock.ts";

/** A clock that moves only when it is told to. */
export class FixedClock implements Clock {
  #nowMs: number;

  /** @param now - RFC 3339 */
  constructor(now: string) {
    this.#nowMs = Date.parse(now);
  }

  now(): string {
    return new Date(this.#nowMs).toISOString();
  }

  /** Moves to an instant, RFC 3339. */
  moveTo(instant: string): void {
    this.#nowMs = Date.parse(instant);
  }

  advanceMinutes(minutes: number): void {
    this.#nowMs += minutes * 60_000;
  }
}
