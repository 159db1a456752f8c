// Long because the rules of the aftercare are shown one by one, and read as one.
import { describe, expect, it } from "vitest";
import type { ProgramFiles } from "../../shared/publishing/compile-program.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import { filesWith } from "../builders/program-files.ts";
import { dateAfter, instantOf } from "../e2e/support/local-time.ts";
import { Life } from "./life.ts";
import { avery, casey, taylor } from "./staff-calls.ts";

const at = (wallTime: string) => instantOf(wallTime, "America/New_York");
/** The Tuesday of the discharge. */
const dischargedOn = "2027-01-12";
const day = (number: number) => dateAfter(dischargedOn, number);

/**
 * Somebody who was admitted on Monday, on the Tuesday after it.
 * @param files - of another version of the program than the shipped one
 */
async function admitted(files?: ProgramFiles) {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  if (files !== undefined)
    expect(await publishFiles(life.world.deps, files)).toMatchObject({ ok: true });
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 1);
  await life.decide("admission-approval", "admit");
  await life.until(`${dischargedOn} 10:00`);
  const staff = life.staff;
  return { life, staff, path: `/episodes/${life.episodeId}` };
}

/** The same, who left the program that morning. */
async function discharged(files?: ProgramFiles) {
  const { life, staff, path } = await admitted(files);
  await staff.ok(casey, "POST", `${path}/transition`, {
    to: "discharge",
    disposition: "left-before-completing",
    reason: "Goes back to work",
  });
  const episode = async () => (await life.state()).episode;
  return { life, staff, path, episode };
}

/** The same, called on the day after, up to the evening of the day-7 check-in. */
async function atDaySeven(files?: ProgramFiles) {
  const around = await discharged(files);
  await around.life.until(`${day(1)} 12:00`);
  await around.staff.finish(casey, await around.staff.task("aftercare-call"), "reached");
  await around.life.until(`${day(7)} 14:00`);
  return around;
}

describe("The first contact after discharge is a human call on the next staffed day, within 72 h", () => {
  it("is due by then, and no message asks before it", async () => {
    const { life, staff } = await discharged();
    await life.until(`${day(1)} 12:00`);
    const call = await staff.task("aftercare-call");
    expect(call.words).toMatch(/^First call after the discharge/);
    expect(call.dueAt <= at(`${day(3)} 10:00`)).toBe(true);
    expect(life.outbox().filter((line) => line.includes("check-in"))).toEqual([]);
  });

  it("not made within 72 h it has gone up to the clinical lead, the person has missed nothing, and it stays to be made", async () => {
    const { life, staff, episode } = await discharged();
    await life.until(`${day(6)} 12:00`);
    const call = await staff.task("aftercare-call");
    expect(call).toMatchObject({ assignedFunction: "clinical-lead" });
    expect((await episode()).unreachedContacts).toBe(0);
    expect(await staff.tasks("outreach-call")).toEqual([]);
  });
});

describe("It has its own consent, asked at admission and confirmed at discharge", () => {
  it("is given for itself, beside texts and emails, and confirmed by an item of the discharge", async () => {
    const { life, staff, path } = await admitted();
    expect((await life.state()).episode.consents.aftercare).toBeUndefined();
    await staff.ok(casey, "POST", `${path}/consents`, {
      given: ["aftercare"],
      how: "in-person",
      witness: "Avery Chen (fictional)",
    });
    expect((await life.state()).episode.consents.aftercare).toMatchObject({
      grantedAt: expect.anything(),
    });
    await staff.ok(casey, "POST", `${path}/transition`, {
      to: "discharge",
      disposition: "completed",
      reason: "All goals met",
    });
    await life.until(`${dischargedOn} 10:05`);
    expect((await staff.tasks("discharge-checklist")).map(({ words }) => words)).toContain(
      "Consent to aftercare contact confirmed, with the best number and time.",
    );
  });

  it("who takes it back is chased no more", async () => {
    const { life, staff, path, episode } = await discharged();
    await life.until(`${day(1)} 12:00`);
    await staff.ok(casey, "POST", `${path}/consents`, { takenBack: ["aftercare"], how: "phone" });
    expect((await episode()).consents.aftercare).toMatchObject({ withdrawnAt: expect.anything() });
    await life.until(`${day(15)} 12:00`);
    expect(life.outbox().filter((line) => line.includes("check-in"))).toEqual([]);
  });
});

