// Long because the rules of missed sessions are shown one by one, and read as one.
import { describe, expect, it } from "vitest";
import { instantOf } from "../e2e/support/local-time.ts";
import { Life } from "./life.ts";
import { avery, casey, type StaffCalls, taylor } from "./staff-calls.ts";

const at = (wallTime: string) => instantOf(wallTime, "America/New_York");
const tuesday = "2027-01-12";
/** The Thursday of the second week. */
const later = "2027-01-21";

type Around = { readonly life: Life; readonly staff: StaffCalls };

/** Somebody admitted on Monday 11 January; the first session is that evening's. */
async function admitted(more: Readonly<Record<string, unknown>> = {}): Promise<Around> {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer(more);
  const staff = life.staff;
  await life.until("2027-01-11 10:00");
  if (more.participant === undefined) await life.answerForm("ask-forms", 1);
  await life.until("2027-01-11 11:00");
  if (more.participant === undefined) await admit(staff);
  return { life, staff };
}

/** The intake questionnaires as the referrer filled them in with the person: nothing that alarms. */
const answersOnPaper = {
  resourceType: "QuestionnaireResponse",
  status: "completed",
  item: [...questions("phq9", 9), ...questions("gad7", 7)],
};

function questions(instrument: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    linkId: `${instrument}-${index + 1}`,
    answer: [{ valueInteger: index === 8 ? 0 : 1 }],
  }));
}

async function admit(staff: StaffCalls): Promise<void> {
  const { taskId, version } = await staff.task("admission-approval");
  await staff.ok(taylor, "POST", `/tasks/${taskId}/decision`, {
    decision: "approved",
    choice: "admit",
    reason: "Agreed in the morning meeting",
    version,
  });
}

/** The same person in the second week, after a first one without a gap. */
async function inWeekTwo(more: Readonly<Record<string, unknown>> = {}): Promise<Around> {
  const around = await admitted(more);
  await around.life.attendWeek("2027-01-11", 1, (_date, slot) =>
    slot === "mon-group" ? "left-out" : "present",
  );
  return around;
}

async function miss({ life, staff }: Around, date: string, slot: string, time: string) {
  await life.until(`${date} ${time}`);
  await staff.mark(date, slot, { status: "no-show" });
}

const textsOf = (life: Life) => life.outbox().filter((line) => line.includes("missed-session"));
const decisions = async (staff: StaffCalls) =>
  (await staff.tasks("outreach-call")).filter(({ words }) => words.includes("welfare check"));
const calls = async (staff: StaffCalls) =>
  (await staff.tasks("outreach-call")).filter(({ words }) => words.includes("Call the person"));

describe("The ladder starts only from a no-show entered by a person", () => {
  it("attendance still not yet is the group leader's at 20 min, the site lead's at 45, and no message", async () => {
    const { life, staff } = await admitted();
    await life.until("2027-01-11 17:10");
    await staff.mark("2027-01-11", "mon-family", { status: "present" });
    await life.until(`${tuesday} 09:19`);
    expect(await staff.tasks("mark-attendance")).toEqual([]);
    await life.until(`${tuesday} 09:20`);
    expect((await staff.task("mark-attendance")).assignedFunction).toBe("group-leader");
    await life.until(`${tuesday} 09:45`);
    expect((await staff.task("mark-attendance")).assignedFunction).toBe("site-lead");
    await life.until(`${tuesday} 18:00`);
    expect(await staff.tasks("outreach-call")).toEqual([]);
    expect(textsOf(life)).toEqual([]);
  }, 60_000);

  it.each([{ status: "on-the-way" }, { status: "late", arrivedAt: at(`${later} 09:14`) }])(
    "$status stops it: nobody is texted or rung",
    async (entry) => {
      const around = await inWeekTwo();
      const { life, staff } = around;
      await miss(around, later, "thu-group", "09:10");
      await life.until(`${later} 09:14`);
      await staff.mark(later, "thu-group", { ...entry, reason: "Rang from the bus" });
      await life.until(`${later} 11:30`);
      expect(textsOf(life)).toEqual([]);
      expect(await staff.tasks("outreach-call")).toEqual([]);
    },
    60_000,
  );

  it("a no-show is entered when the session has begun, not before", async () => {
    const { life, staff } = await inWeekTwo();
    await life.until(`${later} 08:45`);
    await expect(staff.mark(later, "thu-group", { status: "no-show" })).rejects.toThrow("begins");
  }, 60_000);

  it("a correction within 30 days, with a reason, undoes the ladder and what it asked for", async () => {
    const around = await inWeekTwo();
    const { life, staff } = around;
    await miss(around, later, "thu-group", "09:10");
    await life.until(`${later} 10:00`);
    expect(await calls(staff)).toHaveLength(1);
    await expect(staff.mark(later, "thu-group", { status: "present" })).rejects.toThrow("reason");
    await staff.mark(later, "thu-group", { status: "present", reason: "Was in the other room" });
    expect(await staff.tasks("outreach-call")).toEqual([]);
    await life.until("2027-01-25 18:00");
    expect(await staff.tasks("outreach-call")).toEqual([]);
    expect(await staff.tasks("outreach-decision")).toEqual([]);
  }, 60_000);
});

