// Long because every condition of the one write by which a message is taken stands here.
import { beforeEach, describe, expect, it } from "vitest";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import { isoWeekKey } from "../../../shared/care/time/zoned-time.ts";
import { keys, ledgerPeriod } from "../../../shared/keys/keys.ts";
import type { SendOutcome } from "../../../shared/ports/message-sender.ts";
import { uncountOperations } from "../../../shared/sending/claim-message.ts";
import { buildMessage } from "../../builders/message.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { Sending } from "../../fakes/sending.ts";
import { personAt } from "../../fakes/staff-world.ts";

const episodeKey = keys.episode(episodeId);
const person = personAt("riverside").participantId;
const day = (date: string) => ledgerPeriod.day(date);
const week = (date: string) => ledgerPeriod.week(isoWeekKey(date));
/** Where the site counts this number; the shard follows from the number. */
const siteOwner = "SITE#riverside#";

describe("what changes between the gate and the claim is not sent past", () => {
  it.each<[string, (sending: Sending) => Promise<void>, string]>([
    [
      "a consent taken back",
      (sending) =>
        sending.change(episodeKey, {
          consents: {
            sms: { grantedAt: "2027-01-01T00:00:00Z", withdrawnAt: tuesdayMorning },
            email: {},
            voicemail: false,
          },
        }),
      "no-consent",
    ],
    [
      "a withdrawal",
      (sending) => sending.change(episodeKey, { status: "withdrawn" }),
      "pathway-ended",
    ],
    [
      "an ending that somebody wrote by hand, without a new version",
      (sending) => sending.change(episodeKey, { status: "withdrawn", version: 1 }),
      "pathway-ended",
    ],
    [
      "a new number",
      (sending) =>
        sending.change(episodeKey, { reach: { sms: { contactPointId: "cp-new", kind: "own" } } }),
      "contact-changed",
    ],
    [
      "a STOP from the number",
      (sending) =>
        sending.change(keys.contactPoint("cp-sms"), {
          state: "opted-out",
          optOut: { at: tuesdayMorning, how: "text" },
        }),
      "contact-closed",
    ],
  ])("%s", async (_what, meanwhile, reason) => {
    const sending = await Sending.of();
    expect(await sending.send(() => meanwhile(sending))).toBe("suppressed");
    expect(sending.sent).toEqual([]);
    expect(await sending.message()).toMatchObject({ status: "SUPPRESSED", reason });
  });

  it("a cancellation of the message, or another sender's claim of it", async () => {
    for (const status of ["CANCELLED", "CLAIMED"]) {
      const sending = await Sending.of();
      const { sk } = buildMessage({ step: "measures" });
      await sending.send(() => sending.change({ ...episodeKey, sk }, { status }));
      expect(sending.sent).toEqual([]);
      expect((await sending.message())?.status).toBe(status);
    }
  });

  it("a START, once the confirmation of the STOP was on its way", async () => {
    const confirmation = { templateId: "stop-confirm", class: "reply" } as const;
    const stopped = { state: "opted-out", optOut: { at: tuesdayMorning, how: "text" } };
    const point = keys.contactPoint("cp-sms");
    const told = await Sending.of(confirmation);
    await told.change(point, stopped);
    expect(await told.send()).toBe("accepted");
    const late = await Sending.of(confirmation);
    await late.change(point, stopped);
    let versions = 0;
    await late.send(async () => {
      versions += 1;
      await late.change(point, {
        ...stopped,
        optOut: { at: "2027-01-12T15:00:00.000Z", how: "text" },
      });
    });
    expect(versions).toBe(1);
    expect(late.sent).toEqual([]);
  });
});

type Cap = {
  readonly owner: string;
  readonly period: (date: string) => string;
  readonly most: number;
  readonly episode?: Partial<Episode>;
  readonly message?: Partial<Message>;
};

