import { describe, expect, it } from "vitest";
import { instantOf } from "../e2e/support/local-time.ts";
import { Life } from "./life.ts";
import { avery, casey, type StaffCalls, taylor } from "./staff-calls.ts";

type Around = { readonly life: Life; readonly staff: StaffCalls };

const at = (wallTime: string) => instantOf(wallTime, "America/New_York");

/** Somebody admitted on Monday 11 January, on Monday of their third week. */
async function inWeekThree(): Promise<Around> {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  const staff = life.staff;
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 1);
  await life.until("2027-01-11 11:00");
  await life.decide("admission-approval", "admit");
  await life.attendWeek("2027-01-11", 1, (_date, slot) =>
    slot === "mon-group" ? "left-out" : "present",
  );
  for (const week of [1, 2]) {
    await life.until(`2027-01-${week === 1 ? 17 : 24} 23:30`);
    const [review] = await life.tasks("week-review-approval");
    if (review !== undefined) await life.decide("week-review-approval");
    if (week === 1) await life.attendWeek("2027-01-18", 2, () => "present");
  }
  await life.until("2027-01-26 08:00");
  expect((await life.state()).episode).toMatchObject({ status: "active", week: 3 });
  return { life, staff };
}

async function recordDeath({ life, staff }: Around): Promise<void> {
  await staff.ok(casey, "POST", `/episodes/${life.episodeId}/transition`, {
    to: "discharge",
    disposition: "deceased",
    reason: "The family rang",
  });
}

const putRight = ({ life, staff }: Around, as = avery) =>
  staff.ok(as, "POST", `/episodes/${life.episodeId}/death-correction`, {
    reason: "Somebody of the same name had died",
  });

/** The open items in words that do not change from one death to the next. */
async function standing({ life }: Around): Promise<readonly string[]> {
  const { items } = await life.state();
  return [...items.values()]
    .filter(({ kind }) => kind !== "hold")
    .map(
      (item) =>
        `${item.sk} ${item.kind === "task" ? item.dueAt : ""} ${"status" in item ? item.status : ""}`,
    )
    .sort();
}

describe("a death that was recorded by mistake in week 3", () => {
  it("put right within the hour, everything stands as it stood, and the person is called", async () => {
    const around = await inWeekThree();
    const { life, staff } = around;
    const before = await standing(around);
    const { weeks } = (await life.state()).episode;
    await recordDeath(around);
    expect((await life.state()).episode.disposition).toBe("deceased");
    const sent = life.outbox().length;
    await life.until("2027-01-26 08:30");
    await putRight(around);
    const { episode } = await life.state();
    expect(episode).toMatchObject({ status: "active", week: 3 });
    expect(episode).not.toHaveProperty("disposition");
    expect(episode).not.toHaveProperty("death");
    expect(episode.weeks).toEqual(weeks);
    const after = await standing(around);
    expect(before.filter((one) => !after.includes(one))).toEqual([]);
    const call = await staff.task("first-contact-call");
    expect(call.words).toContain("A death was recorded by mistake on 2027-01-26");
    // Nobody is told by a machine.
    expect(life.outbox()).toHaveLength(sent);
    // The week goes on: its visits are marked, and the next one begins.
    await life.until("2027-01-28 09:10");
    await life.attend("2027-01-28", "thu-group", "present");
    await life.until("2027-02-01 12:00");
    expect((await life.state()).episode).toMatchObject({ status: "active", week: 4 });
    expect(life.outbox().at(-1)).toBe("2027-01-31 weekly-text sms");
  }, 60_000);

  it("put right three weeks later, what has passed is neither sent nor made up for, and the weeks go on", async () => {
    const around = await inWeekThree();
    const { life, staff } = around;
    await recordDeath(around);
    const sent = life.outbox().length;
    await life.until("2027-02-16 10:00");
    expect((await life.state()).episode).toMatchObject({ status: "closed" });
    await putRight(around, taylor);
    expect(life.outbox()).toHaveLength(sent);
    expect((await life.state()).episode.status).toBe("active");
    expect((await life.state()).episode).not.toHaveProperty("closedAt");
    // Until the call is due, nothing goes: the person hears of it from somebody.
    const call = await staff.task("first-contact-call");
    expect(call.dueAt).toBe(at("2027-02-16 14:00"));
    await life.until("2027-02-16 13:59");
    expect(life.outbox()).toHaveLength(sent);
    // The lost weeks are not made up for: week 4 is the one of now, with the visits that are still to come.
    await life.until("2027-02-17 12:00");
    const { episode, items } = await life.state();
    expect(episode.weeks.map(({ startsOn }) => startsOn)).toEqual([
      "2027-01-11",
      "2027-01-18",
      "2027-01-25",
      "2027-02-15",
    ]);
    const visits = [...items.values()].flatMap((item) =>
      item.kind === "session" && item.status === "planned" ? [item.on] : [],
    );
    expect(visits.filter((on) => on > "2027-01-25" && on < "2027-02-17")).toEqual([]);
    expect(visits).toContain("2027-02-18");
    expect(life.outbox().slice(sent)).toEqual([expect.stringContaining("weekly-text")]);
  }, 60_000);

  it("is told on the timeline with its reason, and can be put right once", async () => {
    const around = await inWeekThree();
    const { life, staff } = around;
    await recordDeath(around);
    await putRight(around);
    const { items } = await staff.ok(casey, "GET", `/episodes/${life.episodeId}/timeline`);
    expect(items).toContainEqual(
      expect.objectContaining({
        what: "Death recorded by mistake, put right",
        reason: "Somebody of the same name had died",
      }),
    );
    const version = (await life.state()).episode.version;
    const again = await staff.refused(
      avery,
      "POST",
      `/episodes/${life.episodeId}/death-correction`,
      { reason: "Once more" },
    );
    expect(again).toContain("No death is on record");
    expect((await life.state()).episode.version).toBe(version);
  }, 60_000);

  it("is a clinician's or a supervisor's to put right, and no discharge to reverse", async () => {
    const around = await inWeekThree();
    const { life, staff } = around;
    await recordDeath(around);
    const before = (await life.state()).episode;
    const path = `/episodes/${life.episodeId}`;
    expect(
      await staff.refused(casey, "POST", `${path}/death-correction`, { reason: "Alive" }),
    ).toContain("A clinician or a supervisor");
    expect(
      await staff.refused(casey, "POST", `${path}/transition`, {
        to: "reverse-discharge",
        reason: "Alive",
      }),
    ).toContain("no discharge to reverse");
    expect((await life.state()).episode).toEqual(before);
  }, 60_000);
});

