import { beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../../shared/care/episode/session.ts";
import { keys, workPartitions } from "../../shared/keys/keys.ts";
import { askForDueAttendance } from "../../workflows/run/ask-for-due-attendance.ts";
import { Life } from "./life.ts";
import { casey } from "./staff-calls.ts";

const tuesdaySkills = "SESSION#2027-01-12#tue-skills";

/** Somebody in the program since Monday; the group of Tuesday begins at 09:00. */
let life: Life;
beforeEach(async () => {
  life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 2);
  await life.until("2027-01-11 11:00");
  await life.decide("admission-approval");
  await life.until("2027-01-11 17:10");
  await life.attend("2027-01-11", "mon-family", "present");
});

/** The asks that stand in the audit trail, with whom. */
async function asks(): Promise<unknown[]> {
  const { items } = await life.world.store.query("audit", keys.episode(life.episodeId).pk);
  return items
    .filter((entry) => entry.action === "attendance-asked-for")
    .map((entry) => (entry.facts as { readonly of?: string }).of);
}

/** What the sweep is going to ask about, and when. */
async function listed(): Promise<{ readonly sk: string; readonly workAt: unknown }[]> {
  const pages = await Promise.all(
    workPartitions("riverside", "attendance").map((partition) =>
      life.world.store.queryIndex("byWork", partition),
    ),
  );
  return pages.flatMap(({ items }) => items.map(({ sk, workAt }) => ({ sk, workAt })));
}

describe("attendance that nobody marks", () => {
  it("stands in the queue 20 minutes in for the group leader, at 45 for the site lead", async () => {
    await life.until("2027-01-12 09:19");
    expect(await life.tasks("mark-attendance")).toEqual([]);
    await life.until("2027-01-12 09:20");
    expect(await life.task("mark-attendance")).toMatchObject({
      assignedFunction: "group-leader",
      openedAt: "2027-01-12T14:20:00.000Z",
      queuePartition: "QUEUE#riverside#work",
    });
    await life.until("2027-01-12 09:44");
    expect((await life.task("mark-attendance")).assignedFunction).toBe("group-leader");
    await life.until("2027-01-12 09:45");
    expect(await life.task("mark-attendance")).toMatchObject({
      assignedFunction: "site-lead",
      priority: "urgent",
    });
    expect(await asks()).toEqual(["group-leader"]);
    expect((await life.task("mark-attendance")).handedUp).toMatchObject([
      { from: "group-leader", to: "site-lead" },
    ]);
    await life.attend("2027-01-12", "tue-skills", "present");
    expect(await life.tasks("mark-attendance")).toEqual([]);
    await life.until("2027-01-12 11:59");
    expect(await asks()).toHaveLength(1);
    expect(life.outbox().filter((line) => line.includes("missed"))).toEqual([]);
    expect(life.world.problems).toEqual([]);
  });

  it("is asked for at the end where the person was on the way", async () => {
    await life.until("2027-01-12 09:10");
    await life.attend("2027-01-12", "tue-skills", "on-the-way");
    const session = (await life.state()).items.get(tuesdaySkills) as Session;
    expect(await listed()).toContainEqual({ sk: tuesdaySkills, workAt: session.scheduledEndAt });
    await life.world.advanceTo(session.scheduledEndAt);
    expect(await asks()).toEqual(["group-leader"]);
    expect((await life.task("mark-attendance")).sk).toContain("-arrived");
  });

  it("is asked for although a leave began meanwhile; later sessions are not", async () => {
    await life.until("2027-01-12 09:15");
    await life.staff.onEpisode(casey, "hold", {
      kind: "family",
      contactKeptBy: casey,
      reason: "A birth",
    });
    await life.until("2027-01-16 09:00");
    expect(await asks()).toEqual(["group-leader"]);
    expect((await life.task("mark-attendance")).handedUp?.map(({ to }) => to)).toEqual([
      "site-lead",
      "supervisor",
    ]);
    expect(await listed()).toEqual([]);
  });
});

describe("attendance that is marked in time", () => {
  it("is asked of nobody: the session leaves the due work with the entry", async () => {
    expect(await listed()).toContainEqual({
      sk: tuesdaySkills,
      workAt: "2027-01-12T14:20:00.000Z",
    });
    await life.until("2027-01-12 09:10");
    await life.attend("2027-01-12", "tue-skills", "present");
    expect((await listed()).map(({ sk }) => sk)).not.toContain(tuesdaySkills);
    await life.until("2027-01-12 11:00");
    expect(await asks()).toEqual([]);
  });

  it("is asked of nobody either where the index still lists the session", async () => {
    const due = { ...keys.episodeItem(life.episodeId, tuesdaySkills), workAt: "listed" };
    await life.until("2027-01-12 09:10");
    await life.attend("2027-01-12", "tue-skills", "no-show");
    await life.until("2027-01-12 09:30");
    expect(await askForDueAttendance(life.world.deps, due)).toBe(false);
    expect(await asks()).toEqual([]);
  });
});

it("is asked for once, however often the sweep finds it", async () => {
  await life.until("2027-01-12 09:20");
  const due = {
    ...keys.episodeItem(life.episodeId, tuesdaySkills),
    workAt: "2027-01-12T14:20:00.000Z",
  };
  expect(await askForDueAttendance(life.world.deps, due)).toBe(false);
  expect(await askForDueAttendance(life.world.deps, { ...due, workAt: "listed" })).toBe(false);
  await life.world.rebuild();
  expect(await asks()).toEqual(["group-leader"]);
});

it("is no episode's where the index names something else", async () => {
  const due = { ...keys.site("riverside"), workAt: "2027-01-12T14:20:00.000Z" };
  expect(await askForDueAttendance(life.world.deps, due)).toBe(false);
});
