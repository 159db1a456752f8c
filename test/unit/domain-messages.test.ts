import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ContactPoint,
  newContactPoint,
} from "../../shared/domain/contact-point/contact-point.ts";
import {
  type ContactPointCommand,
  decideContactPoint,
} from "../../shared/domain/contact-point/decide-contact-point.ts";
import type {
  Episode,
  EpisodeItem,
  Message,
  MessageStatus,
} from "../../shared/domain/episode/episode.ts";
import { explainMessage, wordsForReason } from "../../shared/domain/messages/explain-message.ts";
import { dropReasons } from "../../shared/domain/messages/gate-input.ts";
import { messageLanguage } from "../../shared/domain/messages/message-language.ts";
import { planInstants } from "../../shared/domain/messages/plan-instants.ts";
import { messageSk } from "../../shared/domain/messages/plan-messages.ts";
import { remedyFor } from "../../shared/domain/messages/plan-other-channel.ts";
import { planReply } from "../../shared/domain/messages/plan-reply.ts";
import {
  mayBecome,
  openUnknownTask,
  settleWithRemedy,
} from "../../shared/domain/messages/settle-message.ts";
import { spread } from "../../shared/domain/messages/spread.ts";
import { localTime } from "../../shared/domain/time/zoned-time.ts";
import { buildGateInput, buildMessage } from "../builders/message.ts";
import {
  buildContext,
  buildDriver,
  buildEpisode,
  buildState,
  putsOf,
  tuesdayMorning,
} from "../builders/state.ts";

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

describe("what is known of a message", () => {
  it("never goes back: a later state is not overwritten by an earlier one", () => {
    for (const from of statuses) {
      expect(mayBecome(from, from)).toBe(false);
      for (const to of statuses) expect(mayBecome(from, to) && mayBecome(to, from)).toBe(false);
    }
  });

  it("settles an unknown send by the delivery event, and lets late news of arrival win", () => {
    expect(mayBecome("UNKNOWN", "DELIVERED")).toBe(true);
    expect(mayBecome("FAILED", "DELIVERED")).toBe(true);
    expect(mayBecome("DELIVERED", "FAILED")).toBe(false);
    expect(mayBecome("CANCELLED", "ACCEPTED")).toBe(false);
    expect(mayBecome("SUPPRESSED", "DELIVERED")).toBe(false);
  });
});

function settle(
  message: Message,
  input: Partial<Parameters<typeof settleWithRemedy>[2]> = {},
  options: { episode?: Partial<Episode>; items?: readonly EpisodeItem[]; now?: string } = {},
) {
  const state = buildState(buildEpisode({ status: "active", ...options.episode }), [
    message,
    ...(options.items ?? []),
  ]);
  const ctx = buildContext({ now: options.now ?? tuesdayMorning });
  const settled = settleWithRemedy(state, ctx, {
    messageSk: message.sk,
    to: "FAILED",
    reason: "contact-closed",
    ...input,
  });
  const items = Object.values(putsOf(settled?.change));
  return {
    settled,
    remedy: settled?.remedy,
    effects: settled?.change.effects ?? [],
    other: items.find((item) => item.kind === "message" && item.sk !== message.sk),
    task: items.find((item) => item.kind === "task"),
    message: items.find((item) => item.sk === message.sk),
  };
}

