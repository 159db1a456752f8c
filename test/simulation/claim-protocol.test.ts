import { describe, expect, it } from "vitest";
import type { Message } from "../../shared/care/episode/message.ts";
import { ClaimWorld } from "../builders/claim-world.ts";
import { fc, isFullVolume } from "../builders/properties.ts";
import { providerMoods } from "../builders/provider-moods.ts";

const ends: readonly Message["status"][] = [
  "ACCEPTED",
  "DELIVERED",
  "FAILED",
  "SUPPRESSED",
  "CANCELLED",
];
/** What the pathway makes up for by itself: the message came too late to make sense. */
const tooLate = ["expired", "expires-before-it-may-go", "no-time-left"];

/** When a sender is gone: after so many calls of the store or the provider, or never. */
const diesAfter = fc.oneof(fc.integer({ min: 0, max: 14 }), fc.constant(Number.POSITIVE_INFINITY));
const waits = fc.integer({ min: 0, max: 40 });

describe("the claim of a message", () => {
  it("is made once and never after a stop, whoever sends, stops, reports or is cut off at once", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom(...providerMoods), { maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(3), diesAfter), { minLength: 4, maxLength: 10 }),
        fc.array(fc.tuple(fc.constantFrom("sms" as const, "email" as const), waits), {
          maxLength: 2,
        }),
        fc.array(fc.tuple(fc.constantFrom(1, 6, 70), waits), { maxLength: 2 }),
        async (scheduler, moods, senders, stops, sweeps) => {
          const world = await ClaimWorld.create(scheduler, moods);
          await world.atOnce([
            ...senders.flatMap(([index, dies]) => {
              const message = world.messages[index];
              return message === undefined ? [] : [world.sender(message, dies)];
            }),
            ...stops.map(([channel, turns]) => world.stop(channel, turns)),
            ...sweeps.map(([minutes, turns]) => world.sweepAfter(minutes, turns)),
          ]);
          await world.later();
          expect(world.watch.breaches).toEqual([]);
          expect([...world.watch.taken.values()].filter((times) => times > 1)).toEqual([]);
          const { messages, openTasks } = world.end();
          for (const message of messages) {
            seen.add(message.status);
            const isSettled = ends.includes(message.status);
            expect(isSettled || world.hasTaskAbout(message.messageId), message.status).toBe(true);
            const arrived = message.status === "ACCEPTED" || message.status === "DELIVERED";
            if (arrived || !isSettled || tooLate.includes(message.reason ?? "")) continue;
            // What does not reach the person one way goes the other way, or a person is told.
            const others = messages.filter(
              (one) => one.step === message.step && one.occurrence === message.occurrence,
            );
            expect(others.length > 1 || openTasks > 0, `${message.sk} ends in silence`).toBe(true);
          }
          expectCapsKept(messages, world);
        },
      ),
      { numRuns: isFullVolume ? 1000 : 50 },
    );
    // The property was put to the test: every way to end has come about.
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(["ACCEPTED", "DELIVERED", "FAILED", "SUPPRESSED", "UNKNOWN"]),
    );
  }, 400_000);
});

/** No more routine messages a day than the policy allows beside what tells when to come, by the day they were claimed. */
function expectCapsKept(messages: readonly Message[], world: ClaimWorld): void {
  const perDay = new Map<string, number>();
  for (const message of messages) {
    if (!world.watch.taken.has(message.messageId) || message.claimedAt === undefined) continue;
    if (message.step === "weekly-text") continue;
    const day = message.claimedAt.slice(0, 10);
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  }
  expect(Math.max(0, ...perDay.values())).toBeLessThanOrEqual(2);
}
