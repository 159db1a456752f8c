import { describe, expect, it } from "vitest";
import { Life } from "./life.ts";
import { casey, type StaffCalls, taylor } from "./staff-calls.ts";

const morgan = "casey-mesa";

type Around = { readonly life: Life; readonly staff: StaffCalls; readonly path: string };

/** Somebody admitted at Riverside on Monday 11 January, on Tuesday of their second week. */
async function inWeekTwo(): Promise<Around> {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  const staff = life.staff;
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 1);
  await life.until("2027-01-11 11:00");
  await life.decide("admission-approval", "admit");
  await life.until("2027-01-19 08:00");
  expect((await life.state()).episode).toMatchObject({ status: "active", week: 2 });
  return { life, staff, path: `/episodes/${life.episodeId}` };
}

async function ask({ staff, path }: Around): Promise<string> {
  await staff.ok(casey, "POST", `${path}/site-transfer`, {
    toSiteId: "mesa",
    reason: "Moves to her sister near the other site",
  });
  const task = await staff.task("site-transfer");
  return task.taskId;
}

describe("somebody is taken over by another site", () => {
  it("stays with the one where they are until somebody there accepts, and is never without an owner", async () => {
    const around = await inWeekTwo();
    const { life, staff, path } = around;
    const taskId = await ask(around);
    expect((await life.state()).episode.siteId).toBe("riverside");
    // The site that is asked reads it on its own list, and nothing else of the person yet.
    const queue = await staff.ok(morgan, "GET", "/queue?tab=overdue");
    expect(queue).toBeDefined();
    expect(await staff.ok(morgan, "GET", `/tasks/${taskId}`)).toMatchObject({
      words: expect.stringContaining("to take this person over"),
    });
    expect((await staff.call(morgan, "GET", path)).status).toBe(404);
    expect(
      (await staff.call(casey, "POST", `/tasks/${taskId}/outcome`, { outcome: "accepted" })).status,
    ).toBe(404);
    const before = (await life.state()).items;
    await staff.ok(morgan, "POST", `/tasks/${taskId}/outcome`, { outcome: "accepted" });
    const { episode, items } = await life.state();
    expect(episode.siteId).toBe("mesa");
    expect((await staff.call(casey, "GET", path)).status).toBe(404);
    // Every open task and visit that was there is there, and is the new site's.
    for (const [sk, item] of before) {
      if (item.kind === "task" && item.status === "open" && item.taskKind !== "site-transfer")
        expect(items.get(sk), sk).toMatchObject({ status: "open" });
    }
    const visits = [...items.values()].flatMap((item) =>
      item.kind === "session" && item.status === "planned" && item.on > "2027-01-19" ? [item] : [],
    );
    expect(visits.length).toBeGreaterThan(0);
    for (const visit of visits) expect(visit.groupSessionId).toMatch(/^mesa:/);
    // Nine in the morning there.
    expect(visits.find(({ slot }) => slot === "thu-group")?.scheduledStartAt).toBe(
      "2027-01-21T16:00:00.000Z",
    );
    // One call says so, an hour before the first visit; no text for each visit about its hour on another clock.
    const toRing = [...items.values()].filter(
      (item) => item.kind === "task" && item.sk.includes("other-site"),
    );
    expect(toRing).toMatchObject([
      {
        assignedFunction: "case-manager",
        priority: "urgent",
        words: expect.stringContaining(
          "has taken this person over. Call them, and say whom they reach here, and where and when their visits are now. The first one is 2027-01-19 at 09:00.",
        ),
        dueAt: "2027-01-19T15:00:00.000Z",
      },
    ]);
    expect(life.world.sent.filter(({ templateId }) => templateId === "session-moved")).toEqual([]);
    const moved = life.world.sent.length;
    const { items: people } = await staff.ok(morgan, "GET", "/participants");
    expect(people).toContainEqual(expect.objectContaining({ episodeId: life.episodeId }));
    const { items: left } = await staff.ok(casey, "GET", "/participants");
    expect(left).toEqual([]);
    // The week goes on there, and every message is from there.
    await life.until("2027-01-26 13:00");
    const later = life.world.sent.slice(moved - 1).filter(({ at }) => at > "2027-01-19T13:00");
    expect(later.length).toBeGreaterThan(0);
    for (const { from } of later)
      expect(["+14805550121", "office@mesa.example.org"]).toContain(from);
    expect((await life.state()).episode).toMatchObject({ status: "active", week: 3 });
  }, 60_000);

  it("leaves the attendance of what had begun with the site where it took place, which can enter it", async () => {
    const around = await inWeekTwo();
    const { life, staff } = around;
    // The group of Tuesday begins at nine; nobody has marked it.
    await life.until("2027-01-19 09:10");
    const taskId = await ask(around);
    await staff.ok(morgan, "POST", `/tasks/${taskId}/outcome`, { outcome: "accepted" });
    await life.until("2027-01-19 09:40");
    // Asked for before the transfer, and after it.
    const asked = [...(await life.state()).items.values()].flatMap((item) =>
      item.kind === "task" && item.taskKind === "mark-attendance" && item.status === "open"
        ? [item]
        : [],
    );
    const group = "riverside:adult-iop:2027-01-19:tue-skills";
    const own = asked.find(({ evidence }) => evidence.groupSessionId === group);
    expect(asked.length).toBeGreaterThan(1);
    for (const { taskId: id } of asked) {
      expect((await staff.call(casey, "GET", `/tasks/${id}`)).status).toBe(200);
      expect((await staff.call(morgan, "GET", `/tasks/${id}`)).status).toBe(404);
    }
    const session = () => staff.ok(casey, "GET", `/sessions/${group}/roster`);
    expect(await session()).toMatchObject({
      session: { expected: 1, marked: 0 },
      items: [{ episodeId: life.episodeId, isElsewhere: true, attendance: "not-yet" }],
    });
    await staff.ok(casey, "PUT", `/sessions/${group}/attendance`, [
      { episodeId: life.episodeId, status: "present" },
    ]);
    expect(await session()).toMatchObject({ session: { marked: 1 } });
    const { status } = await staff.ok(casey, "GET", `/tasks/${own?.taskId}`);
    expect(status).toBe("done");
    // What had not begun is expected at the new site, and at the former one nobody waits for them.
    const thursday = (siteId: string, as: string) =>
      staff.ok(as, "GET", `/sessions/${siteId}:adult-iop:2027-01-21:thu-group/roster`);
    expect(await thursday("riverside", casey)).toMatchObject({
      session: { expected: 0 },
      items: [],
    });
    expect(await thursday("mesa", morgan)).toMatchObject({ session: { expected: 1 } });
  }, 60_000);

  it("declined, with a reason for those who asked", async () => {
    const around = await inWeekTwo();
    const { life, staff } = around;
    const taskId = await ask(around);
    expect(
      await staff.refused(morgan, "POST", `/tasks/${taskId}/outcome`, { outcome: "declined" }),
    ).toContain("Write down why");
    await staff.ok(morgan, "POST", `/tasks/${taskId}/outcome`, {
      outcome: "declined",
      note: "No place before March",
    });
    expect((await life.state()).episode.siteId).toBe("riverside");
    const back = await staff.task("transfer-declined");
    expect(back.words).toContain("declined to take this person over: they stay here");
    expect(await staff.ok(taylor, "GET", `/tasks/${back.taskId}`)).toMatchObject({
      note: { text: "No place before March" },
    });
  }, 60_000);

  it("a referral that came to the wrong site goes to the right one, with its forms and its clock", async () => {
    const life = new Life("2027-01-11 08:30");
    await life.start();
    await life.until("2027-01-11 09:00");
    await life.refer();
    const staff = life.staff;
    const taskId = await ask({ life, staff, path: `/episodes/${life.episodeId}` });
    await staff.ok(morgan, "POST", `/tasks/${taskId}/outcome`, { outcome: "accepted" });
    await life.until("2027-01-11 12:00");
    await life.answerForm("ask-forms", 1);
    const { episode } = await life.state();
    expect(episode).toMatchObject({ siteId: "mesa", status: "assessed" });
    // Nobody rings somebody about visits who has none yet.
    expect(episode.open.filter((sk) => sk.includes("other-site"))).toEqual([]);
    const queue = await staff.ok(morgan, "GET", "/queue?tab=approvals");
    expect(queue.items).toContainEqual(
      expect.objectContaining({ taskKind: "admission-approval", episodeId: life.episodeId }),
    );
  }, 60_000);

  it("is refused in words where it makes no sense, and writes nothing", async () => {
    const around = await inWeekTwo();
    const { life, staff, path } = around;
    const before = (await life.state()).episode.version;
    const refused = (toSiteId: string) =>
      staff.refused(casey, "POST", `${path}/site-transfer`, { toSiteId, reason: "Moves" });
    expect(await refused("riverside")).toContain("is at that site already");
    expect(await refused("nowhere")).toContain("no such site");
    expect((await life.state()).episode.version).toBe(before);
    await ask(around);
    expect(await refused("mesa")).toContain("is being asked already");
  }, 60_000);
});
