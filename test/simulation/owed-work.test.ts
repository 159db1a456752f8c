import { describe, expect, it } from "vitest";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { Escalation } from "../../shared/care/episode/escalation.ts";
import { keys } from "../../shared/keys/keys.ts";
import { Life } from "./life.ts";
import { avery, casey, taylor } from "./staff-calls.ts";

const discharge = {
  to: "discharge",
  disposition: "left-before-completing",
  reason: "Moved to another town.",
} as const;

/** Somebody on the first morning of the program, a Monday. */
async function inTheProgram(): Promise<Life> {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 2);
  await life.decide("admission-approval", "admit");
  await life.until("2027-01-11 13:00");
  return life;
}

/** Discharged on 11 January: the morning after the check-in of day 30 was sent, a Thursday. */
async function atDayThirty(): Promise<Life> {
  const life = await inTheProgram();
  await life.staff.onEpisode(taylor, "transition", discharge);
  await life.until("2027-01-13 12:00");
  await life.finish("aftercare-call", "reached", { note: "Doing well" });
  await life.until("2027-01-18 18:00");
  await life.answerCheckIn();
  await life.until("2027-01-25 18:00");
  await life.answerCheckIn();
  await life.until("2027-02-11 11:00");
  return life;
}

const utc = (wallTime: string) => `${wallTime.replace(" ", "T")}:00.000Z`;

async function callToMake(life: Life): Promise<CareTask> {
  return life.task("check-in-call");
}

async function overdueAlerts(life: Life): Promise<Escalation[]> {
  const { items } = await life.state();
  return [...items.values()].filter(
    (item): item is Escalation =>
      item.kind === "escalation" && item.trigger.source === "overdue-work",
  );
}

/** The steps on record by which a task of a kind changed hands. */
async function handovers(
  life: Life,
  taskKind: string,
): Promise<readonly (readonly [string, unknown])[]> {
  const { pk } = keys.episode(life.episodeId);
  const { items } = await life.world.store.query("audit", pk, { limit: 500 });
  return items
    .filter(({ action }) => action === "owed-work-passed-on")
    .map(({ at, facts }) => ({ at: String(at), facts: facts as Record<string, unknown> }))
    .filter(({ facts }) => facts.taskKind === taskKind)
    .map(({ at, facts }) => [at, facts.to] as const);
}

describe("opioid use at day 30", () => {
  it("goes from the case manager to a clinician the same day, then to the clinical lead with a page, when nobody acts", async () => {
    const life = await atDayThirty();
    await life.answerCheckIn({ "opioid-use": true });
    expect(await callToMake(life)).toMatchObject({
      assignedFunction: "case-manager",
      dueAt: utc("2027-02-11 22:00"),
    });
    const pagesBefore = life.world.pages.length;

    await life.until("2027-02-11 16:59");
    expect((await callToMake(life)).assignedFunction).toBe("case-manager");

    // Staffing ends at 19:00 in New York: the clinician has it two hours before.
    await life.until("2027-02-11 17:01");
    expect(await callToMake(life)).toMatchObject({
      assignedFunction: "clinician",
      priority: "safety",
      dueAt: utc("2027-02-11 22:00"),
    });
    expect(life.world.pages).toHaveLength(pagesBefore);

    await life.until("2027-02-11 19:01");
    expect(await callToMake(life)).toMatchObject({
      assignedFunction: "clinical-lead",
      dueAt: utc("2027-02-11 22:00"),
    });
    expect(await overdueAlerts(life)).toMatchObject([
      { tier: "YELLOW", reason: expect.stringContaining("Opioid use after abstinence") },
    ]);
    const paged = life.world.pages.slice(pagesBefore);
    expect(paged.map(({ by }) => by).sort()).toEqual(["call", "text"]);

    // Nobody answers: person after person is paged, and it never ends by time.
    await life.until("2027-02-16 12:00");
    expect(new Set(life.world.pages.slice(pagesBefore).map(({ to }) => to)).size).toBe(3);
    expect(life.world.pages.at(-1)?.at.slice(0, 10)).toBe("2027-02-16");
    expect(await handovers(life, "check-in-call")).toEqual([
      [utc("2027-02-11 22:00"), "clinician"],
      [utc("2027-02-12 00:00"), "clinical-lead"],
    ]);
    expect(life.world.problems).toEqual([]);
  }, 60_000);

  it("is called about although the check-in is left half done", async () => {
    const life = await atDayThirty();
    await life.answerOne("check-in", "opioid-use", true);
    const call = await callToMake(life);
    expect(call.words).toContain("Opioid use after abstinence");
    // What is answered after it stands in the same call, and moves no deadline.
    await life.until("2027-02-11 11:30");
    await life.answerOne("check-in", "nowhere-to-sleep", true);
    expect(await callToMake(life)).toMatchObject({
      taskId: call.taskId,
      owed: call.owed,
      words: expect.stringContaining("Nowhere safe to sleep"),
    });
    await life.until("2027-02-11 19:01");
    expect((await callToMake(life)).assignedFunction).toBe("clinical-lead");
    expect(await overdueAlerts(life)).toHaveLength(1);
    expect(life.world.problems).toEqual([]);
  }, 60_000);

  it("keeps its deadline through calls that reach nobody, and comes to a clinician's decision", async () => {
    const life = await atDayThirty();
    await life.answerCheckIn({ "opioid-use": true });
    const first = await callToMake(life);
    for (const time of ["11:10", "11:20"]) {
      await life.until(`2027-02-11 ${time}`);
      await life.finish("check-in-call", "not-reached");
      expect(await callToMake(life)).toMatchObject({ owed: first.owed });
      expect((await callToMake(life)).dueAt <= first.dueAt).toBe(true);
    }
    await life.until("2027-02-11 11:30");
    await life.finish("check-in-call", "not-reached");
    expect(await life.task("outreach-decision")).toMatchObject({
      assignedFunction: "clinician",
      owed: first.owed,
      dueAt: first.dueAt,
    });
    await life.until("2027-02-11 19:01");
    expect((await life.task("outreach-decision")).assignedFunction).toBe("clinical-lead");
    expect(await overdueAlerts(life)).toHaveLength(1);
  }, 60_000);

  it("pages no more once somebody has spoken with the person and recorded the call", async () => {
    const life = await atDayThirty();
    await life.answerCheckIn({ "opioid-use": true });
    await life.until("2027-02-11 19:10");
    const { escalationId } = await life.staff.alert();
    await life.staff.ok(avery, "POST", `/escalations/${escalationId}/acknowledgement`, {});
    await life.finish("check-in-call", "reached", { note: "Sees us tomorrow" });
    expect(await overdueAlerts(life)).toMatchObject([
      {
        status: "contacted",
        contacts: [{ by: taylor, outcome: "spoke-with-participant" }],
      },
    ]);
    const pages = life.world.pages.length;
    await life.until("2027-02-14 12:00");
    expect(life.world.pages).toHaveLength(pages);
  }, 60_000);

  it("stays owed and goes on climbing after a withdrawal", async () => {
    const life = await atDayThirty();
    await life.answerCheckIn({ "opioid-use": true });
    const call = await callToMake(life);
    await life.staff.onEpisode(casey, "withdraw", { reason: "Wants no more calls" });
    expect((await life.state()).episode.status).toBe("withdrawn");
    expect(await callToMake(life)).toMatchObject({ taskId: call.taskId, owed: call.owed });
    await life.until("2027-02-11 19:01");
    expect((await callToMake(life)).assignedFunction).toBe("clinical-lead");
    expect(await overdueAlerts(life)).toHaveLength(1);
  }, 60_000);

  it("stays owed and goes on climbing when a person closes the aftercare meanwhile", async () => {
    const life = await atDayThirty();
    await life.answerCheckIn();
    // The last check-in, on day 365.
    await life.until("2028-01-12 10:00");
    await life.answerCheckIn({ "opioid-use": true });
    const call = await callToMake(life);
    await life.until("2028-01-12 10:30");
    await life.decide("closing-approval");
    await life.until("2028-01-12 12:00");
    expect((await life.state()).episode.status).toBe("closed");
    expect(await callToMake(life)).toMatchObject({ taskId: call.taskId, owed: call.owed });
    await life.until("2028-01-12 19:01");
    expect((await callToMake(life)).assignedFunction).toBe("clinical-lead");
    expect(await overdueAlerts(life)).toHaveLength(1);
  }, 120_000);
});

