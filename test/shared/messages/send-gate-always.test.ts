import { describe, expect, it } from "vitest";
import type { ConsentState } from "../../../shared/care/episode/episode.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import { episodeStatuses } from "../../../shared/care/episode/status.ts";
import { messageClasses } from "../../../shared/care/program/program.ts";
import { staffedMinutesLeft } from "../../../shared/care/program/staffed-time.ts";
import { addHours, toInstant } from "../../../shared/care/time/instants.ts";
import { addDays, isoWeekKey, localDate, localTime } from "../../../shared/care/time/zoned-time.ts";
import type { GateInput } from "../../../shared/messages/gate-input.ts";
import { decideSend } from "../../../shared/messages/send-gate.ts";
import { buildGateInput, buildMessage } from "../../builders/message.ts";
import { buildSite } from "../../builders/program.ts";
import { fc } from "../../builders/properties.ts";
import { buildEpisode } from "../../builders/state.ts";

const zones = [
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
];

const gateRules = [
  "still-planned",
  "not-expired",
  "before-the-session",
  "on-the-pathway",
  "not-on-leave",
  "consent",
  "same-contact",
  "contact-open",
  "own-phone",
  "not-before",
  "not-read-along",
  "hours",
  "staffed-hours-left",
  "site-open",
  "day-cap",
  "week-cap",
  "number-cap",
  "site-cap",
];

const instant = fc
  .integer({ min: Date.parse("2027-01-01"), max: Date.parse("2027-12-20") })
  .map((ms) => toInstant(Math.floor(ms / 60_000) * 60_000));
const wallTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "15", "30", "45"))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
const consent: fc.Arbitrary<ConsentState> = fc.constantFrom<ConsentState>(
  { grantedAt: "2027-01-01T00:00:00.000Z" },
  { grantedAt: "2027-01-01T00:00:00.000Z", withdrawnAt: "2027-02-01T00:00:00.000Z" },
  {},
);

/** Any message at any instant of 2027, before both changes of the clocks and after. */
const gateInput: fc.Arbitrary<GateInput> = fc
  .record({
    now: instant,
    zone: fc.constantFrom(...zones),
    siteZone: fc.constantFrom(...zones),
    messageClass: fc.constantFrom(...messageClasses, "routine", "routine", "routine"),
    step: fc.constantFrom("measures", "check-in", "missed-session", "aftercare-closed"),
    status: fc.oneof(
      fc.constantFrom(...episodeStatuses),
      fc.constantFrom("active" as const, "onhold" as const),
    ),
    window: fc.oneof(
      fc.tuple(wallTime, wallTime),
      fc.constant(["06:00", "22:00"] as const),
      fc.constant(["06:00", "22:00"] as const),
    ),
    sendIn: fc.oneof(
      fc.integer({ min: -72, max: 0 }),
      fc.integer({ min: -72, max: 0 }),
      fc.integer({ min: 0, max: 72 }),
    ),
    expiresIn: fc.oneof(
      fc.integer({ min: -24, max: 0 }),
      fc.integer({ min: 1, max: 24 * 20 }),
      fc.integer({ min: 1, max: 24 * 20 }),
    ),
    sms: fc.oneof(consent, fc.constant({ grantedAt: "2027-01-01T00:00:00.000Z" })),
    contact: fc.constantFrom("open", "open", "open", "opted-out", "failed"),
    closedDays: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 6 }),
    sent: fc.record({
      today: fc.integer({ min: 0, max: 3 }),
      thisWeek: fc.integer({ min: 0, max: 8 }),
    }),
  })
  .map((given): GateInput => {
    const [one, other] = given.window;
    const today = localDate(given.now, given.siteZone);
    return buildGateInput({
      now: given.now,
      message: buildMessage({
        step: given.step,
        class: given.messageClass,
        window: one < other ? { from: one, to: other } : { from: other, to: one },
        sendAt: addHours(given.now, given.sendIn),
        expiresAt: addHours(given.now, given.expiresIn),
      }),
      episode: buildEpisode({
        status: given.status,
        timeZone: given.zone,
        consents: { sms: given.sms, email: {}, voicemail: false },
      }),
      contactPoint: { state: given.contact as "open" | "opted-out" | "failed" },
      site: buildSite({
        timeZone: given.siteZone,
        closures: given.closedDays.map((day) => ({ on: addDays(today, day), words: "closed" })),
      }),
      sent: { ...given.sent, toNumber: 0, isSiteFull: false },
    });
  });