/** Every cap of the shipped policy, by whom it counts for. */
const caps: Readonly<Record<string, Cap>> = {
  "the participant's day in the program": { owner: person, period: day, most: 2 },
  "the participant's week in the program": { owner: person, period: week, most: 7 },
  "the participant's day in aftercare": {
    owner: person,
    period: day,
    most: 1,
    episode: { status: "aftercare" },
    message: { step: "aftercare-closed", templateId: "aftercare-closed" },
  },
  "the participant's week in aftercare": {
    owner: person,
    period: week,
    most: 3,
    episode: { status: "aftercare" },
    message: { step: "aftercare-closed", templateId: "aftercare-closed" },
  },
  "the number's day": { owner: "cp-sms", period: day, most: 40 },
  "the address's day": { owner: "cp-email", period: day, most: 40, message: { channel: "email" } },
};

describe("a cap holds for two senders at once", () => {
  it.each(Object.entries(caps))("%s", async (_name, cap) => {
    const about = {
      ...cap.message,
      ...(cap.episode === undefined ? {} : { episode: cap.episode }),
    };
    const period = cap.period("2027-01-12");
    const full = await Sending.of(about);
    // The gate has read that there is room; another sender takes it.
    await full.send(() => full.counted(cap.owner, period, cap.most));
    expect(full.sent).toEqual([]);
    expect((await full.message())?.status).not.toBe("CLAIMED");
    const last = await Sending.of(about);
    expect(await last.send(() => last.counted(cap.owner, period, cap.most - 1))).toBe("accepted");
    expect(last.counts()[`${cap.owner} ${period}`]).toBe(cap.most);
  });
});

describe("numbers that nobody has vouched for", () => {
  const unknown = { isUnknown: true } as const;
  const unverified = (sending: Sending) =>
    sending.change(keys.contactPoint("cp-sms"), { verifiedAt: undefined });

  it("get one text a day, whoever else sends at the same moment", async () => {
    const sending = await Sending.of(unknown);
    await unverified(sending);
    await sending.send(() => sending.counted("cp-sms", day("2027-01-12"), 1));
    expect(sending.sent).toEqual([]);
    const alone = await Sending.of(unknown);
    await unverified(alone);
    expect(await alone.send()).toBe("accepted");
  });

  it("share what their site sends in a day, whoever else sends at the same moment", async () => {
    const alone = await Sending.of(unknown);
    await unverified(alone);
    expect(await alone.send()).toBe("accepted");
    const place = Object.keys(alone.counts()).find((name) => name.startsWith(siteOwner));
    const owner = place?.split(" ")[0] ?? "";
    expect(place).toBe(`${owner} ${day("2027-01-12")}`);
    // 400 a day in eight parts.
    for (const [taken, isSent] of [
      [49, true],
      [50, false],
    ] as const) {
      const sending = await Sending.of(unknown);
      await unverified(sending);
      await sending.send(() => sending.counted(owner, day("2027-01-12"), taken));
      expect(sending.sent.length, `${taken} before`).toBe(isSent ? 1 : 0);
    }
  });

  it("count for the site no more once somebody has vouched for them", async () => {
    const sending = await Sending.of();
    await sending.send();
    expect(Object.keys(sending.counts()).filter((name) => name.startsWith(siteOwner))).toEqual([]);
  });
});

describe("which day it is", () => {
  const inTokyo = {
    class: "routine",
    window: { from: "06:00", to: "20:00" },
    episode: { timeZone: "Asia/Tokyo" },
  } as const;

  it("for a participant is their own day and week, and the number's is the site's", async () => {
    const sending = await Sending.of({ ...inTokyo, now: "2027-01-11T00:30:00.000Z" });
    expect(await sending.send()).toBe("accepted");
    // Monday 09:30 in Tokyo, still Sunday in New York.
    expect(sending.counts()).toEqual({
      [`${person} ${day("2027-01-11")}`]: 1,
      [`${person} ${week("2027-01-11")}`]: 1,
      [`cp-sms ${day("2027-01-10")}`]: 1,
    });
  });

  it("is nobody's UTC: Sunday afternoon in Honolulu is Sunday, of the week before", async () => {
    const sending = await Sending.of({
      ...inTokyo,
      now: "2027-01-11T01:00:00.000Z",
      window: { from: "09:00", to: "20:00" },
      episode: { timeZone: "Pacific/Honolulu" },
    });
    expect(await sending.send()).toBe("accepted");
    expect(sending.counts()).toEqual({
      [`${person} ${day("2027-01-10")}`]: 1,
      [`${person} ${week("2027-01-10")}`]: 1,
      [`cp-sms ${day("2027-01-10")}`]: 1,
    });
  });

  it("is the same for the gate: what it counts, the claim counts", async () => {
    for (const [owner, period, isSent] of [
      [person, day("2027-01-11"), false],
      [person, day("2027-01-10"), true],
      [person, week("2027-01-11"), false],
      [person, week("2027-01-10"), true],
      ["cp-sms", day("2027-01-10"), false],
      ["cp-sms", day("2027-01-11"), true],
    ] as const) {
      const sending = await Sending.of({ ...inTokyo, now: "2027-01-11T00:30:00.000Z" });
      await sending.counted(owner, period, 40);
      await sending.send();
      expect(sending.sent.length, `${owner} ${period}`).toBe(isSent ? 1 : 0);
    }
  });
});

