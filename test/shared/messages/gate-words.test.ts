import { describe, expect, it } from "vitest";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import type { GateInput } from "../../../shared/messages/gate-input.ts";
import {
  isConfirmed,
  maxToNumber,
  maxUnconfirmedAtSite,
  numberRuleNames,
} from "../../../shared/messages/gate-times.ts";
import { decideSend } from "../../../shared/messages/send-gate.ts";
import { buildGateInput, buildMessage } from "../../builders/message.ts";
import { buildPolicy, buildSite } from "../../builders/program.ts";
import { buildEpisode, tuesdayMorning } from "../../builders/state.ts";

const decide = (about: Partial<GateInput> = {}) => decideSend(buildGateInput(about));
const wordsOf = (about: Partial<GateInput>, rule: string) =>
  decide(about).rules.find((one) => one.rule === rule)?.words;
const message = (more: Partial<Message> = {}) => buildMessage({ step: "measures", ...more });
const nothingSent = { today: 0, thisWeek: 0, toNumber: 0, isSiteFull: false };
const night = "2027-01-13T02:00:00.000Z";
const nine = "2027-01-13T14:00:00.000Z";
const long = "2027-06-15T16:00:00.000Z";

describe("the list that people are shown", () => {
  const names = decide().rules.map(({ rule }) => rule);
  const hold = (kind: string) => ({ kind, since: tuesdayMorning, contactKeptBy: "casey" });
  const active = (more: Partial<Episode>) => buildEpisode({ status: "active", ...more });
  const shared = { sms: { contactPointId: "cp-sms", kind: "shared" as const } };
  const notice = (aboutAt: string) => message({ class: "schedule-notice", aboutAt });
  const cases: readonly (readonly [string, Partial<GateInput>])[] = [
    ["of what is sent", { message: message({ status: "ACCEPTED" }) }],
    ["of a notice before its session", { message: notice(nine) }],
    ["of a notice after it", { message: notice(tuesdayMorning) }],
    ["on vacation", { episode: active({ hold: hold("vacation") }) }],
    ["in hospital", { episode: active({ hold: hold("hospital") }) }],
    [
      "of an answer to somebody in hospital",
      { episode: active({ hold: hold("hospital") }), message: message({ class: "reply" }) },
    ],
    ["of another number", { episode: active({ reach: {} }) }],
    [
      "of a missed session, and no number at all",
      { episode: active({ reach: {} }), message: message({ step: "missed-session" }) },
    ],
    [
      "on a phone that others read",
      { episode: active({ reach: shared }), message: message({ step: "missed-session" }) },
    ],
    ["of no hour at all", { message: message({ window: { from: "21:00", to: "23:00" } }) }],
  ];
  it.each(cases)("has every rule: %s", (_what, about) => {
    const rules = decide(about).rules.map(({ rule }) => rule);
    expect(rules.filter((rule) => rule !== "in-time")).toEqual(names);
  });

  it("tells a rule that never lets it pass from one that holds it", () => {
    const never = decide({ message: message({ window: { from: "21:00", to: "23:00" } }) });
    const { until, ...hours } = never.rules.find(({ rule }) => rule === "hours") ?? {};
    expect(until).toBeUndefined();
    expect(hours).toMatchObject({ outcome: "drops" });
    expect(hours).toMatchObject({
      words: "The hours of its plan lie in the quiet hours: there is no hour in which it may go.",
    });
    expect(wordsOf({}, "hours")).toBe("It may go from 09:00 to 19:00 where the participant is.");
  });

  it("tells leave that allows messages from no leave", () => {
    expect(wordsOf({}, "not-on-leave")).toBe("The participant is not on leave.");
    const episode = active({ hold: hold("vacation") });
    expect(wordsOf({ episode }, "not-on-leave")).toBe("The kind of leave allows messages.");
  });

  it("speaks of a step that the program does not have any more", () => {
    const gone = { message: message({ step: "gone" }) };
    expect(decide(gone).action).toBe("send");
    const discharged = buildEpisode({ status: "discharged" });
    expect(decide({ ...gone, episode: discharged }).action).toBe("send");
  });

  it("names what the participant agreed to: the channel, and the program or what follows it", () => {
    const agreed = (step: string, status: Episode["status"], channel: "sms" | "email" = "sms") =>
      wordsOf(
        { message: message({ step, channel }), episode: buildEpisode({ status }) },
        "consent",
      );
    const words = (what: string) => `The participant agreed to ${what}.`;
    expect(agreed("measures", "active")).toBe(words("texts for the program"));
    expect(agreed("measures", "active", "email")).toBe(words("emails for the program"));
    expect(agreed("check-in", "discharged")).toBe(words("texts for follow-up after the program"));
    expect(agreed("aftercare-closed", "closed")).toBe(
      words("texts for follow-up after the program"),
    );
    expect(agreed("measures", "aftercare")).toBe(words("texts for follow-up after the program"));
  });

  it("asks for the consent to follow-up from the first message of it on", () => {
    const consents = { ...buildEpisode().consents, aftercare: { withdrawnAt: tuesdayMorning } };
    for (const [step, status] of [
      ["check-in", "discharged"],
      ["aftercare-closed", "closed"],
      ["discharged", "aftercare"],
    ] as const) {
      const decision = decide({
        message: message({ step }),
        episode: buildEpisode({ status, consents }),
      });
      expect(decision, step).toMatchObject({ reason: "no-consent" });
    }
    expect(decide({ episode: active({ consents }) }).action).toBe("send");
  });

  it("says why a closed day does not count, or that it is none", () => {
    const site = (step: string, kind: Message["class"] = "routine") =>
      wordsOf({ message: message({ step, class: kind }) }, "site-open");
    expect(site("measures")).toBe("The site is not closed today.");
    expect(site("measures", "schedule-notice")).toBe("Closures hold routine messages only.");
    expect(site("weekly-text")).toContain("It tells when to come");
    expect(site("intake-received")).toContain("It answers a form that was just sent");
  });

  it("counts what went, against what may go", () => {
    const sent = { today: 1, thisWeek: 3, toNumber: 5, isSiteFull: false };
    expect(wordsOf({ sent }, "day-cap")).toBe("1 of at most 2 routine messages went today.");
    expect(wordsOf({ sent }, "week-cap")).toBe("3 of at most 7 routine messages went this week.");
    const number = (about: Partial<GateInput>) => wordsOf({ sent, ...about }, "number-cap");
    const went = (most: number, where: string) =>
      `5 of at most ${most} routine messages went to this ${where} today, whoever they were for.`;
    expect(number({})).toBe(went(40, "number"));
    expect(number({ message: message({ channel: "email" }) })).toBe(went(40, "address"));
    expect(number({ contactPoint: { state: "open" } })).toBe(
      `${went(1, "number")} Nobody has answered from it yet, and no member of staff has confirmed it.`,
    );
    expect(wordsOf({}, "site-cap")).toBe("The number or address is confirmed.");
    expect(wordsOf({ contactPoint: { state: "open" } }, "site-cap")).toContain("unconfirmed");
  });

  it("says that caps hold neither a notice nor what tells when to come", () => {
    const notice = { message: message({ class: "schedule-notice" }) };
    const week = { message: message({ step: "weekly-text" }) };
    for (const rule of ["number-cap", "site-cap"])
      for (const about of [notice, week])
        expect(wordsOf(about, rule)).toBe(
          "Caps hold routine messages only, and none that tells when to come.",
        );
    for (const rule of ["day-cap", "week-cap"]) {
      expect(wordsOf(notice, rule)).toBe("Caps count routine messages only.");
      expect(wordsOf(week, rule)).toBe("It tells when to come: no cap holds it.");
    }
  });
});