describe("a welfare decision that is owed", () => {
  /** A no-show on Monday evening; the ladder has come to the clinician's welfare decision. */
  async function withWelfareDecision(): Promise<Life> {
    const life = await inTheProgram();
    await life.until("2027-01-12 09:10");
    await life.attend("2027-01-12", "tue-skills", "no-show");
    for (let hour = 0; hour < 200; hour += 1) {
      await life.world.advanceHours(1);
      const calls = await life.tasks("outreach-call");
      if (calls.some((task) => task.evidence.action === "welfare-decision")) return life;
    }
    throw new Error("The ladder never came to the welfare decision");
  }

  const decision = async (life: Life) =>
    (await life.tasks("outreach-call")).find((task) => task.evidence.action === "welfare-decision");

  it("goes to the clinical lead with a page when no clinician decides", async () => {
    const life = await withWelfareDecision();
    const before = await decision(life);
    expect(before).toMatchObject({ assignedFunction: "clinician", priority: "urgent" });
    const pages = life.world.pages.length;
    await life.world.advanceTo(before?.dueAt ?? "");
    await life.world.advanceHours(1);
    expect(await decision(life)).toMatchObject({
      assignedFunction: "clinical-lead",
      dueAt: before?.dueAt,
    });
    expect(await overdueAlerts(life)).toMatchObject([{ tier: "ORANGE", status: "open" }]);
    expect(life.world.pages.length).toBeGreaterThan(pages);
  }, 60_000);

  it.each(["leave", "discharge", "withdrawal"] as const)(
    "is made all the same after a %s",
    async (ending) => {
      const life = await withWelfareDecision();
      const before = await decision(life);
      if (ending === "withdrawal")
        await life.staff.onEpisode(casey, "withdraw", { reason: "Rang to say so" });
      else if (ending === "discharge") await life.staff.onEpisode(taylor, "transition", discharge);
      else
        await life.staff.onEpisode(casey, "hold", {
          kind: "family",
          contactKeptBy: casey,
          reason: "Says a cousin",
        });
      await life.world.advanceHours(0.2);
      expect(await decision(life)).toMatchObject({ taskId: before?.taskId, status: "open" });
      await life.world.advanceTo(before?.dueAt ?? "");
      await life.world.advanceHours(1);
      expect((await decision(life))?.assignedFunction).toBe("clinical-lead");
      expect(life.world.problems).toEqual([]);
    },
    60_000,
  );
});