/** The same, for somebody in the program or after it who agreed to texts: only the time is in question. */
const agreedInput: fc.Arbitrary<GateInput> = fc
  .tuple(gateInput, fc.constantFrom("active" as const, "aftercare" as const))
  .map(([input, status]) => ({
    ...input,
    contactPoint: { state: "open" },
    message: { ...input.message, step: status === "active" ? "measures" : "check-in" },
    episode: buildEpisode({ status, timeZone: input.episode.timeZone }),
  }));

const isPlanned = (message: Message) =>
  message.class === "routine" || message.class === "schedule-notice";

describe("whatever the circumstances", () => {
  it("nothing is sent without a live consent, to a closed contact, or to a pathway that has ended", () => {
    let sent = 0;
    fc.assert(
      fc.property(gateInput, (input) => {
        if (decideSend(input).action !== "send") return;
        sent += 1;
        const { contactPoint, episode, message, now } = input;
        expect(contactPoint?.state).toBe("open");
        expect(now >= message.sendAt && now < message.expiresAt).toBe(true);
        if (!isPlanned(message)) return;
        expect(episode.consents.sms.withdrawnAt).toBeUndefined();
        expect(episode.consents.sms.grantedAt).toBeDefined();
        expect(episode.status).not.toBe("withdrawn");
        expect(episode.status).not.toBe("declined");
        if (episode.status === "closed") expect(message.step).toBe("aftercare-closed");
      }),
      { numRuns: 800 },
    );
    expect(sent).toBeGreaterThan(40);
  });

  it("nothing of ours goes in quiet hours, on closed days, beyond a cap or with nobody to call", () => {
    let sent = 0;
    fc.assert(
      fc.property(agreedInput, (input) => {
        if (decideSend(input).action !== "send" || !isPlanned(input.message)) return;
        sent += 1;
        const { episode, message, now, policy, site } = input;
        const time = localTime(now, episode.timeZone);
        expect(time >= message.window.from && time < message.window.to).toBe(true);
        const isRoutine = message.class === "routine";
        const quiet = isRoutine ? policy.quietHours.routine : policy.quietHours.scheduleNotice;
        expect(time >= quiet.from && time < quiet.to).toBe(true);
        if (message.step === "check-in") {
          expect(staffedMinutesLeft(buildSite(site), now)).toBeGreaterThanOrEqual(240);
        }
        if (!isRoutine) return;
        const today = localDate(now, site.timeZone);
        expect(site.closures.some((closure) => closure.on === today)).toBe(false);
        const caps =
          episode.status === "aftercare" ? policy.caps.inAftercare : policy.caps.inProgram;
        expect(input.sent.today).toBeLessThan(caps.perDay);
        expect(input.sent.thisWeek).toBeLessThan(caps.perWeek);
      }),
      { numRuns: 800 },
    );
    expect(sent).toBeGreaterThan(8);
  });

  it("the list of rules is the explanation: it alone tells what was decided", () => {
    fc.assert(
      fc.property(gateInput, (input) => {
        const decision = decideSend(input);
        const outcomes = decision.rules.map((rule) => rule.outcome);
        expect(decision.rules.slice(0, gateRules.length).map((rule) => rule.rule)).toEqual(
          gateRules,
        );
        expect(decision.rules.every((rule) => rule.words.endsWith("."))).toBe(true);
        const told = outcomes.includes("drops")
          ? "drop"
          : outcomes.includes("holds")
            ? "hold"
            : "send";
        expect(told).toBe(decision.action);
      }),
      { numRuns: 800 },
    );
  });

  it("a held message waits for a later instant at which it goes, if nothing else changes", () => {
    let held = 0;
    fc.assert(
      fc.property(gateInput, (input) => {
        const decision = decideSend(input);
        if (decision.action !== "hold") return;
        held += 1;
        const { until } = decision;
        expect(until > input.now).toBe(true);
        expect(until < input.message.expiresAt).toBe(true);
        const { timeZone } = input.episode;
        const day = (at: string) => localDate(at, timeZone);
        const isSameDay = day(until) === day(input.now);
        const isSameWeek = isoWeekKey(day(until)) === isoWeekKey(day(input.now));
        const again = decideSend({
          ...input,
          now: until,
          message: { ...input.message, sendAt: until },
          sent: {
            today: isSameDay ? input.sent.today : 0,
            thisWeek: isSameWeek ? input.sent.thisWeek : 0,
            toNumber: 0,
            isSiteFull: false,
          },
        });
        expect(again.action).toBe("send");
      }),
      { numRuns: 800 },
    );
    expect(held).toBeGreaterThan(40);
  });
});
