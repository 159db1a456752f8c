import { describe, expect, it } from "vitest";
import type { ConsentState, Episode } from "../../../shared/care/episode/episode.ts";
import { localDate, localTime } from "../../../shared/care/time/zoned-time.ts";
import { isConsented, purposeOf } from "../../../shared/messages/consent.ts";
import type { GateInput, SendDecision } from "../../../shared/messages/gate-input.ts";
import { decideSend } from "../../../shared/messages/send-gate.ts";
import { buildGateInput, buildMessage } from "../../builders/message.ts";
import { buildPolicy, buildSite } from "../../builders/program.ts";
import { buildEpisode, tuesdayMorning } from "../../builders/state.ts";

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

function wordsOf(decision: SendDecision, rule: string): string | undefined {
  return decision.rules.find((one) => one.rule === rule)?.words;
}

function decide(overrides: Partial<GateInput> = {}): SendDecision {
  return decideSend(buildGateInput(overrides));
}

function withEpisode(overrides: Partial<Episode>): Partial<GateInput> {
  return { episode: buildEpisode({ status: "active", ...overrides }) };
}

describe("a message that may go", () => {
  it("is sent, and every rule says why", () => {
    const decision = decide();
    expect(decision.action).toBe("send");
    expect(decision.rules.map((rule) => rule.rule)).toEqual(gateRules);
    expect(decision.rules.every((rule) => rule.outcome === "passed")).toBe(true);
  });
});

describe("a message without the participant's own consent", () => {
  it.each<[string, ConsentState]>([
    ["nobody gave", {}],
    ["was taken back", { grantedAt: "2027-01-01T00:00:00.000Z", withdrawnAt: tuesdayMorning }],
  ])("is dropped where the consent %s", (_what, sms) => {
    const consents = { ...buildEpisode().consents, sms };
    expect(decide(withEpisode({ consents }))).toMatchObject({
      action: "drop",
      reason: "no-consent",
    });
  });

  it("may go again after a new consent", () => {
    const sms = { grantedAt: tuesdayMorning, withdrawnAt: "2027-01-01T00:00:00.000Z" };
    const consents = { ...buildEpisode().consents, sms };
    expect(decide(withEpisode({ consents })).action).toBe("send");
  });

  it("needs the consent to follow-up in aftercare, where one was asked for", () => {
    const step = "check-in";
    const message = buildMessage({ step });
    const consents = {
      ...buildEpisode().consents,
      aftercare: { withdrawnAt: "2027-01-02T00:00:00.000Z" },
    };
    const aftercare = buildEpisode({ status: "aftercare", consents });
    expect(decide({ message, episode: aftercare })).toMatchObject({ reason: "no-consent" });
    expect(isConsented(aftercare, "sms", "program")).toBe(true);
    expect(purposeOf(aftercare)).toBe("aftercare");
  });

  it("is still answered when the person writes to us", () => {
    const consents = { ...buildEpisode().consents, sms: {} };
    const message = buildMessage({ class: "reply", templateId: "help-reply", step: "help-reply" });
    expect(decide({ message, ...withEpisode({ consents }) }).action).toBe("send");
  });
});

describe("a contact point that is closed", () => {
  it.each(["opted-out", "wrong-number", "failed"] as const)("drops everything: %s", (state) => {
    const message = buildMessage({ class: "safety", step: "crisis-reply" });
    expect(decide({ contactPoint: { state } })).toMatchObject({ reason: "contact-closed" });
    expect(decide({ message, contactPoint: { state } })).toMatchObject({
      reason: "contact-closed",
    });
  });

  it("lets one confirmation of a stop pass, within five minutes", () => {
    const message = buildMessage({
      class: "reply",
      step: "stop-confirm",
      templateId: "stop-confirm",
    });
    const stopped = (at: string) => ({
      message,
      contactPoint: { state: "opted-out" as const, optOut: { at, how: "text" } },
    });
    expect(decide(stopped("2027-01-12T15:56:00.000Z")).action).toBe("send");
    expect(decide(stopped("2027-01-12T15:54:00.000Z")).action).toBe("drop");
  });

  it("drops what has no record, and what goes to a number the person no longer has", () => {
    expect(decide({ contactPoint: undefined })).toMatchObject({ reason: "contact-closed" });
    const reach = { sms: { contactPointId: "another", kind: "own" as const } };
    expect(decide(withEpisode({ reach }))).toMatchObject({ reason: "contact-changed" });
  });

  it("keeps a missed session from a phone that others read", () => {
    const reach = { sms: { contactPointId: "cp-sms", kind: "shared" as const } };
    const message = buildMessage({ step: "missed-session" });
    expect(decide({ message, ...withEpisode({ reach }) })).toMatchObject({
      reason: "phone-not-own",
    });
  });
});