describe("Rungs count staffed minutes", () => {
  it("the first call is due within 60 of the no-show", async () => {
    const around = await inWeekTwo();
    const { life, staff } = around;
    await miss(around, later, "thu-group", "09:10");
    await life.until(`${later} 09:40`);
    const [call] = await calls(staff);
    expect(call?.dueAt).toBe(at(`${later} 10:10`));
    expect(textsOf(life)).toHaveLength(1);
  }, 60_000);

  it("after an evening session it is made before staff leave, or by 09:00 the next day", async () => {
    const evening = await inWeekTwo();
    await miss(evening, "2027-01-25", "mon-family", "17:20");
    await evening.life.until("2027-01-25 18:00");
    expect((await calls(evening.staff))[0]?.dueAt).toBe(at("2027-01-25 18:20"));
    const late = await inWeekTwo();
    await miss(late, "2027-01-25", "mon-family", "18:50");
    await late.life.until("2027-01-26 08:30");
    expect((await calls(late.staff))[0]?.dueAt).toBe(at("2027-01-26 08:50"));
  }, 120_000);

  it("a ladder that runs out opens a decision task and never ends by itself", async () => {
    const around = await inWeekTwo();
    const { life, staff } = around;
    await miss(around, later, "thu-group", "09:10");
    await life.until("2027-02-08 12:00");
    expect((await staff.task("outreach-decision")).words).toContain("Decide what happens");
    await life.until("2027-03-08 12:00");
    expect(await staff.tasks("outreach-decision")).toHaveLength(1);
    expect((await life.state()).episode.status).toBe("active");
  }, 120_000);
});

