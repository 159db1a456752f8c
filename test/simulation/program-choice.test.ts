import { describe, expect, it } from "vitest";
import { Life } from "./life.ts";
import { casey } from "./staff-calls.ts";

/** Somebody who was referred this morning to a program that is not the one they came for. */
async function referred() {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  const staff = life.staff;
  const path = `/episodes/${life.episodeId}/program-choice`;
  const episode = async () => (await life.state()).episode;
  return { life, staff, path, episode };
}

const other = { programId: "sud-iop", reason: "Came for alcohol" };

describe("which program somebody is to come to is put right before their admission", () => {
  it("what was answered stays, and the admission is weighed by the other program", async () => {
    const { life, staff, path, episode } = await referred();
    await life.answerForm("ask-forms", 1);
    const missing = async () => (await staff.task("admission-approval")).evidence;
    expect(await missing()).toMatchObject({ notMet: expect.not.stringContaining("Crisis plan") });

    await staff.ok(casey, "POST", path, other);
    expect(await episode()).toMatchObject({ programId: "sud-iop", status: "assessed" });
    expect((await episode()).scores.length).toBeGreaterThan(0);
    // The other program wants the crisis plan before the first group.
    expect(await missing()).toMatchObject({
      notMet: expect.stringContaining("Crisis plan: not written yet."),
    });

    await life.decide("admission-approval", "admit");
    await life.until("2027-01-11 11:00");
    expect(await episode()).toMatchObject({ programId: "sud-iop", status: "active" });
    expect(life.world.problems).toEqual([]);
  });

  it("and back again: a reminder that was planned goes once", async () => {
    const { life, staff, path, episode } = await referred();
    await staff.ok(casey, "POST", path, other);
    await staff.ok(casey, "POST", path, { programId: "adult-iop", reason: "Was right after all" });
    expect((await episode()).programId).toBe("adult-iop");
    await life.until("2027-01-14 09:00");
    const reminders = life.world.sent.filter(({ templateId }) => templateId === "remind-forms");
    expect(reminders).toHaveLength(2);
    expect(life.world.problems).toEqual([]);
  });

  it("never after the admission, never to what the site does not offer, and not to the same", async () => {
    const { life, staff, path } = await referred();
    const refused = (programId: string) =>
      staff.refused(casey, "POST", path, { programId, reason: "Mistake" });
    expect(await refused("no-such-program")).toBe("This site does not offer such a program.");
    expect(await refused("adult-iop")).toBe("This person is to come to that one already.");
    await life.answerForm("ask-forms", 1);
    await life.decide("admission-approval", "admit");
    expect(await refused("sud-iop")).toContain("has just been decided");
    await life.until("2027-01-11 11:00");
    expect(await refused("sud-iop")).toContain("goes on in the program that took them");
  });
});
