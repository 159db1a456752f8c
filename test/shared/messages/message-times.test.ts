import { describe, expect, it } from "vitest";
import type { Message, MessageStatus } from "../../../shared/care/episode/message.ts";
import { localTime, spread } from "../../../shared/care/time/zoned-time.ts";
import { explainMessage } from "../../../shared/messages/explain-message.ts";
import { dropReasons } from "../../../shared/messages/gate-input.ts";
import { planInstants } from "../../../shared/messages/plan-instants.ts";
import { messageSk } from "../../../shared/messages/plan-messages.ts";
import { wordsForReason } from "../../../shared/messages/reason-words.ts";
import { messageLanguage } from "../../../shared/messages/template.ts";
import { buildGateInput, buildMessage } from "../../builders/message.ts";
import { fc } from "../../builders/properties.ts";
import { buildEpisode, tuesdayMorning } from "../../builders/state.ts";

const statuses: readonly MessageStatus[] = [
  "PLANNED",
  "CLAIMED",
  "ACCEPTED",
  "DELIVERED",
  "FAILED",
  "UNKNOWN",
  "SUPPRESSED",
  "CANCELLED",
];

describe("the explanation of a message", () => {
  const input = buildGateInput();
  const explain = (message: Message, more: Partial<typeof input> = {}) =>
    explainMessage(message, { ...input, ...more });

  it("of one that waits is what the gate says now", () => {
    expect(explain(buildMessage())).toMatchObject({
      words: "It may go now and is about to.",
      nextInstant: tuesdayMorning,
    });
    const held = explain(buildMessage(), { now: "2027-01-13T02:00:00.000Z" });
    expect(held.words).toBe(`It waits until ${held.nextInstant}.`);
    const dropped = explain(buildMessage(), {
      episode: buildEpisode({ status: "withdrawn" }),
    });
    expect(dropped.words).toContain("the participant is past the step");
    expect(dropped.rules.some((rule) => rule.outcome === "drops")).toBe(true);
  });

  it("of one that is settled is one sentence and at least one rule", () => {
    for (const status of statuses) {
      const { words, rules } = explain(buildMessage({ status, reason: "expired" }));
      expect(words.endsWith(".")).toBe(true);
      expect(rules.length).toBeGreaterThan(0);
    }
    const lastGate = [{ rule: "consent", outcome: "drops", words: "No consent." } as const];
    expect(explain(buildMessage({ status: "SUPPRESSED", lastGate })).rules).toBe(lastGate);
  });

  it("has words for every reason to drop", () => {
    for (const reason of dropReasons) {
      if (reason === "not-planned") continue;
      expect(wordsForReason(reason)).not.toBe(reason);
    }
    expect(wordsForReason(undefined)).toBe("no reason is recorded");
    expect(wordsForReason("the carrier was down")).toBe("the carrier was down");
  });
});

describe("the time of a planned message", () => {
  const instant = fc
    .integer({ min: Date.parse("2027-01-01"), max: Date.parse("2027-12-20") })
    .map((ms) => new Date(Math.floor(ms / 60_000) * 60_000).toISOString());

  it("is never in the past nor after it makes sense, and lies in the row's hours", () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: -72, max: 72 }),
        fc.integer({ min: -48, max: 72 }),
        fc.constantFrom("America/New_York", "America/Phoenix", "Pacific/Honolulu", "America/Boise"),
        fc.constantFrom("01JP1", "01JP2", "01JP3"),
        (now, anchorIn, offsetHours, timeZone, participantId) => {
          const anchorAt = new Date(Date.parse(now) + anchorIn * 3_600_000).toISOString();
          const window = { from: "09:00", to: "19:00" };
          const row = {
            step: "weekly-text",
            class: "routine",
            offsetMinutes: offsetHours * 60,
            window,
            expiresAfterHours: 48,
          } as const;
          const planned = planInstants({ row, now, anchorAt, timeZone, participantId });
          expect(planned.sendAt >= now).toBe(true);
          expect(planned.isTooLate).toBe(planned.sendAt >= planned.expiresAt);
          if (planned.isTooLate) return;
          const time = localTime(planned.sendAt, timeZone);
          expect(time >= window.from && time < window.to).toBe(true);
          if (offsetHours < 0) expect(planned.sendAt < anchorAt).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("is spread over people and stays the same for each", () => {
    const places = Array.from({ length: 200 }, (_, index) => spread(`person-${index}`, 60));
    expect(new Set(places).size).toBeGreaterThan(30);
    expect(places.every((place) => place >= 0 && place < 60)).toBe(true);
    expect(spread("person-1", 60)).toBe(spread("person-1", 60));
    expect(spread("person-1", 1)).toBe(0);
  });
});

describe("the language of a message", () => {
  it("is the exact one, else that of the same tongue, else none", () => {
    expect(messageLanguage(["en", "es"], "es-MX")).toBe("es");
    expect(messageLanguage(["en", "es", "es-MX"], "es-mx")).toBe("es-MX");
    expect(messageLanguage(["en", "es"], "ht")).toBeUndefined();
  });
});

describe("the business key of a message", () => {
  it("is its step, what it is about, and the channel", () => {
    expect(messageSk("check-in", "c2", "sms")).toBe("MSG#check-in#c2#sms");
  });
});
