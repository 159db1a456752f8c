// Long because every rule of the gate is tried against every kind of message, at its very edge.
import { describe, expect, it } from "vitest";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import { episodeStatuses } from "../../../shared/care/episode/status.ts";
import { messageClasses } from "../../../shared/care/program/program.ts";
import type { GateInput } from "../../../shared/messages/gate-input.ts";
import { decideSend } from "../../../shared/messages/send-gate.ts";
import { buildGateInput, buildMessage } from "../../builders/message.ts";
import { buildPolicy, buildProgram, buildSite } from "../../builders/program.ts";
import { buildEpisode, tuesdayMorning } from "../../builders/state.ts";

const decide = (overrides: Partial<GateInput> = {}) => decideSend(buildGateInput(overrides));
const ruleOf = (decision: ReturnType<typeof decide>, name: string) =>
  decision.rules.find(({ rule }) => rule === name);
const reasonOf = (decision: ReturnType<typeof decide>) =>
  decision.action === "drop" ? decision.reason : decision.action;
const shifted = (instant: string, milliseconds: number) =>
  new Date(Date.parse(instant) + milliseconds).toISOString();
const planned = ["routine", "schedule-notice"];

/** A message of a row of the program, sent at an hour at which all may go. */
function ofStep(step: string, more: Partial<Message> = {}): Message {
  const row = buildProgram().messages.find((one) => one.step === step);
  return buildMessage({ step, templateId: step, class: row?.class ?? "routine", ...more });
}

describe("what belongs to the program is not heard after it, what belongs to its end is", () => {
  const ofTheWeek = [
    "session-reminder",
    "weekly-text",
    "measures",
    "session-booked",
    "session-cancelled",
    "session-held",
    "session-off",
    "session-on",
    "session-moved",
    "session-online",
    "session-on-site",
    "missed-session",
  ];
  const steps = [...new Set(buildProgram().messages.map(({ step }) => step))];

  it.each(steps)("%s", (step) => {
    for (const status of episodeStatuses) {
      const consents = { ...buildEpisode().consents };
      const found = ruleOf(
        decide({ message: ofStep(step), episode: buildEpisode({ status, consents }) }),
        "on-the-pathway",
      );
      const isOver =
        status === "withdrawn" ||
        (status === "declined" && step !== "refer-on") ||
        (status === "closed" && step !== "aftercare-closed") ||
        ((status === "discharged" || status === "aftercare") && ofTheWeek.includes(step));
      expect(`${status} ${found?.outcome}`).toBe(`${status} ${isOver ? "drops" : "passed"}`);
    }
  });

  it("an answer goes to whoever writes, wherever they are on the way", () => {
    for (const status of episodeStatuses)
      for (const kind of ["reply", "safety"] as const) {
        const message = buildMessage({ step: "help-reply", templateId: "help-reply", class: kind });
        const episode = buildEpisode({ status, disposition: "deceased" });
        expect(decide({ message, episode }).action).toBe("send");
      }
  });
});