describe("No summed risk score; the highest action wins", () => {
  it.each([
    ["opioid use after abstinence", { "opioid-use": true }, "Opioid use after abstinence"],
    ["use on 4 or more days", { "use-days": 4 }, "Use on 4 or more of the last 7 days"],
    [
      "medication for opioid use, lithium or an antipsychotic stopped or run out",
      { "key-medication-stopped": true },
      "Medication for opioid use, lithium or an antipsychotic stopped or run out",
    ],
    ["nowhere to sleep", { "nowhere-to-sleep": true }, "Nowhere safe to sleep"],
    ["wants a call", { "wants-call": true }, "call"],
  ] as const)("same day: %s", async (_what, answers, words) => {
    const { life, staff } = await atDaySeven();
    await life.answerCheckIn(answers);
    const call = await staff.task("check-in-call");
    expect(call.words).toContain("Call today");
    expect(call.words).toContain(words);
    expect(call.dueAt <= at(`${day(7)} 19:00`)).toBe(true);
  });

  it.each([
    ["any use", { "use-days": 1 }, "Any use"],
    ["craving of 3", { craving: 3 }, "Craving is 3"],
    ["confidence of 1", { confidence: 1 }, "onfidence"],
    ["other medication stopped", { "other-medication-stopped": true }, "medic"],
    ["PHQ-2 of 3", { "phq2-1": 2, "phq2-2": 1 }, "do the PHQ-9 on the call"],
    ["missed follow-up visit", { "follow-up-attended": false }, "visit"],
    ["loss of job or housing", { "housing-or-work-lost": true }, "job"],
  ] as const)("within 48 h: %s", async (_what, answers, reason) => {
    const { life, staff } = await atDaySeven();
    await life.answerCheckIn(answers);
    const call = await staff.task("check-in-call");
    expect(call.words).toContain("Call within 48 hours");
    expect(call.words).toContain(reason);
    expect(call.dueAt <= at(`${day(9)} 14:00`)).toBe(true);
  });

  it("same day: any suicide answer, in words that they leave, pages at once", async () => {
    const { life, staff } = await atDaySeven();
    await life.answerCheckIn({}, "I want to kill myself");
    expect(await staff.alert()).toMatchObject({ tier: "RED", status: "open" });
  });

  it("is a clinician's before staff leave where it is not done, and a page on the same day after that", async () => {
    const { life, staff } = await atDaySeven();
    await life.answerCheckIn({ "opioid-use": true, craving: 4 });
    const call = await staff.task("check-in-call");
    expect(call).toMatchObject({ assignedFunction: "case-manager" });
    expect(call.words).toContain("Craving is 3 or more of 4");
    await life.until(`${day(7)} 18:00`);
    expect(await staff.task("check-in-call")).toMatchObject({ assignedFunction: "clinician" });
    await life.until(`${day(8)} 09:00`);
    expect((await staff.alerts()).map(({ status }) => status)).toEqual(["open"]);
    await staff.finish(avery, await staff.task("check-in-call"), "reached");
  });
});

describe("A check-in on paper, or in a talk", () => {
  it("that was missed is entered after all: the ladder ends, and what the answers ask for is work", async () => {
    const { life, staff, path, episode } = await atDaySeven();
    await life.until(`${day(10)} 12:00`);
    expect((await episode()).unreachedContacts).toBe(1);
    expect(await staff.tasks("outreach-call")).toHaveLength(1);
    await staff.ok(casey, "POST", `${path}/check-ins`, {
      number: 2,
      answers: { craving: 3, "wants-call": false },
      mode: "paper",
    });
    expect((await episode()).unreachedContacts).toBe(0);
    await life.until(`${day(10)} 13:00`);
    expect(await staff.tasks("outreach-call")).toEqual([]);
    expect((await staff.task("check-in-call")).words).toContain("Craving is 3 or more of 4");
    expect(
      await staff.refused(casey, "POST", `${path}/check-ins`, {
        number: 2,
        answers: { craving: 0 },
        mode: "phone",
      }),
    ).toContain("answered already");
  });
});

