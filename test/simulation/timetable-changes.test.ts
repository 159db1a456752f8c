import { beforeEach, describe, expect, it } from "vitest";
import { applyReport } from "../../functions/record-delivery/apply-report.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { keys } from "../../shared/keys/keys.ts";
import { readEpisodeItem } from "../../shared/store/episode-forms.ts";
import { Life } from "./life.ts";
import { type StaffCalls, taylor } from "./staff-calls.ts";

/** Somebody in the program since Monday; Thursday's group is at 09:00. */
let life: Life;
let staff: StaffCalls;
const api = (method: string, path: string, body?: unknown) =>
  staff.call(taylor, method, path, body);
beforeEach(async () => {
  life = new Life("2027-01-11 08:30");
  await life.start();
  staff = life.staff;
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 2);
  await life.until("2027-01-11 11:00");
  await life.decide("admission-approval");
});

const groupId = (on: string, slot: string) => `riverside:adult-iop:${on}:${slot}`;
const thursday = groupId("2027-01-14", "thu-group");

async function change(sessionId: string, body: Readonly<Record<string, unknown>>) {
  return api("POST", `/sessions/${sessionId}/changes`, { words: "As agreed", ...body });
}

async function session(on: string, slot: string): Promise<Session> {
  const key = keys.episodeItem(life.episodeId, `SESSION#${on}#${slot}`);
  const stored = await life.world.store.get("care", key.pk, key.sk);
  const item = stored === undefined ? undefined : readEpisodeItem(stored);
  if (item?.kind !== "session") throw new Error(`There is no session ${slot}`);
  return item;
}

async function listed(on: string) {
  const { body } = await api("GET", `/sessions?from=${on}`);
  return (body.items as { slot: string; startsAt: string }[]).map(({ slot }) => slot);
}

const sentSince = (at: string) => life.outbox().filter((line) => line >= at);
/** The last notice: reminders of other sessions go at their own minutes meanwhile. */
const lastNotice = () =>
  life.world.sent.findLast(({ templateId }) => templateId !== "session-reminder");
const lastText = () => lastNotice()?.text ?? "";

describe("a leader ill at 08:00", () => {
  it("has the group cancelled, the person told before it, the other visit of the day left, and nobody marked", async () => {
    await life.until("2027-01-14 08:00");
    const before = (await life.state()).episode.weeks;
    const cancelled = await change(thursday, { isCancelled: true, words: "The leader is ill" });
    expect(cancelled.status).toBe(200);
    await life.until("2027-01-14 08:05");
    expect(sentSince("2027-01-14")).toEqual(["2027-01-14 session-off sms"]);
    expect(lastText()).toContain("your visit today, January 14, at 9:00 AM is cancelled");
    expect(await session("2027-01-14", "thu-group")).toMatchObject({
      status: "cancelled",
      cancelledFor: "by-program",
    });
    expect((await session("2027-01-14", "thu-individual")).status).toBe("planned");
    expect((await life.state()).episode.weeks.at(-1)?.closed?.minutes).toBe(180);
    const marked = await api("PUT", `/sessions/${thursday}/attendance`, [
      { episodeId: life.episodeId, status: "no-show" },
    ]);
    expect(JSON.stringify(marked.body)).toContain("was cancelled: nobody was expected");
    await life.until("2027-01-14 11:00");
    const asked = await life.tasks("mark-attendance");
    expect(asked.filter(({ evidence }) => evidence.on === "2027-01-14")).toEqual([]);
    expect(before).not.toEqual((await life.state()).episode.weeks);
    expect(life.world.problems).toEqual([]);
  });

  it("taken back at 08:20 says so, and all is as it was", async () => {
    await life.until("2027-01-14 08:00");
    const before = (await life.state()).episode.weeks;
    const { body } = await change(thursday, { isCancelled: true });
    await life.until("2027-01-14 08:20");
    const undo = { changeId: body.changeId };
    expect((await api("POST", `/sessions/${thursday}/changes/undo`, undo)).status).toBe(200);
    await life.until("2027-01-14 08:25");
    expect((await life.state()).episode.weeks).toEqual(before);
    expect((await session("2027-01-14", "thu-group")).status).toBe("planned");
    expect(sentSince("2027-01-14")).toEqual([
      "2027-01-14 session-off sms",
      "2027-01-14 session-on sms",
    ]);
    expect((await api("POST", `/sessions/${thursday}/changes/undo`, undo)).status).toBe(409);
  });

  it("taken over by somebody else leaves the session, and tells nobody by text", async () => {
    await life.until("2027-01-14 08:00");
    expect((await change(thursday, { leaderId: "avery-riverside" })).status).toBe(200);
    await life.until("2027-01-14 08:30");
    expect(sentSince("2027-01-14")).toEqual([]);
    expect(await session("2027-01-14", "thu-group")).toMatchObject({
      status: "planned",
      leaderId: "avery-riverside",
    });
  });
});