describe("a person who is past it", () => {
  it.each([
    ["has withdrawn", { status: "withdrawn" as const }, "weekly-text"],
    ["was referred on", { status: "declined" as const }, "weekly-text"],
    ["is closed", { status: "closed" as const }, "check-in"],
    ["is discharged", { status: "discharged" as const }, "weekly-text"],
  ])("hears nothing more of it: %s", (_what, episode, step) => {
    expect(decide({ message: buildMessage({ step }), ...withEpisode(episode) })).toMatchObject({
      action: "drop",
      reason: "pathway-ended",
    });
  });

  it.each([
    ["declined" as const, "refer-on"],
    ["closed" as const, "aftercare-closed"],
    ["discharged" as const, "discharged"],
  ])("still hears the last word: %s", (status, step) => {
    expect(decide({ message: buildMessage({ step }), ...withEpisode({ status }) }).action).toBe(
      "send",
    );
  });

  it("hears nothing after a death", () => {
    const died = withEpisode({ status: "discharged", disposition: "deceased" });
    expect(decide({ message: buildMessage({ step: "discharged" }), ...died })).toMatchObject({
      reason: "deceased",
    });
  });

  it("is left to staff in hospital and jail, and hears from us on vacation", () => {
    const onLeave = (kind: string) =>
      decide(withEpisode({ hold: { kind, since: tuesdayMorning, contactKeptBy: "casey" } }));
    expect(onLeave("hospital")).toMatchObject({ reason: "on-leave" });
    expect(onLeave("jail")).toMatchObject({ reason: "on-leave" });
    expect(onLeave("vacation").action).toBe("send");
    const reply = buildMessage({ class: "reply", step: "help-reply" });
    const hold = { kind: "jail", since: tuesdayMorning, contactKeptBy: "casey" };
    expect(decide({ message: reply, ...withEpisode({ hold }) }).action).toBe("send");
  });
});