describe("Cadence shortens with risk and lengthens with stability, as a person decides", () => {
  /** Called, and well at every check-in: one of a weekend comes on the Monday after it. */
  async function wellUntil(...days: readonly number[]) {
    const around = await atDaySeven();
    for (const number of days) {
      await around.life.until(`${day(number)} 18:00`);
      await around.life.answerCheckIn();
    }
    return around;
  }
  const planned = async ({ life }: Awaited<ReturnType<typeof wellUntil>>) => {
    const items = [...(await life.state()).items.values()];
    const found = items.find((item) => item.kind === "check-in" && item.status === "planned");
    return found?.kind === "check-in" ? found.day : undefined;
  };

  it("with risk, whoever rings reads which day is proposed, and the outcome of the call decides", async () => {
    const around = await wellUntil(7, 14);
    const { life, staff } = around;
    await life.until(`${day(30)} 18:00`);
    await life.answerCheckIn({ craving: 3 });
    const call = await staff.task("check-in-call");
    expect(call.words).toContain(
      `Proposed: contacts closer together until ${day(58)}, the next on ${day(44)} instead of ${day(60)}.`,
    );
    expect(await planned(around)).toBe(60);
    await staff.finish(casey, call, "reached-closer");
    expect(await planned(around)).toBe(44);
  });

  it("with stability, fewer contacts are put before a person with the basis, and come only by their decision", async () => {
    const around = await wellUntil(7, 14, 30, 62, 90);
    const { staff } = around;
    expect(await planned(around)).toBe(180);
    const proposal = await staff.task("fewer-contacts");
    expect(proposal.words).toContain(
      `The last 5 check-ins were answered and asked for nothing; calls of staff are not counted. Proposed: fewer contacts, the next on ${day(225)} instead of ${day(180)}.`,
    );
    await staff.finish(casey, proposal, "fewer");
    expect(await planned(around)).toBe(225);
  });

  it("the first answer that asks for a call takes the proposal off the list, and the program's days stay", async () => {
    const around = await wellUntil(7, 14, 30, 62, 90);
    const { life, staff } = around;
    expect(await staff.tasks("fewer-contacts")).toHaveLength(1);
    await life.until(`${day(181)} 18:00`);
    await life.answerCheckIn({ craving: 3 });
    expect(await staff.tasks("fewer-contacts")).toEqual([]);
    expect(await planned(around)).toBe(365);
  });
});

describe("The first visit after the discharge", () => {
  it("moved to a day that is over, or to none, is a slip of the pen: it says so and writes nothing", async () => {
    const { life, staff, path } = await admitted();
    await staff.ok(casey, "POST", `${path}/transition`, {
      to: "discharge",
      disposition: "transfer-up",
      reason: "Needs the day hospital",
    });
    await life.until(`${dischargedOn} 10:05`);
    for (const item of await staff.tasks("discharge-checklist"))
      await staff.finish(item.assignedFunction === "clinician" ? avery : casey, item, "done", {
        ...(item.words.startsWith("Follow-up visit") ? { visitOn: day(5) } : {}),
      });
    await life.until(`${dischargedOn} 10:10`);
    const { taskId, version } = await staff.task("discharge-approval");
    await staff.ok(taylor, "POST", `/tasks/${taskId}/decision`, {
      decision: "approved",
      reason: "Agreed",
      version,
    });
    await life.until(`${day(6)} 10:00`);
    const asked = await staff.task("first-visit");
    const refused = (more: object) =>
      staff.refused(casey, "POST", `/tasks/${asked.taskId}/outcome`, { outcome: "moved", ...more });
    expect(await refused({})).toContain("Say on which day the visit is now");
    expect(await refused({ visitOn: day(2) })).toContain("is over. Give one to come");
    expect(await staff.task("first-visit")).toEqual(asked);
    await staff.finish(casey, asked, "moved", { visitOn: day(12) });
    expect((await staff.task("first-visit")).dueAt.slice(0, 10)).toBe(day(14));
  });
});