describe("a number that somebody vouches for", () => {
  const reach = { sms: { contactPointId: "cp-sms", kind: "own" as const } };
  const later = { sms: { ...reach.sms, since: tuesdayMorning } };
  const someone = { source: "self" as const, reach };

  it("was answered from or confirmed, or came with staff's referral, or was there at admission", () => {
    expect(isConfirmed(someone, { verifiedAt: tuesdayMorning }, "sms")).toBe(true);
    expect(isConfirmed(someone, {}, "sms")).toBe(false);
    expect(isConfirmed(someone, undefined, "sms")).toBe(false);
    expect(isConfirmed({ ...someone, source: "staff" }, undefined, "sms")).toBe(true);
    expect(isConfirmed({ ...someone, admittedOn: "2027-01-05" }, undefined, "sms")).toBe(true);
    expect(isConfirmed({ ...someone, source: "staff", reach: {} }, undefined, "sms")).toBe(true);
  });

  it("is not one that took another's place later, until it is answered from", () => {
    const moved = { source: "staff", admittedOn: "2027-01-05", reach: later } as const;
    expect(isConfirmed(moved, {}, "sms")).toBe(false);
    expect(isConfirmed(moved, {}, "email")).toBe(true);
    expect(isConfirmed(moved, { verifiedAt: tuesdayMorning }, "sms")).toBe(true);
  });

  it("gets what the rules allow; a policy of an earlier release allows what was the rule then", () => {
    const ruled = {
      caps: {
        ...buildPolicy().caps,
        perNumber: { perDay: 9 },
        unconfirmedNumber: { perDay: 3 },
        unconfirmedAddress: { perDay: 5 },
        unconfirmedAtSite: { perDay: 70 },
      },
    };
    const { inProgram, inAftercare } = buildPolicy().caps;
    const earlier = { caps: { inProgram, inAftercare } };
    expect(maxToNumber(ruled, "sms", true)).toBe(9);
    expect(maxToNumber(ruled, "email", true)).toBe(9);
    expect(maxToNumber(ruled, "sms", false)).toBe(3);
    expect(maxToNumber(ruled, "email", false)).toBe(5);
    expect(maxUnconfirmedAtSite(ruled)).toBe(70);
    expect(maxToNumber(earlier, "sms", true)).toBe(40);
    expect(maxToNumber(earlier, "sms", false)).toBe(1);
    expect(maxToNumber(earlier, "email", false)).toBe(4);
    expect(maxUnconfirmedAtSite(earlier)).toBe(400);
    expect(numberRuleNames).toEqual(["number-cap", "site-cap"]);
  });
});