describe("what was not sent is not counted", () => {
  const unknown = { isUnknown: true } as const;
  let sending: Sending;
  beforeEach(async () => {
    sending = await Sending.of(unknown);
    await sending.change(keys.contactPoint("cp-sms"), { verifiedAt: undefined });
  });
  const total = () =>
    Object.values(sending.counts()).reduce((sum: number, count) => sum + Number(count), 0);

  it.each<[string, SendOutcome, number]>([
    ["taken by the provider", { outcome: "accepted", providerMessageId: "p" }, 4],
    ["of unknown fate", { outcome: "ambiguous", code: "timeout" }, 4],
    ["refused", { outcome: "refused", code: "no-capacity", isOptedOut: false }, 0],
    ["refused for a stop", { outcome: "refused", code: "opted-out", isOptedOut: true }, 0],
    ["not taken for now", { outcome: "throttled" }, 0],
  ])("%s", async (_what, outcome, places) => {
    sending.outcome = outcome;
    await sending.send();
    expect(sending.sent).toHaveLength(1);
    expect(total()).toBe(places);
  });
});

it("only routine messages are counted, and only they know where", async () => {
  for (const kind of ["reply", "safety", "schedule-notice"] as const) {
    const sending = await Sending.of({ class: kind });
    await sending.counted(person, day("2027-01-12"), 40);
    expect(await sending.send()).toBe("accepted");
    expect(sending.counts()).toEqual({ [`${person} ${day("2027-01-12")}`]: 40 });
    expect(await sending.message()).not.toHaveProperty("counted");
  }
});

it("a claim tells when it was made, of which try, by which rules, and no reason of an earlier hold", async () => {
  const sending = await Sending.of({ reason: "The site is closed.", attempts: 1 });
  await sending.send();
  const message = await sending.message();
  expect(message).toMatchObject({
    status: "ACCEPTED",
    claimedAt: tuesdayMorning,
    attempts: 2,
    counted: { on: "2027-01-12", atSite: false },
    lastGate: expect.arrayContaining([
      expect.objectContaining({ rule: "consent", outcome: "passed" }),
    ]),
  });
  expect(message).not.toHaveProperty("reason");
});

it("a count outlives the week that it counts, and is not kept for ever", async () => {
  const sending = await Sending.of();
  await sending.send();
  for (const item of sending.store.all("care").filter(({ kind }) => kind === "ledger")) {
    const days =
      (Number(item.expiresAtEpochSeconds) * 1000 - Date.parse(tuesdayMorning)) / 86_400_000;
    expect(days).toBeGreaterThan(7);
    expect(days).toBeLessThan(32);
    expect(item.schemaVersion).toBe(1);
  }
});

it("a store that fails is no word about the message: the claim's failure is told on", async () => {
  const sending = await Sending.of();
  const broken = () => Promise.reject(new Error("the store is away"));
  await expect(sending.send(broken)).rejects.toThrow("the store is away");
  expect(sending.sent).toEqual([]);
});

/** The rule of the gate that tells of each cap. */
const ruleOf = (name: string) =>
  /number|address/.test(name) ? "number-cap" : name.includes("week") ? "week-cap" : "day-cap";

