import { Temporal } from "temporal-polyfill";
import type { World } from "./world.ts";

const longestJumpMs = 10 * 366 * 24 * 3_600_000;

/**
 * The instant that a call to the time machine means.
 * @returns epoch milliseconds, or a sentence that says what is wrong
 */
export function targetOf(
  fields: Readonly<Record<string, unknown>>,
  nowMs: number,
  world: Pick<World, "nextEventAt">,
): number | { readonly problem: string } {
  const { advanceBy, advanceTo, advanceToNext } = fields;
  const target = instantOf(advanceBy, advanceTo, advanceToNext, nowMs, world);
  if (typeof target !== "number") return target;
  if (target < nowMs)
    return { problem: "Time only moves forward: give an instant that has not passed." };
  if (target - nowMs > longestJumpMs)
    return { problem: "That is too far: ten years is the longest jump." };
  return target;
}

function instantOf(
  advanceBy: unknown,
  advanceTo: unknown,
  advanceToNext: unknown,
  nowMs: number,
  world: Pick<World, "nextEventAt">,
): number | { readonly problem: string } {
  if (typeof advanceBy === "string") {
    try {
      const duration = Temporal.Duration.from(advanceBy);
      return Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO("UTC").add(duration)
        .epochMilliseconds;
    } catch {
      return { problem: "advanceBy takes an ISO 8601 duration, such as P1D or PT2H." };
    }
  }
  if (typeof advanceTo === "string") {
    const instant = Date.parse(advanceTo);
    return Number.isNaN(instant)
      ? { problem: "advanceTo takes an instant, such as 2027-01-15T15:00:00Z." }
      : instant;
  }
  if (advanceToNext === true || advanceToNext === "true")
    return Math.max(world.nextEventAt() ?? nowMs, nowMs);
  return { problem: "Say how far: advanceBy, advanceTo or advanceToNext." };
}