describe("the rules that hold what we plan, and never an answer", () => {
  const hold = (kind: string) => ({ kind, since: tuesdayMorning, contactKeptBy: "casey" });
  const noConsent = { ...buildEpisode().consents, sms: {} };
  const cases: readonly (readonly [string, Partial<Episode>, string])[] = [
    ["leave in hospital", { hold: hold("hospital") }, "on-leave"],
    ["leave in jail", { hold: hold("jail") }, "on-leave"],
    ["no consent", { consents: noConsent }, "no-consent"],
    [
      "another number",
      { reach: { sms: { contactPointId: "cp-2", kind: "own" } } },
      "contact-changed",
    ],
    ["no number at all", { reach: {} }, "contact-changed"],
    ["a death", { status: "discharged", disposition: "deceased" }, "deceased"],
  ];
  it.each(cases)("%s", (_what, about, reason) => {
    for (const kind of messageClasses) {
      const message = buildMessage({ step: "measures", class: kind });
      const decision = decide({ message, episode: buildEpisode({ status: "active", ...about }) });
      expect(`${kind} ${reasonOf(decision)}`).toBe(
        `${kind} ${planned.includes(kind) ? reason : "send"}`,
      );
    }
  });

  it("every other kind of leave lets messages through", () => {
    for (const kind of ["detox", "medical", "vacation", "family"])
      expect(decide({ episode: buildEpisode({ status: "onhold", hold: hold(kind) }) }).action).toBe(
        "send",
      );
  });

  it("the hours: an answer goes at night, a notice from six to nine, the rest from nine to eight", () => {
    const at = (time: string) => `2027-01-13T${time}:00.000Z`;
    // New York is five hours behind.
    const nights: Readonly<Record<string, readonly string[]>> = {
      reply: [],
      safety: [],
      "schedule-notice": [at("02:00"), at("10:59")],
      routine: [at("01:00"), at("11:00"), at("13:59")],
    };
    const days: Readonly<Record<string, readonly string[]>> = {
      reply: [at("07:00")],
      safety: [at("07:00")],
      "schedule-notice": [at("01:59"), at("11:00")],
      routine: [at("00:59"), at("14:00")],
    };
    for (const kind of messageClasses) {
      const message = buildMessage({
        step: "measures",
        class: kind,
        window: { from: "00:00", to: "23:59" },
      });
      for (const now of days[kind] ?? [])
        expect(`${kind} ${now} ${decide({ message, now }).action}`).toBe(`${kind} ${now} send`);
      for (const now of nights[kind] ?? [])
        expect(`${kind} ${now} ${decide({ message, now }).action}`).toBe(`${kind} ${now} hold`);
    }
  });

  it("caps count nothing but routine messages, and hold nothing that tells when to come", () => {
    const sent = { today: 99, thisWeek: 99, toNumber: 99, isSiteFull: true };
    for (const kind of messageClasses) {
      const message = buildMessage({
        step: "measures",
        class: kind,
        expiresAt: "2027-02-15T16:00:00.000Z",
      });
      expect(`${kind} ${decide({ message, sent }).action}`).toBe(
        `${kind} ${kind === "routine" ? "hold" : "send"}`,
      );
    }
    for (const step of ["session-reminder", "weekly-text", "welcome"])
      expect(decide({ message: ofStep(step), sent }).action, step).toBe("send");
  });
});

describe("an edge belongs to one side of it", () => {
  it("a message makes sense until its last millisecond, and goes from its first", () => {
    const message = buildMessage({ step: "measures" });
    const late = { message: { ...message, sendAt: tuesdayMorning, expiresAt: tuesdayMorning } };
    expect(reasonOf(decide(late))).toBe("expired");
    const just = { message: { ...message, expiresAt: shifted(tuesdayMorning, 1) } };
    expect(decide(just).action).toBe("send");
    const early = decide({ message: { ...message, sendAt: shifted(tuesdayMorning, 1) } });
    expect(early).toMatchObject({ action: "hold" });
    expect(ruleOf(early, "not-before")?.until).toBe(shifted(tuesdayMorning, 1));
  });

  it("a notice goes until its session begins; what is no notice, and what is about none, goes after it, too", () => {
    const notice = ofStep("session-moved", { aboutAt: tuesdayMorning });
    expect(reasonOf(decide({ message: notice }))).toBe("session-started");
    const just = { ...notice, aboutAt: shifted(tuesdayMorning, 1) };
    expect(decide({ message: just }).action).toBe("send");
    const { aboutAt: _aboutAt, ...about } = notice;
    expect(decide({ message: about }).action).toBe("send");
    expect(decide({ message: ofStep("measures", { aboutAt: tuesdayMorning }) }).action).toBe(
      "send",
    );
  });

  it("one confirmation of a stop, by its own words, as an answer, before five minutes have passed", () => {
    const confirmation = {
      class: "reply",
      step: "stop-confirm",
      templateId: "stop-confirm",
    } as const;
    const stopped = (milliseconds: number, more: Partial<Message> = {}) =>
      reasonOf(
        decide({
          message: buildMessage({ ...confirmation, ...more }),
          contactPoint: {
            state: "opted-out",
            optOut: { at: shifted(tuesdayMorning, milliseconds), how: "text" },
          },
        }),
      );
    expect(stopped(-299_999)).toBe("send");
    expect(stopped(-300_000)).toBe("contact-closed");
    expect(stopped(0, { templateId: "help-reply" })).toBe("contact-closed");
    expect(stopped(0, { class: "safety" })).toBe("contact-closed");
    for (const state of ["wrong-number", "failed", "opted-out"] as const)
      expect(
        reasonOf(decide({ message: buildMessage(confirmation), contactPoint: { state } })),
      ).toBe("contact-closed");
  });
});