describe("a message that did not get through", () => {
  const driver = buildDriver("weekly-program", "w1");
  const text = buildMessage({ status: "CLAIMED", driverId: driver.driverId });

  it("goes by the other channel, held by the same driver while that runs", () => {
    const { remedy, other, message, effects } = settle(text, {}, { items: [driver] });
    expect(remedy).toBe("other-channel");
    expect(message).toMatchObject({ status: "FAILED", reason: "contact-closed" });
    expect(other).toMatchObject({
      channel: "email",
      status: "PLANNED",
      contactPointId: "cp-email",
      driverId: driver.driverId,
      expiresAt: text.expiresAt,
    });
    expect(effects).toEqual([]);
  });

  it("is owed as a send of its own where no driver waits any more", () => {
    const { other, effects } = settle(text);
    expect(other).not.toHaveProperty("driverId");
    expect(effects).toMatchObject([{ kind: "send", messageSk: other?.sk }]);
  });

  it("becomes a person's task where there is no other channel, or it was tried", () => {
    const consents = { ...buildEpisode().consents, email: {} };
    const { remedy, task } = settle(text, {}, { episode: { consents } });
    expect(remedy).toBe("staff-task");
    expect(task).toMatchObject({ taskKind: "channel-needed", assignedFunction: "case-manager" });
    expect(task?.kind === "task" && task.words).toBe(
      "A text did not get through: the number or address is closed. Call, and agree on another way to be reached.",
    );
    const tried = buildMessage({ channel: "email", status: "FAILED" });
    expect(settle(text, {}, { items: [tried] }).remedy).toBe("staff-task");
    expect(settle(text, {}, { now: text.expiresAt }).remedy).toBe("staff-task");
  });

  it("about a session is called before the session starts", () => {
    const notice = buildMessage({
      class: "schedule-notice",
      status: "PLANNED",
      aboutAt: "2027-01-12T19:00:00.000Z",
      channel: "email",
    });
    const { task } = settle(notice, { to: "SUPPRESSED", reason: "session-started" });
    expect(task).toMatchObject({
      taskKind: "message-gap",
      assignedFunction: "front-desk",
      dueAt: "2027-01-12T19:00:00.000Z",
      priority: "urgent",
    });
  });

  it("is settled once, and only if it is a message", () => {
    expect(settle(buildMessage({ status: "DELIVERED" })).settled).toBeUndefined();
    expect(settle(text, { messageSk: "MSG#no" }).settled).toBeUndefined();
  });

  it("may be let rest, with the rules that dropped it", () => {
    const rules = [{ rule: "consent", outcome: "drops", words: "No consent." } as const];
    const { remedy, message, other, task } = settle(text, { remedy: "none", rules });
    expect(remedy).toBe("none");
    expect(message).toMatchObject({ lastGate: rules });
    expect(other).toBeUndefined();
    expect(task).toBeUndefined();
  });

  it("asks for a person where nothing else will reach the participant", () => {
    expect(remedyFor({ class: "routine" }, "expired")).toBe("none");
    expect(remedyFor({ class: "schedule-notice" }, "expired")).toBe("staff-task");
    expect(remedyFor({ class: "routine" }, "no-consent")).toBe("other-channel");
    expect(remedyFor({ class: "routine" }, "no-allowed-hour")).toBe("staff-task");
    expect(remedyFor({ class: "routine" }, "deceased")).toBe("none");
  });
});

describe("a send whose end is unknown", () => {
  it("becomes a task of a person once, and is never sent again by itself", () => {
    const message = buildMessage({ status: "UNKNOWN", class: "schedule-notice" });
    const state = buildState(buildEpisode({ status: "active" }), [message]);
    const change = openUnknownTask(state, buildContext(), message.sk);
    const puts = Object.values(putsOf(change));
    expect(puts.find((item) => item.kind === "task")).toMatchObject({
      taskKind: "message-gap",
      priority: "urgent",
      dueAt: "2027-01-12T20:00:00.000Z",
    });
    const marked = putsOf(change)[message.sk] as Message;
    expect(marked.status).toBe("UNKNOWN");
    const again = buildState(buildEpisode({ status: "active" }), [marked]);
    expect(openUnknownTask(again, buildContext(), message.sk)).toBeUndefined();
    expect(openUnknownTask(buildState(), buildContext(), message.sk)).toBeUndefined();
  });
});