describe("a cap that is full already holds the message, and says which cap it is", () => {
  it.each(Object.entries(caps))("%s", async (name, cap) => {
    const about = {
      ...cap.message,
      ...(cap.episode === undefined ? {} : { episode: cap.episode }),
    };
    const period = cap.period("2027-01-12");
    const full = await Sending.of({ ...about, expiresAt: "2027-01-30T16:00:00.000Z" });
    await full.counted(cap.owner, period, cap.most);
    expect(await full.send()).toBe("held");
    const rules = (await full.message())?.lastGate as readonly { rule: string; outcome: string }[];
    expect(rules.filter(({ outcome }) => outcome === "holds").map(({ rule }) => rule)).toEqual([
      ruleOf(name),
    ]);
    // Somebody else's count, or another period's, is none of this one's.
    const free = await Sending.of(about);
    await free.counted(`${cap.owner}x`, period, 1000);
    await free.counted(cap.owner, cap.period("2027-02-23"), 1000);
    await free.counted(cap.owner, period, cap.most - 1);
    expect(await free.send()).toBe("accepted");
  });

  it("the site's, for numbers that nobody has vouched for", async () => {
    const alone = await Sending.of({ isUnknown: true });
    await alone.change(keys.contactPoint("cp-sms"), { verifiedAt: undefined });
    await alone.send();
    const place = Object.keys(alone.counts()).find((name) => name.startsWith(siteOwner)) ?? "";
    const [owner = "", period = ""] = place.split(" ");
    for (const [taken, result] of [
      [49, "accepted"],
      [50, "held"],
      [51, "held"],
    ] as const) {
      const sending = await Sending.of({ isUnknown: true });
      await sending.change(keys.contactPoint("cp-sms"), { verifiedAt: undefined });
      await sending.counted(owner, period, taken);
      expect(await sending.send(), `${taken} before`).toBe(result);
      // It is held by the gate, which says why, and not by the claim alone.
      const rules = (await sending.message())?.lastGate as readonly { outcome: string }[];
      expect(rules.some(({ outcome }) => outcome === "holds")).toBe(result === "held");
    }
  });
});

it("a number that is vouched for between the gate and the claim is still written to", async () => {
  const sending = await Sending.of();
  await sending.send(() =>
    sending.change(keys.contactPoint("cp-sms"), { version: 7, verifiedAt: tuesdayMorning }),
  );
  expect(sending.sent).toHaveLength(1);
});

it("a number that others write to all the time is written to as long as it is open", async () => {
  const sending = await Sending.of();
  const byOthers = () => sending.change(keys.contactPoint("cp-sms"), {});
  expect(await sending.send(byOthers, "always")).toBe("accepted");
});

describe("what is given back is what was taken", () => {
  const refused: SendOutcome = { outcome: "refused", code: "no-capacity", isOptedOut: false };

  it("of a number that somebody has vouched for: no place of the site's", async () => {
    const sending = await Sending.of();
    sending.outcome = refused;
    await sending.send();
    expect(sending.counts()).toEqual({
      [`${person} ${day("2027-01-12")}`]: 0,
      [`${person} ${week("2027-01-12")}`]: 0,
      [`cp-sms ${day("2027-01-12")}`]: 0,
    });
  });

  it("of what is not counted: nothing", async () => {
    const sending = await Sending.of({ class: "schedule-notice" });
    sending.outcome = refused;
    await sending.counted(person, day("2027-01-12"), 2);
    await sending.send();
    expect(sending.sent).toHaveLength(1);
    expect(sending.counts()).toEqual({ [`${person} ${day("2027-01-12")}`]: 2 });
  });

  it("of a claim by an earlier release, which did not say where it counted: the person's places", () => {
    const owner = personAt("riverside");
    const claimed = {
      class: "routine",
      claimedAt: tuesdayMorning,
      contactPointId: "cp-sms",
    } as const;
    const places = (message: Parameters<typeof uncountOperations>[1]) =>
      uncountOperations(owner, message).map((operation) =>
        "add" in operation ? operation.add.sk : "",
      );
    expect(places(claimed)).toEqual([day("2027-01-12"), week("2027-01-12")]);
    const { claimedAt: _claimedAt, ...unclaimed } = claimed;
    expect(places(unclaimed)).toEqual([]);
    expect(places({ ...claimed, class: "reply" })).toEqual([]);
  });
});