describe("a phone that others read", () => {
  it("gets no text about a missed session, and everything else; an email is one's own", () => {
    const shared = { contactPointId: "cp-sms", kind: "shared" } as const;
    const email = { contactPointId: "cp-email", kind: "shared" } as const;
    const episode = buildEpisode({ status: "active", reach: { sms: shared, email } });
    expect(reasonOf(decide({ message: ofStep("missed-session"), episode }))).toBe("phone-not-own");
    expect(decide({ message: ofStep("measures"), episode }).action).toBe("send");
    const mail = ofStep("missed-session", { channel: "email", contactPointId: "cp-email" });
    expect(decide({ message: mail, episode }).action).toBe("send");
    const own = buildEpisode({ status: "active" });
    expect(decide({ message: ofStep("missed-session"), episode: own }).action).toBe("send");
  });
});

/** Midnights where people are, the days on which clocks change among them. */
const midnights = [
  ["America/New_York", "2027-01-12T15:00:00.000Z", "2027-01-13T05:00:00.000Z"],
  // Spring forward: a day of 23 hours.
  ["America/New_York", "2027-03-14T15:00:00.000Z", "2027-03-15T04:00:00.000Z"],
  // Fall back: a day of 25.
  ["America/New_York", "2027-11-07T15:00:00.000Z", "2027-11-08T05:00:00.000Z"],
  ["America/Phoenix", "2027-03-14T17:00:00.000Z", "2027-03-15T07:00:00.000Z"],
  ["Pacific/Honolulu", "2027-01-12T20:00:00.000Z", "2027-01-13T10:00:00.000Z"],
  // In Havana midnight itself is the hour that is left out.
  ["America/Havana", "2027-03-13T17:00:00.000Z", "2027-03-14T05:00:00.000Z"],
  ["Asia/Tokyo", "2027-01-12T01:00:00.000Z", "2027-01-12T15:00:00.000Z"],
] as const;

