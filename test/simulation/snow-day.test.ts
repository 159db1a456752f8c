import { beforeEach, describe, expect, it } from "vitest";
import { createStaffApi } from "../../functions/staff-api/staff-api.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { keys } from "../../shared/keys/keys.ts";
import { readEpisodeItem } from "../../shared/store/episode-forms.ts";
import { Life } from "./life.ts";

const origin = "https://care.example.org";
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Somebody in the program since Monday; their second visit is on Tuesday at 09:00. */
let life: Life;
let calls: number;
beforeEach(async () => {
  calls = 0;
  life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 2);
  await life.until("2027-01-11 11:00");
  await life.decide("admission-approval");
});

async function api(method: string, path: string, body?: unknown) {
  calls += 1;
  const app = createStaffApi({
    ...life.world.deps,
    publicOrigin: origin,
    verifyToken: async () => ({
      staffId: "taylor-riverside",
      tokenId: "token",
      endsAtEpochSeconds: 4_000_000_000,
    }),
    logger: silent,
  } as unknown as Parameters<typeof createStaffApi>[0]);
  const answer = await app.request(`${origin}/api/v1${path}`, {
    method,
    headers: {
      authorization: "Bearer token",
      "content-type": "application/json",
      "idempotency-key": `call-${calls}-0000`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await life.world.settle();
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function session(on: string, slot: string): Promise<Session> {
  const key = keys.episodeItem(life.episodeId, `SESSION#${on}#${slot}`);
  const stored = await life.world.store.get("care", key.pk, key.sk);
  const item = stored === undefined ? undefined : readEpisodeItem(stored);
  if (item?.kind !== "session") throw new Error(`There is no session ${slot}`);
  return item;
}

const sentSince = (at: string) => life.outbox().filter((line) => line >= at);

describe("a snow day told at 06:10", () => {
  it("cancels the day's sessions, tells the person at once, asks for no attendance, and reminds of the next open day", async () => {
    await life.until("2027-01-14 06:10");
    const snow = { siteId: "riverside", on: "2027-01-14", words: "Snow" };
    expect((await api("POST", "/closures", snow)).status).toBe(200);
    await life.until("2027-01-14 06:15");
    expect(sentSince("2027-01-14")).toEqual(["2027-01-14 session-cancelled sms"]);
    for (const slot of ["thu-group", "thu-individual"])
      expect(await session("2027-01-14", slot)).toMatchObject({
        status: "cancelled",
        cancelledFor: "site-closed",
      });
    const attendance = await api(
      "PUT",
      "/sessions/riverside:adult-iop:2027-01-14:thu-group/attendance",
      [{ episodeId: life.episodeId, status: "no-show" }],
    );
    expect(JSON.stringify(attendance.body)).toContain("nobody was expected");
    await life.until("2027-01-14 20:30");
    const asked = await life.tasks("mark-attendance");
    expect(asked.filter(({ evidence }) => evidence.on === "2027-01-14")).toEqual([]);
    // The site is closed today and open tomorrow: tomorrow's visit is reminded.
    expect(sentSince("2027-01-14")).toEqual([
      "2027-01-14 session-cancelled sms",
      "2027-01-14 session-reminder sms",
    ]);
    expect(life.world.problems).toEqual([]);
  });

  it("taken back at 06:30 brings the day back and says so", async () => {
    await life.until("2027-01-14 06:10");
    const before = (await life.state()).episode.weeks;
    await api("POST", "/closures", { siteId: "riverside", on: "2027-01-14", words: "Snow" });
    expect((await life.state()).episode.weeks).not.toEqual(before);
    await life.until("2027-01-14 06:30");
    const undo = { siteId: "riverside", on: "2027-01-14" };
    expect((await api("POST", "/closures/undo", undo)).body.closures).toEqual([]);
    expect((await api("POST", "/closures/undo", undo)).status).toBe(409);
    expect((await life.state()).episode.weeks).toEqual(before);
    expect((await session("2027-01-14", "thu-group")).status).toBe("planned");
    await life.until("2027-01-14 06:40");
    expect(sentSince("2027-01-14")).toEqual([
      "2027-01-14 session-cancelled sms",
      "2027-01-14 session-held sms",
    ]);
    expect(life.world.problems).toEqual([]);
  });
});

describe("a holiday planned weeks ahead", () => {
  it("opens its week without the closed days, tells them before, and expects fewer hours", async () => {
    const holiday = {
      siteId: "riverside",
      on: "2027-01-21",
      until: "2027-01-22",
      words: "Holiday",
    };
    const closed = await api("POST", "/closures", holiday);
    expect(closed.body.closures).toEqual([
      { on: "2027-01-21", words: "Holiday" },
      { on: "2027-01-22", words: "Holiday" },
    ]);
    await life.until("2027-01-11 17:10");
    await life.attend("2027-01-11", "mon-family", "present");
    const rest = [
      ["2027-01-12", "tue-skills", "09:10"],
      ["2027-01-12", "tue-medication", "12:10"],
      ["2027-01-14", "thu-group", "09:10"],
      ["2027-01-14", "thu-individual", "12:40"],
      ["2027-01-15", "fri-psychoeducation", "09:10"],
      ["2027-01-15", "fri-holistic", "11:25"],
    ] as const;
    for (const [on, slot, at] of rest) {
      await life.until(`${on} ${at}`);
      await life.attend(on, slot, "present");
    }
    await life.until("2027-01-18 08:00");
    await life.until("2027-01-20 20:00");
    const { episode } = await life.state();
    const week = episode.weeks.at(-1);
    expect(week).toMatchObject({ week: 2, isFullWeek: false, closed: { isFullOtherwise: true } });
    expect((await session("2027-01-21", "thu-group")).status).toBe("cancelled");
    expect(
      sentSince("2027-01-17").filter((line) => line.includes("session-cancelled")),
    ).toHaveLength(2);
    expect(life.world.problems).toEqual([]);
  });
});

describe("somebody admitted on the day before their first visit", () => {
  it("is welcomed and reminded of it the same day, whatever else was sent", async () => {
    await life.until("2027-01-12 08:00");
    const sent = sentSince("2027-01-11");
    expect(sent).toEqual([
      "2027-01-11 intake-received email",
      "2027-01-11 ask-forms sms",
      "2027-01-11 welcome sms",
      // This evening's visit, and tomorrow's.
      "2027-01-11 session-reminder sms",
      "2027-01-11 session-reminder sms",
    ]);
  });
});

describe("a site that closes for a part of the day", () => {
  it("cancels the sessions of those hours, says which, keeps the others, and brings them back", async () => {
    await life.until("2027-01-14 06:10");
    const before = (await life.state()).episode.weeks;
    const hours = { from: "12:00", to: "19:00" };
    const day = { siteId: "riverside", on: "2027-01-14", words: "Water pipe" };
    expect((await api("POST", "/closures", { ...day, hours })).status).toBe(200);
    await life.until("2027-01-14 06:20");
    expect((await session("2027-01-14", "thu-group")).status).toBe("planned");
    expect((await session("2027-01-14", "thu-individual")).status).toBe("cancelled");
    expect(
      life.world.sent.findLast(({ templateId }) => templateId !== "session-reminder")?.text,
    ).toContain("your visit today, January 14, at 12:30 PM is cancelled");
    expect((await life.state()).episode.weeks).not.toEqual(before);
    await api("POST", "/closures/undo", { siteId: "riverside", on: "2027-01-14" });
    await life.until("2027-01-14 06:30");
    expect((await life.state()).episode.weeks).toEqual(before);
    expect(sentSince("2027-01-14")).toEqual([
      "2027-01-14 session-off sms",
      "2027-01-14 session-on sms",
    ]);
    expect(life.world.problems).toEqual([]);
  });

  it("goes online for a day: everybody is told once for each session, and nothing is cancelled", async () => {
    await life.until("2027-01-14 06:10");
    const before = (await life.state()).episode.weeks;
    await api("POST", "/closures", {
      siteId: "riverside",
      on: "2027-01-14",
      words: "Snow",
      onlineAddress: "https://meet.example.org/riverside",
    });
    await life.until("2027-01-14 06:20");
    expect(await session("2027-01-14", "thu-group")).toMatchObject({
      status: "planned",
      place: { onlineAddress: "https://meet.example.org/riverside" },
    });
    expect((await life.state()).episode.weeks).toEqual(before);
    expect(new Set(sentSince("2027-01-14"))).toEqual(new Set(["2027-01-14 session-online sms"]));
    await api("POST", "/closures/undo", { siteId: "riverside", on: "2027-01-14" });
    await life.until("2027-01-14 06:30");
    expect(await session("2027-01-14", "thu-group")).not.toHaveProperty("place");
    expect(life.world.problems).toEqual([]);
  });
});

describe("a leader who is ill at 08:00", () => {
  const ill = { siteId: "riverside", staffId: "avery-riverside", from: "2027-01-14", words: "Ill" };
  beforeEach(async () => {
    const led = { andFollowing: true, leaderId: "avery-riverside", words: "From now on" };
    const named = await api(
      "POST",
      "/sessions/riverside:adult-iop:2027-01-14:thu-group/changes",
      led,
    );
    expect(named.status).toBe(200);
    await life.until("2027-01-14 08:00");
  });

  it("is covered: the group is held by the cover, today and not next week, and nobody is written to", async () => {
    const covered = await api("POST", "/absences", { ...ill, coverId: "casey-riverside" });
    expect(covered.status).toBe(200);
    expect(await session("2027-01-14", "thu-group")).toMatchObject({
      status: "planned",
      leaderId: "casey-riverside",
    });
    expect(sentSince("2027-01-14")).toEqual([]);
    const shown = await api("GET", "/sites/riverside/absences");
    expect(shown.body.absences).toMatchObject([{ staffId: "avery-riverside" }]);
  });

  it("is not covered: the group is cancelled and said so before it begins; taken back, it is held", async () => {
    const noted = await api("POST", "/absences", ill);
    const [absence] = noted.body.absences as readonly { readonly absenceId: string }[];
    await life.until("2027-01-14 08:05");
    expect(await session("2027-01-14", "thu-group")).toMatchObject({
      status: "cancelled",
      cancelledFor: "by-program",
    });
    expect(
      life.world.sent.findLast(({ templateId }) => templateId !== "session-reminder")?.text,
    ).toContain("at 9:00 AM is cancelled");
    await api("POST", "/absences/undo", { siteId: "riverside", absenceId: absence?.absenceId });
    await life.until("2027-01-14 08:10");
    expect((await session("2027-01-14", "thu-group")).status).toBe("planned");
    expect(sentSince("2027-01-14")).toEqual([
      "2027-01-14 session-off sms",
      "2027-01-14 session-on sms",
    ]);
    expect(life.world.problems).toEqual([]);
  });
});

describe("holidays", () => {
  it("are proposed by the calendar and closed when a person has confirmed them; other days are refused", async () => {
    const confirmed = await api("POST", "/holidays", {
      siteId: "riverside",
      days: ["2027-01-18", "2027-11-25"],
    });
    expect(confirmed.body.closures).toEqual([
      { on: "2027-01-18", words: "Martin Luther King Jr. Day" },
      { on: "2027-11-25", words: "Thanksgiving Day" },
    ]);
    const refused = await api("POST", "/holidays", { siteId: "riverside", days: ["2027-03-03"] });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain("no holiday");
  });
});