describe("the hour at which a message may go first", () => {
  it("is the next morning where its number is full and the day is over", () => {
    const full = { ...nothingSent, toNumber: 40 };
    const decision = decide({ now: "2027-01-13T00:30:00.000Z", sent: full });
    expect(decision).toMatchObject({ action: "hold" });
    expect(decision.action === "hold" && decision.until >= nine).toBe(true);
    expect(decision.action === "hold" && decision.until < "2027-01-13T14:15:00.000Z").toBe(true);
  });

  it("is past every closed day, sixty of them and no more", () => {
    const closed = (days: number) =>
      buildSite({
        closures: Array.from({ length: days }, (_, index) => ({
          on: new Date(Date.parse("2027-01-12") + index * 86_400_000).toISOString().slice(0, 10),
          words: "closed",
        })),
      });
    const sixty = decide({ site: closed(60), message: message({ expiresAt: long }) });
    expect(sixty.rules.find(({ rule }) => rule === "site-open")).toMatchObject({
      outcome: "holds",
      until: "2027-03-13T05:00:00.000Z",
    });
    const more = decide({ site: closed(61), message: message({ expiresAt: long }) });
    expect(more).toMatchObject({ action: "drop", reason: "no-allowed-hour" });
  });

  it("never comes where a day or a week may have none, and is now where a week may have one", () => {
    const caps = (perDay: number, perWeek: number) =>
      decide({
        policy: buildPolicy({
          caps: { ...buildPolicy().caps, inProgram: { perDay, perWeek } },
        }),
        message: message({ expiresAt: long }),
      });
    expect(caps(0, 7)).toMatchObject({ action: "drop", reason: "no-allowed-hour" });
    expect(caps(2, 0)).toMatchObject({ action: "drop", reason: "no-allowed-hour" });
    expect(caps(2, 1).action).toBe("send");
  });

  it("is too late at the very instant at which the message makes no sense any more", () => {
    const until = (expiresAt: string, about: Partial<GateInput> = {}) =>
      decide({ now: night, message: message({ expiresAt }), ...about });
    expect(until(nine)).toMatchObject({ reason: "expires-before-it-may-go" });
    expect(until("2027-01-13T14:00:00.001Z").action).toBe("hold");
    const full = { sent: { ...nothingSent, toNumber: 40 } };
    const now = "2027-01-12T17:00:00.000Z";
    expect(until("2027-01-13T12:00:00.000Z", { ...full, now })).toMatchObject({
      reason: "number-full",
    });
    expect(until(nine, full)).toMatchObject({ action: "drop" });
    const week = { sent: { ...nothingSent, toNumber: 40, today: 2 } };
    expect(until("2027-01-13T12:00:00.000Z", { ...week, now })).toMatchObject({
      reason: "expires-before-it-may-go",
    });
  });

  it("is the participant's own minute, unless that is past the hours or past the message's sense", () => {
    const episode = buildEpisode({ status: "active", participantId: "p-2" });
    const held = (more: Partial<Message>) =>
      decide({ now: night, episode, message: buildMessage({ step: "measures", ...more }) });
    const own = held({});
    const minute = own.action === "hold" ? own.until : "";
    expect(minute > nine).toBe(true);
    expect(held({ window: { from: "09:00", to: "09:01" } })).toMatchObject({ until: nine });
    expect(held({ expiresAt: minute })).toMatchObject({ until: nine });
    const past = new Date(Date.parse(minute) + 1).toISOString();
    expect(held({ expiresAt: past })).toMatchObject({ until: minute });
  });
});