describe("a full day is over at midnight", () => {
  const open = { from: "00:00", to: "23:59" };
  const policy = buildPolicy({ quietHours: { routine: open, scheduleNotice: open } });
  const message = (now: string) =>
    buildMessage({
      step: "measures",
      window: open,
      sendAt: now,
      expiresAt: shifted(now, 20 * 86_400_000),
    });
  const full = { today: 2, thisWeek: 2, toNumber: 0, isSiteFull: false };

  it.each(midnights)("of the participant, in %s at %s", (timeZone, now, midnight) => {
    const episode = buildEpisode({ status: "active", timeZone });
    const site = buildSite({ timeZone: "America/New_York" });
    const decision = decide({ now, episode, site, policy, message: message(now), sent: full });
    expect(ruleOf(decision, "day-cap")).toMatchObject({ outcome: "holds", until: midnight });
    const before = shifted(midnight, -1000);
    const last = decide({
      now: before,
      episode,
      site,
      policy,
      message: message(before),
      sent: full,
    });
    expect(ruleOf(last, "day-cap")).toMatchObject({ until: midnight });
  });

  it.each(midnights)("of the site for its number, in %s at %s", (timeZone, now, midnight) => {
    const episode = buildEpisode({ status: "active", timeZone: "America/Chicago" });
    const site = buildSite({ timeZone });
    const sent = { today: 0, thisWeek: 0, toNumber: 40, isSiteFull: true };
    const decision = decide({ now, episode, site, policy, message: message(now), sent });
    expect(ruleOf(decision, "number-cap")).toMatchObject({ outcome: "holds", until: midnight });
    expect(ruleOf(decision, "site-cap")?.outcome).toBe("passed");
    const unknown = decide({
      now,
      episode,
      site,
      policy,
      message: message(now),
      contactPoint: { state: "open" },
      sent: { ...sent, toNumber: 0 },
    });
    expect(ruleOf(unknown, "site-cap")).toMatchObject({ outcome: "holds", until: midnight });
    expect(ruleOf(unknown, "number-cap")?.outcome).toBe("passed");
  });

  it.each([
    ["America/New_York", "2027-03-10T15:00:00.000Z", "2027-03-15T04:00:00.000Z"],
    ["America/New_York", "2027-11-07T15:00:00.000Z", "2027-11-08T05:00:00.000Z"],
    ["America/New_York", "2027-11-08T04:59:59.000Z", "2027-11-08T05:00:00.000Z"],
    ["America/New_York", "2027-11-08T05:00:00.000Z", "2027-11-15T05:00:00.000Z"],
    ["Pacific/Honolulu", "2027-01-18T09:00:00.000Z", "2027-01-18T10:00:00.000Z"],
    // The year's last week belongs to the year of its Thursday.
    ["America/New_York", "2026-12-31T15:00:00.000Z", "2027-01-04T05:00:00.000Z"],
  ])("a full week, on Monday: in %s at %s", (timeZone, now, monday) => {
    const episode = buildEpisode({ status: "active", timeZone });
    const sent = { today: 0, thisWeek: 7, toNumber: 0, isSiteFull: false };
    const decision = decide({ now, episode, policy, message: message(now), sent });
    expect(ruleOf(decision, "week-cap")).toMatchObject({ outcome: "holds", until: monday });
  });

  it("one below a cap goes, at every cap; at and above it none does", () => {
    const base = { today: 0, thisWeek: 0, toNumber: 0, isSiteFull: false };
    const cases = [
      ["active", "day-cap", (n: number) => ({ ...base, today: n }), 2],
      ["active", "week-cap", (n: number) => ({ ...base, thisWeek: n }), 7],
      ["active", "number-cap", (n: number) => ({ ...base, toNumber: n }), 40],
      ["aftercare", "day-cap", (n: number) => ({ ...base, today: n }), 1],
      ["aftercare", "week-cap", (n: number) => ({ ...base, thisWeek: n }), 3],
    ] as const;
    for (const [status, rule, sentBefore, cap] of cases)
      for (const [count, outcome] of [
        [cap - 1, "passed"],
        [cap, "holds"],
        [cap + 1, "holds"],
      ] as const) {
        const step = status === "active" ? "measures" : "check-in";
        const decision = decide({
          message: buildMessage({ step, expiresAt: "2027-02-15T16:00:00.000Z" }),
          episode: buildEpisode({ status }),
          sent: sentBefore(count),
        });
        expect(`${status} ${rule} ${count} ${ruleOf(decision, rule)?.outcome}`).toBe(
          `${status} ${rule} ${count} ${outcome}`,
        );
      }
  });
});