describe("a notice of which nothing says that it has arrived", () => {
  it("puts the person on the call list an hour before the session", async () => {
    await life.until("2027-01-13 10:00");
    await change(thursday, { isCancelled: true });
    await life.until("2027-01-14 07:55");
    expect(await life.tasks("message-gap")).toEqual([]);
    await life.until("2027-01-14 08:05");
    const call = await life.task("message-gap");
    expect(call).toMatchObject({
      assignedFunction: "front-desk",
      priority: "urgent",
      dueAt: "2027-01-14T14:00:00.000Z",
    });
    expect(call.words).toContain("nothing says that it has arrived");
  });

  it("puts nobody there whose carrier says that it has", async () => {
    await life.until("2027-01-13 10:00");
    await change(thursday, { isCancelled: true });
    await life.until("2027-01-13 10:05");
    const notice = lastNotice();
    await applyReport(life.world.deps, {
      kind: "delivered",
      messageId: notice?.messageId ?? "",
      providerMessageId: "provider-1",
      raw: "DELIVERED",
    });
    await life.until("2027-01-14 09:00");
    expect(await life.tasks("message-gap")).toEqual([]);
  });
});

describe("a group that is moved", () => {
  it("stands on its new day in the person's week and on the day's list, is reminded of then, and told with both times", async () => {
    await life.until("2027-01-12 10:00");
    const moveTo = { on: "2027-01-15", startTime: "13:00" };
    expect((await change(thursday, { moveTo })).status).toBe(200);
    await life.until("2027-01-12 10:05");
    expect(lastText()).toContain(
      "your visit of Thursday, 9:00 AM is now Friday, January 15, 1:00 PM",
    );
    expect(await listed("2027-01-14")).toEqual(["thu-individual"]);
    expect(await listed("2027-01-15")).toContain("thu-group");
    expect(await session("2027-01-14", "thu-group")).toMatchObject({
      on: "2027-01-15",
      scheduledStartAt: "2027-01-15T18:00:00.000Z",
      status: "planned",
    });
    await life.until("2027-01-14 20:00");
    const reminders = life
      .outbox()
      .filter((line) => line.includes("session-reminder") && line >= "2027-01-12 10");
    expect(reminders.length).toBeGreaterThan(0);
    expect(
      life.world.sent.filter(({ text }) => text.includes("reminder") && text.includes("1:00 PM")),
    ).toHaveLength(1);
    // Nothing asks for the attendance of Thursday at nine.
    expect(
      (await life.tasks("mark-attendance")).map(({ evidence }) => evidence.slot),
    ).not.toContain("thu-group");
    expect(life.world.problems).toEqual([]);
  });

  it("is not moved out of its week, into the past, onto a closed day, or onto what the same people are in", async () => {
    await life.until("2027-01-12 10:00");
    await api("POST", "/closures", { siteId: "riverside", on: "2027-01-16", words: "Painters" });
    const tries = [
      [{ on: "2027-01-21", startTime: "09:00" }, "within its week"],
      [{ on: "2027-01-11", startTime: "09:00" }, "is over"],
      [{ on: "2027-01-16", startTime: "09:00" }, "closed on 2027-01-16: Painters"],
      [{ on: "2027-01-15", startTime: "10:00" }, "The same people are expected in “Topic series”"],
      [{ on: "2027-01-14", startTime: "09:00" }, "at that time already"],
    ] as const;
    for (const [moveTo, sentence] of tries) {
      const refused = await change(thursday, { moveTo });
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(JSON.stringify(refused.body)).toContain(sentence);
    }
    expect((await session("2027-01-14", "thu-group")).on).toBe("2027-01-14");
  });
});

describe("a group that is put online with all that follow", () => {
  it("is told, shows how to join, and is so in the weeks that open later", async () => {
    await life.until("2027-01-12 10:00");
    const place = { onlineAddress: "https://meet.example.org/thursday" };
    expect((await change(thursday, { place, andFollowing: true })).status).toBe(200);
    await life.until("2027-01-12 10:05");
    expect(lastText()).toContain("your visit Thursday, January 14, 9:00 AM is online");
    expect((await session("2027-01-14", "thu-group")).place).toEqual(place);
    await life.until("2027-01-18 09:00");
    expect((await session("2027-01-21", "thu-group")).place).toEqual(place);
    const { body } = await api("GET", "/timetable?from=2027-02-04");
    const rows = body.items as { slot: string; place?: unknown }[];
    expect(rows.find(({ slot }) => slot === "thu-group")?.place).toEqual(place);
    expect(life.world.problems).toEqual([]);
  });
});

describe("the leader of a session", () => {
  it("works at the site, and leads nothing else at that time", async () => {
    await life.until("2027-01-12 10:00");
    const nobody = await change(thursday, { leaderId: "nobody" });
    expect(JSON.stringify(nobody.body)).toContain("does not work at this site");
    expect((await change(thursday, { leaderId: "avery-riverside" })).status).toBe(200);
    const friday = groupId("2027-01-15", "fri-holistic");
    expect((await change(friday, { leaderId: "avery-riverside" })).status).toBe(200);
    // Friday's visit is at 11:15; the topic series before it ends at 11:00.
    const topics = groupId("2027-01-15", "fri-psychoeducation");
    expect((await change(topics, { leaderId: "avery-riverside" })).status).toBe(200);
    const both = await change(topics, { coLeaderId: "avery-riverside" });
    expect(JSON.stringify(both.body)).toContain("two people");
  });
});
