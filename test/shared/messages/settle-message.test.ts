import { describe, expect, it } from "vitest";
import {
  type ContactPoint,
  newContactPoint,
} from "../../../shared/care/contact-points/contact-point.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../../shared/care/episode/episode-item.ts";
import type { Message, MessageStatus } from "../../../shared/care/episode/message.ts";
import { remedyFor } from "../../../shared/messages/plan-other-channel.ts";
import { planReply } from "../../../shared/messages/plan-reply.ts";
import {
  mayBecome,
  openUnknownTask,
  settleWithRemedy,
} from "../../../shared/messages/settle-message.ts";
import { buildMessage } from "../../builders/message.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  putsOf,
  tuesdayMorning,
} from "../../builders/state.ts";

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
  const may = (channel: Message["channel"], from: MessageStatus, to: MessageStatus) =>
    mayBecome({ channel, status: from }, to);

  it.each(["sms", "email"] as const)(
    "never goes back: a later state is not overwritten by an earlier one: %s",
    (channel) => {
      for (const from of statuses) {
        expect(may(channel, from, from)).toBe(false);
        for (const to of statuses) {
          expect(may(channel, from, to) && may(channel, to, from)).toBe(false);
        }
      }
    },
  );

  it.each(["sms", "email"] as const)(
    "settles an unknown send by the delivery event: %s",
    (channel) => {
      expect(may(channel, "UNKNOWN", "DELIVERED")).toBe(true);
      expect(may(channel, "CANCELLED", "ACCEPTED")).toBe(false);
      expect(may(channel, "SUPPRESSED", "DELIVERED")).toBe(false);
    },
  );

  it("lets late news of arrival win for a text, and a late bounce for an email", () => {
    expect(may("sms", "FAILED", "DELIVERED")).toBe(true);
    expect(may("sms", "DELIVERED", "FAILED")).toBe(false);
    expect(may("email", "FAILED", "DELIVERED")).toBe(false);
    expect(may("email", "DELIVERED", "FAILED")).toBe(true);
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
    effects: settled?.change.outbox ?? [],
    other: items.find((item) => item.kind === "message" && item.sk !== message.sk),
    task: items.find((item) => item.kind === "task"),
    message: items.find((item) => item.sk === message.sk),
  };
}

describe("a message that did not get through", () => {
  const run = buildRun("weekly-program", "w1");
  const text = buildMessage({ status: "CLAIMED", driverId: run.driverId });

  it("goes by the other channel, held by the same run while that runs", () => {
    const { remedy, other, message, effects: outbox } = settle(text, {}, { items: [run] });
    expect(remedy).toBe("other-channel");
    expect(message).toMatchObject({ status: "FAILED", reason: "contact-closed" });
    expect(other).toMatchObject({
      channel: "email",
      status: "PLANNED",
      contactPointId: "cp-email",
      driverId: run.driverId,
      expiresAt: text.expiresAt,
    });
    expect(outbox).toEqual([]);
  });

  it("is owed as a send of its own where no run waits any more", () => {
    const { other, effects: outbox } = settle(text);
    expect(other).not.toHaveProperty("driverId");
    expect(outbox).toMatchObject([{ kind: "send", messageSk: other?.sk }]);
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

  it.each([
    ["routine", "normal"],
    ["reply", "normal"],
    ["schedule-notice", "urgent"],
    ["safety", "urgent"],
  ] as const)("is as urgent as what it says: %s", (messageClass, priority) => {
    const message = buildMessage({ status: "UNKNOWN", class: messageClass });
    const state = buildState(buildEpisode({ status: "active" }), [message]);
    const puts = Object.values(putsOf(openUnknownTask(state, buildContext(), message.sk)));
    expect(puts.find((item) => item.kind === "task")).toMatchObject({ priority });
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