describe("a closed day is the site's own", () => {
  const closed = (on: string) =>
    buildSite({ timeZone: "America/New_York", closures: [{ on, words: "closed" }] });
  it.each([
    // Ten in the evening in Honolulu is the next morning at the site.
    ["Pacific/Honolulu", "2027-01-13T08:00:00.000Z", "2027-01-13", "holds"],
    ["Pacific/Honolulu", "2027-01-13T08:00:00.000Z", "2027-01-12", "passed"],
    ["America/New_York", "2027-01-13T04:59:59.000Z", "2027-01-12", "holds"],
    ["America/New_York", "2027-01-13T05:00:00.000Z", "2027-01-12", "passed"],
  ])("for somebody in %s at %s, closed on %s", (timeZone, now, on, outcome) => {
    const episode = buildEpisode({ status: "active", timeZone });
    const found = ruleOf(decide({ now, episode, site: closed(on) }), "site-open");
    expect(found?.outcome).toBe(outcome);
    if (outcome === "holds") expect(found?.until).toMatch(/^2027-01-1[34]T05:00:00.000Z$/);
  });

  it("holds no receipt, nothing that tells when to come, no notice and no answer", () => {
    const site = closed("2027-01-12");
    const held = (message: Message) => ruleOf(decide({ message, site }), "site-open")?.outcome;
    for (const step of [
      "intake-received",
      "welcome",
      "weekly-text",
      "session-reminder",
      "session-moved",
    ])
      expect(`${step} ${held(ofStep(step))}`).toBe(`${step} passed`);
    for (const step of ["measures", "ask-forms", "discharged", "refer-on"])
      expect(`${step} ${held(ofStep(step))}`).toBe(`${step} holds`);
  });
});

describe("why it never goes", () => {
  it("is the number's fullness where it would else have gone in time, and the hour where not", () => {
    const sent = { today: 0, thisWeek: 0, toNumber: 40, isSiteFull: false };
    const soon = buildMessage({ step: "measures", expiresAt: "2027-01-13T04:00:00.000Z" });
    expect(reasonOf(decide({ message: soon, sent }))).toBe("number-full");
    const night = "2027-01-13T01:30:00.000Z";
    const message = { ...soon, sendAt: night };
    expect(reasonOf(decide({ message, sent, now: night }))).toBe("expires-before-it-may-go");
  });

  it("a held message leaves within a quarter of an hour of the hour, each person at their own place", () => {
    const night = "2027-01-13T02:00:00.000Z";
    const opens = "2027-01-13T14:00:00.000Z";
    const places = Array.from({ length: 40 }, (_, index) => {
      const decision = decide({
        now: night,
        episode: buildEpisode({ status: "active", participantId: `person-${index}` }),
      });
      return decision.action === "hold"
        ? (Date.parse(decision.until) - Date.parse(opens)) / 60_000
        : -1;
    });
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThan(15);
    expect(new Set(places).size).toBeGreaterThan(8);
    // Planned for that very instant: it has its place already.
    const own = decide({ now: night, message: buildMessage({ step: "measures", sendAt: opens }) });
    expect(own).toMatchObject({ action: "hold", until: opens });
    // No later than it makes sense.
    const short = buildMessage({ step: "measures", expiresAt: "2027-01-13T14:00:30.000Z" });
    for (let index = 0; index < 20; index += 1) {
      const episode = buildEpisode({ status: "active", participantId: `person-${index}` });
      expect(decide({ now: night, message: short, episode })).toMatchObject({ until: opens });
    }
  });
});

describe("to somebody who says that another reads along", () => {
  const notAlone = { occasion: "n1", since: tuesdayMorning };

  it.each(messageClasses)("%s", (kind) => {
    const of = (episode: Episode) =>
      decide({ message: buildMessage({ class: kind }), episode, now: tuesdayMorning });
    const isHeld = planned.includes(kind);
    expect(of(buildEpisode({ notAlone })).action).toBe(isHeld ? "hold" : of(buildEpisode()).action);
    const told = ruleOf(of(buildEpisode({ notAlone })), "not-read-along");
    expect(told?.outcome).toBe(isHeld ? "holds" : "passed");
    expect(told?.until).toBe(isHeld ? shifted(tuesdayMorning, 30 * 60_000) : undefined);
    expect(ruleOf(of(buildEpisode()), "not-read-along")?.outcome).toBe("passed");
  });
});