describe("hours, closures and caps", () => {
  it("holds a routine message in the quiet hours until the morning where the participant is", () => {
    const now = "2027-01-13T02:00:00.000Z";
    const decision = decide({ now });
    expect(decision.action).toBe("hold");
    const until = decision.action === "hold" ? decision.until : "";
    expect(localTime(until, "America/New_York") >= "09:00").toBe(true);
    expect(localTime(until, "America/New_York") < "09:15").toBe(true);
    expect(localDate(until, "America/New_York")).toBe("2027-01-13");
  });

  it("lets a notice about a session go from six, and drops it once the session has begun", () => {
    const message = buildMessage({
      class: "schedule-notice",
      window: { from: "06:00", to: "21:00" },
      aboutAt: "2027-01-12T14:00:00.000Z",
      sendAt: "2027-01-12T11:00:00.000Z",
    });
    expect(decide({ message, now: "2027-01-12T11:30:00.000Z" }).action).toBe("send");
    expect(decide({ message, now: "2027-01-12T14:00:00.000Z" })).toMatchObject({
      reason: "session-started",
    });
  });

  it("holds routine messages on a closed day, and no notices", () => {
    const site = buildSite({ closures: [{ on: "2027-01-12", words: "closed" }] });
    const decision = decide({ site });
    expect(decision).toMatchObject({ action: "hold" });
    expect(wordsOf(decision, "site-open")).toBe("The site is closed.");
    const notice = buildMessage({ class: "schedule-notice" });
    expect(decide({ site, message: notice }).action).toBe("send");
  });

  it("holds the third routine message of a day and the eighth of a week, and counts no notices", () => {
    const today = decide({ sent: { today: 2, thisWeek: 2, toNumber: 0, isSiteFull: false } });
    expect(today).toMatchObject({ action: "hold" });
    expect(wordsOf(today, "day-cap")).toBe("2 of at most 2 routine messages went today.");
    const week = decide({
      sent: { today: 0, thisWeek: 7, toNumber: 0, isSiteFull: false },
      message: buildMessage({ step: "measures", expiresAt: "2027-01-25T16:00:00.000Z" }),
    });
    expect(week.action === "hold" && week.until >= "2027-01-18T14:00:00.000Z").toBe(true);
    const notice = buildMessage({ class: "schedule-notice" });
    expect(
      decide({ sent: { today: 9, thisWeek: 9, toNumber: 0, isSiteFull: false }, message: notice })
        .action,
    ).toBe("send");
  });

  it("counts less in aftercare", () => {
    const message = buildMessage({ step: "check-in" });
    const episode = buildEpisode({ status: "aftercare" });
    expect(
      decide({ message, episode, sent: { today: 1, thisWeek: 1, toNumber: 0, isSiteFull: false } })
        .action,
    ).toBe("hold");
  });

  it("drops what no rule will ever let pass, and says which rule", () => {
    const policy = buildPolicy({
      caps: {
        inProgram: { perDay: 0, perWeek: 0 },
        inAftercare: { perDay: 0, perWeek: 0 },
      },
    });
    expect(decide({ policy })).toMatchObject({ action: "drop", reason: "no-allowed-hour" });
    const message = buildMessage({ window: { from: "21:00", to: "23:00" } });
    const decision = decide({ message });
    expect(decision).toMatchObject({ action: "drop", reason: "no-allowed-hour" });
    expect(wordsOf(decision, "hours")).toContain("no hour in which it may go");
  });

  it("drops what could go only after it makes sense", () => {
    const message = buildMessage({ expiresAt: "2027-01-13T05:00:00.000Z" });
    expect(decide({ message, now: "2027-01-13T02:00:00.000Z" })).toMatchObject({
      reason: "expires-before-it-may-go",
    });
    expect(decide({ message, now: message.expiresAt })).toMatchObject({ reason: "expired" });
  });

  it("asks for a check-in only with four staffed hours left", () => {
    const message = buildMessage({ step: "check-in" });
    const episode = buildEpisode({ status: "aftercare" });
    const afternoon = decide({ message, episode, now: "2027-01-12T19:30:00.000Z" });
    expect(afternoon.action).toBe("hold");
    expect(wordsOf(afternoon, "staffed-hours-left")).toBe("Fewer than 4 staffed hours are left.");
    expect(decide({ message, episode, now: "2027-01-12T18:30:00.000Z" }).action).toBe("send");
  });

  it("tells when the participant's morning and the site's staffed hours never meet", () => {
    const episode = buildEpisode({ status: "aftercare", timeZone: "Pacific/Honolulu" });
    const message = buildMessage({
      step: "check-in",
      sendAt: "2027-07-12T14:00:00.000Z",
      expiresAt: "2027-07-20T14:00:00.000Z",
    });
    const decision = decide({ message, episode, now: "2027-07-13T14:00:00.000Z" });
    expect(decision).toMatchObject({ action: "drop", reason: "expires-before-it-may-go" });
    expect(wordsOf(decision, "in-time")).toContain("makes sense until");
  });

  it("is not sent a second time", () => {
    expect(decide({ message: buildMessage({ status: "ACCEPTED" }) })).toMatchObject({
      reason: "not-planned",
    });
  });
});
