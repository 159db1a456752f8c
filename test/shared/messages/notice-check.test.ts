import { describe, expect, it } from "vitest";
import type { Message } from "../../../shared/care/episode/message.ts";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { noticeCheckAt, openUndeliveredNotice } from "../../../shared/messages/settle-message.ts";
import { buildMessage } from "../../builders/message.ts";
import { buildContext, buildEpisode, buildState, tuesdayMorning } from "../../builders/state.ts";
import { carriedOut, openTasks } from "../../builders/steps.ts";

const at = (minutes: number) => addMinutes(tuesdayMorning, minutes);
const notice = (more: Partial<Message> = {}) =>
  buildMessage({
    class: "schedule-notice",
    status: "ACCEPTED",
    sendAt: at(-30),
    acceptedAt: at(-30),
    aboutAt: at(180),
    ...more,
  });

describe("whether a notice about a visit has arrived", () => {
  it.each<[string, Partial<Message>, string | undefined]>([
    ["an hour before the visit", {}, at(120)],
    ["an hour before the old time of one that comes later now", { wasAt: at(90) }, at(30)],
    ["an hour before the new time of one that comes earlier now", { wasAt: at(300) }, at(120)],
    ["not before a carrier could have said so", { acceptedAt: at(125) }, at(135)],
    ["never once the visit has begun by then", { aboutAt: at(10), acceptedAt: at(0) }, undefined],
    ["never where it is about no visit", { class: "routine" }, undefined],
    ["never where it has arrived", { status: "DELIVERED" }, undefined],
    ["never where it is on the call list", { reason: "staff-task-opened" }, undefined],
  ])("is looked at %s", (_when, more, when) => {
    expect(noticeCheckAt(notice(more))).toBe(when);
  });

  it("is work at the front desk from then on until the visit, once", () => {
    const message = notice();
    const state = buildState(buildEpisode({ status: "active" }), [message]);
    const look = (minutes: number, before = state) =>
      openUndeliveredNotice(before, buildContext({ now: at(minutes) }), message.sk);
    expect(look(119)).toBeUndefined();
    expect(look(180)).toBeUndefined();
    const change = look(120);
    if (change === undefined) throw new Error("Nobody is asked");
    const after = carriedOut(state, change);
    expect(openTasks(after, "message-gap")).toMatchObject([
      { assignedFunction: "front-desk", priority: "urgent", dueAt: at(180) },
    ]);
    expect(look(130, after)).toBeUndefined();
  });
});