describe("a death that was recorded by mistake in other phases", () => {
  it("before the forms: the forms are waited for, and the work of the intake is owed again", async () => {
    const life = new Life("2027-01-11 08:30");
    await life.start();
    await life.until("2027-01-11 09:00");
    await life.refer();
    const around = { life, staff: life.staff };
    const before = await standing(around);
    await life.until("2027-01-11 10:00");
    await recordDeath(around);
    expect((await life.state()).episode.status).toBe("withdrawn");
    await life.until("2027-01-12 09:00");
    const sent = life.outbox().length;
    await putRight(around);
    expect((await life.state()).episode.status).toBe("screening");
    expect(life.outbox()).toHaveLength(sent);
    const after = await standing(around);
    const lost = before.filter((one) => !after.includes(one) && !one.startsWith("MSG"));
    expect(lost).toEqual([]);
    await life.answerForm("ask-forms", 1);
    await life.decide("admission-approval", "admit");
    await life.until("2027-01-12 11:00");
    expect((await life.state()).episode.status).toBe("active");
  }, 60_000);

  it("in aftercare: the first call is owed again with its deadline, and the check-ins go on", async () => {
    const around = await inWeekThree();
    const { life, staff } = around;
    await staff.ok(casey, "POST", `/episodes/${life.episodeId}/transition`, {
      to: "discharge",
      disposition: "left-before-completing",
      reason: "Said so",
    });
    await life.until("2027-01-27 12:00");
    const call = await staff.task("aftercare-call");
    await recordDeath(around);
    expect(await staff.tasks("aftercare-call")).toEqual([]);
    expect((await life.state()).episode.status).toBe("closed");
    await life.until("2027-02-03 10:00");
    await putRight(around);
    expect((await life.state()).episode.status).toBe("aftercare");
    expect(await staff.task("aftercare-call")).toMatchObject({ dueAt: call.dueAt });
    await life.until("2027-03-10 10:00");
    const numbers = [...(await life.state()).items.values()].flatMap((item) =>
      item.kind === "check-in" ? [item.number] : [],
    );
    expect(Math.max(...numbers)).toBeGreaterThan(2);
  }, 60_000);
});