describe("Clinician welfare decision the same day", () => {
  it("in the first program week", async () => {
    const around = await admitted();
    const { life, staff } = around;
    await miss(around, tuesday, "tue-skills", "09:15");
    const [decision] = await decisions(staff);
    expect(decision).toMatchObject({
      assignedFunction: "clinician",
      priority: "urgent",
      dueAt: at(`${tuesday} 19:00`),
      words:
        "Missed a session of the first program week. Decide today whether a welfare check is needed. Mobile crisis comes before police.",
    });
    if (decision === undefined) throw new Error("Nobody decides");
    const path = `/tasks/${decision.taskId}/outcome`;
    expect(await staff.refused(casey, "POST", path, { outcome: "no-check-needed" })).toContain(
      "clinician",
    );
    await staff.finish(avery, decision, "mobile-crisis-sent");
    expect(await decisions(staff)).toEqual([]);
    await life.until(`${tuesday} 09:50`);
    // The ladder climbs beside it.
    expect(await calls(staff)).toHaveLength(1);
  }, 60_000);

  it("not made by the time staff leave pages the on-call", async () => {
    const around = await admitted();
    const { life } = around;
    await miss(around, tuesday, "tue-skills", "09:15");
    await life.until(`${tuesday} 18:59`);
    expect(life.world.pages).toEqual([]);
    await life.until(`${tuesday} 19:05`);
    expect(life.world.pages.length).toBeGreaterThan(0);
  }, 60_000);

  it("within 14 days of inpatient, emergency, detox or crisis care", async () => {
    const around = await inWeekTwo({
      referralEvent: { kind: "inpatient", dischargedOn: "2027-01-08" },
    });
    await miss(around, later, "thu-group", "09:10");
    expect((await decisions(around.staff))[0]?.words).toContain("of a higher level of care");
  }, 60_000);

  it("within 14 days of a RED or ORANGE alert, closed or not", async () => {
    const around = await inWeekTwo();
    const { life, staff } = around;
    await life.until("2027-01-19 10:00");
    await life.text("I want to die");
    const { escalationId } = await staff.alert();
    const path = `/escalations/${escalationId}`;
    await staff.ok(avery, "POST", `${path}/contact`, {
      outcome: "spoke-with-participant",
      confirmed: true,
    });
    await staff.ok(avery, "POST", `${path}/closure`, {
      outcome: "safe-with-plan",
      reason: "Spoke at length",
    });
    await miss(around, later, "thu-group", "09:10");
    expect((await decisions(staff))[0]?.words).toContain("of a RED or ORANGE alert");
  }, 60_000);

  it("for a missed visit about medication", async () => {
    const around = await inWeekTwo();
    await miss(around, "2027-01-26", "tue-medication", "12:10");
    expect((await decisions(around.staff))[0]?.words).toContain("a visit about medication");
  }, 60_000);

  it("for all others by 48 h, and asked once", async () => {
    const around = await inWeekTwo();
    const { life, staff } = around;
    await miss(around, "2027-01-19", "tue-skills", "09:10");
    expect(await decisions(staff)).toEqual([]);
    await life.until("2027-01-21 09:10");
    expect(await decisions(staff)).toHaveLength(1);
  }, 60_000);

  it("is not asked a second time by the ladder's own step while it stands", async () => {
    const around = await admitted();
    const { life, staff } = around;
    await miss(around, tuesday, "tue-skills", "09:15");
    await life.until("2027-01-14 12:00");
    expect(await decisions(staff)).toHaveLength(1);
  }, 60_000);

  it("ends where the no-show was a mistake", async () => {
    const around = await admitted();
    await miss(around, tuesday, "tue-skills", "09:15");
    await around.staff.mark(tuesday, "tue-skills", {
      status: "present",
      reason: "Sat at the back",
    });
    expect(await decisions(around.staff)).toEqual([]);
  }, 60_000);
});

describe("A participant without a phone is reached as they said; no phone never means lost contact", () => {
  const reachBy = "Ask for them at the desk of the Elm Street shelter";

  it("no text is tried, every step is work that says how, and lost contact is refused", async () => {
    const around = await admitted({
      source: "referrer",
      participant: {
        name: { given: "Wren", family: "Quillfeather" },
        birthDate: "1990-05-04",
        reachBy,
        language: "en",
      },
      consents: { sms: false, email: false, voicemail: false },
      responses: [answersOnPaper],
    });
    const { life, staff } = around;
    await staff.finish(casey, await staff.task("first-contact-call"), "reached");
    await life.until("2027-01-11 12:00");
    await admit(staff);
    await miss(around, tuesday, "tue-skills", "09:15");
    await life.until(`${tuesday} 10:00`);
    expect(life.world.sent).toEqual([]);
    const [step] = (await staff.tasks("outreach-call")).filter(
      ({ words }) => !words.includes("welfare check"),
    );
    expect(step).toMatchObject({
      words: "No message may be sent. Reach the person as they asked.",
      assignedFunction: "case-manager",
      dueAt: at(`${tuesday} 10:15`),
    });
    expect(JSON.stringify(await staff.ok(casey, "GET", `/episodes/${life.episodeId}`))).toContain(
      reachBy,
    );
    await life.until("2027-02-08 12:00");
    const decision = await staff.task("outreach-decision");
    const path = `/tasks/${decision.taskId}/outcome`;
    expect(await staff.refused(taylor, "POST", path, { outcome: "propose-discharge" })).toContain(
      "has no phone and is reached as they said; that is not lost contact",
    );
    expect((await life.state()).episode.status).toBe("active");
  }, 120_000);
});