describe("Track weekly-calls is staffed calls, off by default", () => {
  it("is refused in words where the program offers none", async () => {
    const { life, staff, path } = await atDaySeven();
    const { length: entries } = await life.audit();
    expect(
      await staff.refused(casey, "POST", `${path}/aftercare-track`, {
        track: "weekly-calls",
        reason: "High risk",
      }),
    ).toContain("offers no weekly calls");
    expect(await life.audit()).toHaveLength(entries);
  });
});

describe("Ownership may pass by warm hand-off at day 30", () => {
  const jordan = "jordan-riverside";
  const offering = () =>
    filesWith("adult-iop/program.yaml", "handOff: { isOffered: false", "handOff: { isOffered: true")
      .files;

  /** Up to the morning of day 31, with all that was asked until then answered. */
  async function atDayThirty(files?: ProgramFiles) {
    const around = await atDaySeven(files);
    const { life, staff } = around;
    await life.answerCheckIn({});
    await life.until(`${day(14)} 14:00`);
    await life.answerCheckIn({});
    expect(await staff.tasks("aftercare-hand-off")).toHaveLength(files === undefined ? 0 : 1);
    await life.until(`${day(31)} 10:00`);
    return around;
  }

  it("is off as shipped", async () => {
    const { staff } = await atDayThirty();
    expect(await staff.tasks("aftercare-hand-off")).toEqual([]);
  });

  it("stays with the first until the second has confirmed it; then the calls are theirs, and everybody reads whose", async () => {
    const { life, staff, episode } = await atDayThirty(offering());
    const ask = await staff.task("aftercare-hand-off");
    expect(ask).toMatchObject({ assignedFunction: "case-manager" });
    expect(
      await staff.refused(casey, "POST", `/tasks/${ask.taskId}/outcome`, { outcome: "introduced" }),
    ).toBe("Say who goes on with the aftercare.");
    expect(
      await staff.refused(casey, "POST", `/tasks/${ask.taskId}/outcome`, {
        outcome: "introduced",
        receiverId: "jordan-mesa",
      }),
    ).toBe("Hand over to somebody who works at this site.");
    await staff.finish(casey, ask, "introduced", { receiverId: jordan });
    const confirm = await staff.task("aftercare-take-over");
    expect(confirm).toMatchObject({ assignedTo: jordan });
    expect((await episode()).aftercare?.keptBy).toBeUndefined();
    expect(
      await staff.refused(casey, "POST", `/tasks/${confirm.taskId}/outcome`, {
        outcome: "confirmed",
      }),
    ).toMatch(/^Whoever goes on with the aftercare confirms it themselves/);

    await staff.finish(jordan, confirm, "confirmed");
    expect((await episode()).aftercare?.keptBy).toEqual({
      staffId: jordan,
      since: at(`${day(31)} 10:00`),
    });
    await life.answerCheckIn({ craving: 3 });
    expect(await staff.task("check-in-call")).toMatchObject({
      assignedTo: jordan,
      assignedFunction: "case-manager",
    });
  });

  it("declined, it is the first one's still, who reads why", async () => {
    const { staff, episode } = await atDayThirty(offering());
    await staff.finish(casey, await staff.task("aftercare-hand-off"), "introduced", {
      receiverId: jordan,
    });
    const confirm = await staff.task("aftercare-take-over");
    expect(
      await staff.refused(jordan, "POST", `/tasks/${confirm.taskId}/outcome`, {
        outcome: "declined",
      }),
    ).toBe("Write in the note why, or what was agreed.");
    await staff.finish(jordan, confirm, "declined", { note: "On leave from Monday" });
    expect((await staff.task("aftercare-hand-off")).words).toContain("declined to go on");
    expect((await episode()).aftercare?.keptBy).toBeUndefined();
  });

  it("not confirmed in its time, the supervisor has it; put off, it comes again in a week", async () => {
    const { life, staff } = await atDayThirty(offering());
    await staff.finish(casey, await staff.task("aftercare-hand-off"), "not-yet");
    await life.until(`${day(38)} 10:00`);
    await staff.finish(casey, await staff.task("aftercare-hand-off"), "introduced", {
      receiverId: jordan,
    });
    await life.until(`${day(43)} 10:00`);
    expect(["supervisor", "clinical-lead"]).toContain(
      (await staff.task("aftercare-take-over")).assignedFunction,
    );
  });
});