describe("an answer to somebody who wrote", () => {
  const open = newContactPoint({ contactPointId: "cp-sms", channel: "sms" });
  const reply = (
    contactPoint: ContactPoint,
    templateId: "help-reply" | "crisis-reply" = "help-reply",
    items: readonly EpisodeItem[] = [],
  ) =>
    planReply(
      buildState(buildEpisode({ status: "active" }), items),
      buildContext({ now: "2027-01-12T07:00:00.000Z" }),
      { templateId, occurrence: "in-1", contactPoint },
    );

  it("is claimed in the change that plans it, at any hour", () => {
    const planned = reply(open);
    expect(planned?.isClaimed).toBe(true);
    expect(Object.values(putsOf(planned?.change))).toMatchObject([
      { kind: "message", class: "reply", status: "CLAIMED", attempts: 1 },
    ]);
    expect(Object.values(putsOf(reply(open, "crisis-reply")?.change))).toMatchObject([
      { class: "safety" },
    ]);
  });

  it("is given once for a text", () => {
    const [given] = Object.values(putsOf(reply(open)?.change));
    expect(reply(open, "help-reply", given === undefined ? [] : [given])).toBeUndefined();
  });

  it("is kept with its reason where the number has stopped us", () => {
    const stopped = {
      ...open,
      state: "opted-out" as const,
      optOut: { at: "2027-01-01T00:00:00.000Z", how: "text" },
    };
    const planned = reply(stopped);
    expect(planned?.isClaimed).toBe(false);
    expect(Object.values(putsOf(planned?.change))).toMatchObject([
      { status: "SUPPRESSED", reason: "contact-closed" },
    ]);
  });
});

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

describe("a contact point", () => {
  const open = newContactPoint({ contactPointId: "cp", channel: "sms", ownership: "shared" });
  const at = "2027-01-12T16:00:00.000Z";
  const told = (...commands: readonly ContactPointCommand[]) =>
    commands.reduce<ContactPoint>(
      (point, command) => decideContactPoint(point, command, at)?.contactPoint ?? point,
      open,
    );
  const stop = { type: "stop", how: "text" } as const;
  const start = { type: "start", how: "text" } as const;
  const fail = { type: "fail", failure: "bounced" } as const;

  it("is closed by STOP at once for all who share it, and opened by START", () => {
    const stopped = decideContactPoint(open, stop, at);
    expect(stopped).toMatchObject({
      contactPoint: { state: "opted-out", version: 1 },
      action: "contact-point-opted-out",
      notice: { type: "channel-closed", why: "opted-out" },
    });
    expect(decideContactPoint(told(stop), start, at)).toMatchObject({
      contactPoint: { state: "open" },
      notice: { type: "channel-reopened" },
    });
  });

  it("keeps the participant's own word above everything else", () => {
    expect(told(stop, fail).state).toBe("opted-out");
    expect(told(fail).state).toBe("failed");
    expect(decideContactPoint(told(fail), stop, at)?.notice).toEqual({
      type: "channel-closed",
      why: "opted-out",
    });
    expect(decideContactPoint(open, fail, at)?.notice).toEqual({
      type: "channel-closed",
      why: "bounced",
    });
  });

  it("that belongs to somebody else is not opened by START", () => {
    expect(told({ type: "wrong-number" }, stop, start).state).toBe("wrong-number");
    expect(
      decideContactPoint(told({ type: "wrong-number" }, stop), start, at)?.notice,
    ).toBeUndefined();
  });

  it("changes nothing when it is told the same twice", () => {
    const commands: readonly ContactPointCommand[] = [
      stop,
      fail,
      { type: "wrong-number" },
      { type: "verify" },
    ];
    for (const command of commands) {
      expect(decideContactPoint(told(command), command, at)).toBeUndefined();
    }
    expect(decideContactPoint(open, start, at)).toBeUndefined();
  });

  it("is verified without being opened or closed", () => {
    const verified = decideContactPoint(open, { type: "verify" }, at);
    expect(verified?.contactPoint).toMatchObject({ state: "open", verifiedAt: at });
    expect(verified?.notice).toBeUndefined();
    expect(
      newContactPoint({ contactPointId: "cp", channel: "email", verifiedAt: at }).verifiedAt,
    ).toBe(at);
  });

  it("is open only when nothing speaks against it, after any commands in any order", () => {
    const command = fc.constantFrom<ContactPointCommand>(
      stop,
      start,
      fail,
      { type: "wrong-number" },
      { type: "verify" },
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
        const point = told(...commands);
        const isClear =
          point.optOut === undefined &&
          point.wrongNumberAt === undefined &&
          point.hardFailedAt === undefined;
        expect(point.state === "open").toBe(isClear);
        if (commands.at(-1)?.type === "stop") expect(point.state).toBe("opted-out");
      }),
    );
  });
});

describe("the business key of a message", () => {
  it("is its step, what it is about, and the channel", () => {
    expect(messageSk("check-in", "c2", "sms")).toBe("MSG#check-in#c2#sms");
  });
});
