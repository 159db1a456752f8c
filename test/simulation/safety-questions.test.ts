import { describe, expect, it } from "vitest";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { dateAfter, localTimeOf } from "../e2e/support/local-time.ts";
import { Life } from "./life.ts";
import { avery, casey, type StaffCalls } from "./staff-calls.ts";

const timeZone = "America/New_York";

/** Somebody whose forms are answered, on a Monday at 11:00; nobody has spoken with them yet. */
async function assessed(): Promise<{ readonly life: Life; readonly staff: StaffCalls }> {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 1);
  await life.until("2027-01-11 11:00");
  return { life, staff: life.staff };
}

async function admitted(): Promise<{ readonly life: Life; readonly staff: StaffCalls }> {
  const begun = await assessed();
  await begun.life.decide("admission-approval");
  await begun.life.until("2027-01-11 13:00");
  return begun;
}

describe("Everyone is asked a validated suicide screen by a staff member at intake and before discharge; it is never sent by link", () => {
  it("an admission says that nobody has asked it, and asks for it before the first group", async () => {
    const { life, staff } = await assessed();
    const approval = await staff.task("admission-approval");
    expect(JSON.stringify(approval)).toContain("Suicide screen: not asked yet.");
    await staff.ok(avery, "POST", `/tasks/${approval.taskId}/decision`, {
      decision: "approved",
      choice: "admit-without",
      reason: "Asked on the ward this morning, the sheet follows",
      version: approval.version,
    });
    await life.until("2027-01-11 11:05");
    const due = await staff.tasks("screen-due");
    expect(due.map(({ words }) => words)).toContainEqual(expect.stringContaining("Suicide screen"));
  }, 60_000);

  it("a discharge waits for it, and a clinician alone says that it was asked", async () => {
    const { life, staff } = await admitted();
    // That of the admission is older than a week.
    await life.until("2027-01-20 10:00");
    const end = { to: "discharge", disposition: "completed", reason: "All goals are met" };
    await staff.ok(avery, "POST", `/episodes/${life.episodeId}/transition`, end);
    const items = await staff.tasks("discharge-checklist");
    const screen = items.find(({ words }) => words.startsWith("Suicide screen asked"));
    if (screen === undefined) throw new Error("The checklist has no suicide screen");
    expect(screen.assignedFunction).toBe("clinician");
    const path = `/tasks/${screen.taskId}/outcome`;
    expect(await staff.refused(casey, "POST", path, { outcome: "done" })).toContain("clinician");
    await staff.finish(avery, screen, "done");
  }, 60_000);
});

describe("Check-ins that can raise an alert go out only with at least 4 staffed hours left", () => {
  it("whatever hour of the week the follow-up falls on", async () => {
    const { life, staff } = await admitted();
    // Discharged on a Friday evening: days 7 and 14 fall on Fridays, their reminders on weekends.
    await life.until("2027-01-15 18:30");
    const end = { to: "discharge", disposition: "left-before-completing", reason: "Takes work" };
    await staff.ok(avery, "POST", `/episodes/${life.episodeId}/transition`, end);
    await life.until("2027-01-18 12:00");
    await life.finish("aftercare-call", "reached");
    await life.until("2027-02-20 12:00");
    const asked = life.world.sent.filter(({ templateId }) => templateId.startsWith("check-in"));
    expect(asked.length).toBeGreaterThanOrEqual(4);
    for (const { at } of asked) {
      const { date } = localTimeOf(at, timeZone);
      const day = new Date(`${date}T12:00:00Z`).getUTCDay();
      expect([1, 2, 3, 4, 5]).toContain(day);
      // Riverside is staffed from 08:00 to 19:00.
      const ends = localTimeOf(addMinutes(at, 240), timeZone);
      expect(ends.date).toBe(dateAfter(date, 0));
      expect(ends.time <= "19:00").toBe(true);
      expect(localTimeOf(at, timeZone).time >= "08:00").toBe(true);
    }
  }, 60_000);
});
