// Long because it is the whole matrix of tiers and hours, read side by side.
import { describe, expect, it } from "vitest";
import { dispositions } from "../../shared/care/program/program.ts";
import { instantOf } from "../e2e/support/local-time.ts";
import { Life } from "./life.ts";
import { type AlertRow, avery, casey, type TaskRow, taylor } from "./staff-calls.ts";

/** What is for the on-call to read, and no danger yet. */
const darkThoughts = "I keep having dark thoughts";

/** The on-call of Riverside, in the order in which they are paged. */
const [primary, backup, supervisor] = ["+12125550113", "+12125550114", "+12125550115"];
const timeZone = "America/New_York";
/** The form is sent on Monday morning; staffing ends at 19:00. */
const night = "2027-01-11 22:00";

/** Somebody who has the intake form, at a wall time. */
async function withFormAt(wallTime: string): Promise<Life> {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  await life.until("2027-01-11 10:00");
  if (wallTime > "2027-01-11 10:00") await life.until(wallTime);
  return life;
}

/** Somebody who was admitted on Monday at 11:00, two hours later. */
async function inTheProgram(): Promise<Life> {
  const life = await withFormAt("2027-01-11 10:00");
  await life.answerForm("ask-forms", 1);
  await life.until("2027-01-11 11:00");
  await life.decide("admission-approval");
  await life.until("2027-01-11 13:00");
  return life;
}

const alerts = (life: Life): Promise<readonly AlertRow[]> => life.staff.alerts();
const theAlert = (life: Life): Promise<AlertRow> => life.staff.alert();
const followUp = (life: Life): Promise<TaskRow> => life.staff.task("safety-follow-up");

/** Pages, one line each: wall time on the day and who was called; every page is a call and a text. */
function pages(life: Life): readonly string[] {
  const calls = life.world.pages.filter(({ by }) => by === "call");
  const texts = life.world.pages.filter(({ by }) => by === "text");
  expect(texts.map(({ at, to }) => [at, to])).toEqual(calls.map(({ at, to }) => [at, to]));
  const names = new Map([
    [primary, "primary"],
    [backup, "backup"],
    [supervisor, "supervisor"],
  ]);
  return calls.map(({ at, to }) => `${wall(at)} ${names.get(to) ?? to}`);
}

function wall(instant: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).format(Date.parse(instant));
  return parts;
}

type Work = "acknowledgement" | "reading" | "contact" | "closure";
const pathOf = async (life: Life, work: Work) =>
  `/escalations/${(await theAlert(life)).escalationId}/${work}`;

/** The clinician on call works on the alert. */
async function onAlert(life: Life, work: Work, body: object = {}): Promise<void> {
  await life.staff.ok(avery, "POST", await pathOf(life, work), body);
}
const take = (life: Life) => onAlert(life, "acknowledgement");
const answer = (life: Life, said: "call-now" | "call-in-the-morning") =>
  onAlert(life, "reading", { answer: said });
const contact = (life: Life, outcome: string) => onAlert(life, "contact", { outcome });
const closing = { outcome: "safe-with-plan", reason: "Spoke at length" };

/** The sentence with which something about the alert is refused. */
async function refusal(life: Life, work: Work, body: object, as = avery): Promise<string> {
  return life.staff.refused(as, "POST", await pathOf(life, work), body);
}

describe("RED: a person has spoken with the participant, or sent help, within 60 min", () => {
  it("pages climb every 15 minutes and come back to everybody until somebody answers, 36 times in three hours", async () => {
    const life = await withFormAt(night);
    await life.answerItem9(3);
    expect(await theAlert(life)).toMatchObject({
      tier: "RED",
      contactDueAt: instantOf("2027-01-11 23:00", timeZone),
    });
    await life.until("2027-01-12 00:59");
    const made = pages(life);
    expect(made).toHaveLength(36);
    for (const who of ["primary", "backup", "supervisor"])
      expect(made.filter((page) => page.endsWith(who))).toHaveLength(12);
    // The first one is rung again after the last one.
    expect(made.slice(9, 12).every((page) => page.endsWith("primary"))).toBe(true);
    expect(life.world.problems).toEqual([]);
  }, 60_000);

  it.each(["spoke-with-participant", "help-sent"] as const)(
    "%s ends the pages",
    async (outcome) => {
      const life = await withFormAt(night);
      await life.answerItem9(3);
      await life.until("2027-01-11 22:20");
      await contact(life, outcome);
      const made = pages(life).length;
      await life.until("2027-01-12 06:00");
      expect(pages(life)).toHaveLength(made);
    },
    60_000,
  );

  it("runs on weekends, too", async () => {
    const life = await withFormAt("2027-01-16 15:00");
    await life.text("I want to die");
    await life.until("2027-01-16 15:59");
    expect(pages(life)).toHaveLength(12);
  }, 60_000);
});

describe("ORANGE: 4 h", () => {
  it("taken without contact by then goes to the next person", async () => {
    const life = await withFormAt(night);
    await life.answerItem9(2);
    expect(await theAlert(life)).toMatchObject({
      tier: "ORANGE",
      contactDueAt: instantOf("2027-01-12 02:00", timeZone),
    });
    await take(life);
    await life.until("2027-01-12 01:59");
    expect(pages(life)).toEqual(["11 22:00 primary"]);
    await life.until("2027-01-12 02:01");
    expect(pages(life)).toEqual(["11 22:00 primary", "12 02:00 backup"]);
  }, 60_000);
});

describe("Acknowledging is not contact: acknowledged but not contacted goes to the next tier", () => {
  it("of a RED alert after the hour, and closing needs contact, an outcome and a clinician", async () => {
    const life = await withFormAt(night);
    await life.answerItem9(3);
    await take(life);
    await life.until("2027-01-11 23:01");
    expect(pages(life)).toEqual(["11 22:00 primary", "11 23:00 backup"]);
    expect((await theAlert(life)).status).toBe("open");
    expect(await refusal(life, "closure", closing)).toContain("Record contact");
    await contact(life, "spoke-with-participant");
    expect(await refusal(life, "closure", closing, casey)).toContain("by a clinician");
    await onAlert(life, "closure", closing);
    expect((await theAlert(life)).status).toBe("closed");
  }, 60_000);
});

describe("YELLOW outside staffed hours: the on-call reads it within 60 min and records call now or call 09:00 tomorrow", () => {
  it("one page and one reminder, the next person once, then the supervisor in the morning: 3 pages in three hours", async () => {
    const life = await withFormAt(night);
    await life.answerItem9(1);
    expect(await theAlert(life)).toMatchObject({
      tier: "YELLOW",
      readBy: instantOf("2027-01-11 23:00", timeZone),
    });
    await life.until("2027-01-12 01:00");
    const atNight = ["11 22:00 primary", "11 22:30 primary", "11 23:00 backup"];
    expect(pages(life)).toEqual(atNight);
    expect(await followUp(life)).toMatchObject({
      assignedFunction: "clinical-lead",
      priority: "safety",
    });
    await life.until("2027-01-12 09:05");
    expect(pages(life)).toEqual([...atNight, "12 09:00 supervisor"]);
    expect((await followUp(life)).assignedFunction).toBe("supervisor");
    // Never silent: once every morning until somebody has read it.
    await life.until("2027-01-14 12:00");
    expect(pages(life).slice(4)).toEqual(["13 09:00 supervisor", "14 09:00 supervisor"]);
    expect((await theAlert(life)).status).toBe("open");
    expect(life.world.problems).toEqual([]);
  }, 60_000);

  it("call now is a call with contact recorded, and goes to the next person where none was made within the hour", async () => {
    const life = await withFormAt(night);
    await life.answerItem9(1);
    await life.until("2027-01-11 22:10");
    await answer(life, "call-now");
    expect(await followUp(life)).toMatchObject({
      assignedTo: avery,
      dueAt: instantOf("2027-01-11 23:10", timeZone),
    });
    await life.until("2027-01-11 23:09");
    expect(pages(life)).toEqual(["11 22:00 primary"]);
    await life.until("2027-01-11 23:11");
    expect(pages(life)).toEqual(["11 22:00 primary", "11 23:10 backup"]);
    expect((await followUp(life)).assignedFunction).toBe("clinical-lead");
    await contact(life, "spoke-with-participant");
    await life.until("2027-01-12 18:00");
    expect(pages(life)).toHaveLength(2);
    expect((await theAlert(life)).status).toBe("contacted");
  }, 60_000);

  it("call 09:00 tomorrow is owed at 09:00 where the site is, and climbs where nobody made it", async () => {
    const life = await withFormAt(night);
    await life.answerItem9(1);
    await life.until("2027-01-11 22:10");
    await answer(life, "call-in-the-morning");
    expect(await followUp(life)).toMatchObject({
      assignedFunction: "clinician",
      dueAt: instantOf("2027-01-12 09:00", timeZone),
      words: expect.stringContaining("call in the morning"),
    });
    await life.until("2027-01-12 09:59");
    expect(pages(life)).toEqual(["11 22:00 primary"]);
    await life.until("2027-01-12 10:01");
    expect(pages(life)).toEqual(["11 22:00 primary", "12 10:00 primary"]);
    expect((await followUp(life)).assignedFunction).toBe("clinical-lead");
    await life.until("2027-01-12 11:01");
    expect((await followUp(life)).assignedFunction).toBe("supervisor");
    expect(pages(life).at(-1)).toBe("12 11:00 backup");
  }, 60_000);

  it("call 09:00 tomorrow on a Friday night pages the on-call on Saturday at 09:00 to make it", async () => {
    const life = await withFormAt("2027-01-15 22:00");
    await life.text(darkThoughts);
    expect((await theAlert(life)).tier).toBe("YELLOW");
    await answer(life, "call-in-the-morning");
    await life.until("2027-01-16 09:01");
    expect(pages(life)).toEqual(["15 22:00 primary", "16 09:00 primary"]);
  }, 60_000);

  it("taking it without an answer is to call now", async () => {
    const life = await withFormAt(night);
    await life.answerItem9(1);
    await take(life);
    expect((await theAlert(life)).answers).toMatchObject([{ answer: "call-now" }]);
  }, 60_000);

  it("an alert about danger cannot be put off to the morning", async () => {
    const life = await withFormAt(night);
    await life.answerItem9(3);
    const later = { answer: "call-in-the-morning" };
    expect(await refusal(life, "reading", later)).toContain("it does not wait");
  }, 60_000);
});

describe("YELLOW in staffed hours: work in the queue with its clock, and no page", () => {
  it("read and called about by the team rings nobody", async () => {
    const life = await withFormAt("2027-01-11 10:00");
    await life.answerItem9(1);
    expect(await followUp(life)).toMatchObject({
      assignedFunction: "clinician",
      priority: "safety",
      dueAt: instantOf("2027-01-11 11:00", timeZone),
    });
    await life.until("2027-01-11 10:50");
    const later = { answer: "call-in-the-morning" };
    expect(await refusal(life, "reading", later)).toContain("called today");
    await take(life);
    await contact(life, "spoke-with-participant");
    await life.until("2027-01-11 18:00");
    expect(pages(life)).toEqual([]);
  }, 60_000);

  it("unread after 60 min goes to the next person once, then to the supervisor in the morning", async () => {
    const life = await withFormAt("2027-01-11 10:00");
    await life.answerItem9(1);
    await life.until("2027-01-11 10:59");
    expect(pages(life)).toEqual([]);
    await life.until("2027-01-11 18:00");
    expect(pages(life)).toEqual(["11 11:00 primary"]);
    expect((await followUp(life)).assignedFunction).toBe("clinical-lead");
    await life.until("2027-01-12 09:01");
    expect(pages(life)).toEqual(["11 11:00 primary", "12 09:00 supervisor"]);
  }, 60_000);

  it("unread when the staff go home is the on-call's from then on", async () => {
    const life = await withFormAt("2027-01-11 18:40");
    await life.answerItem9(1);
    await life.until("2027-01-11 18:59");
    expect(pages(life)).toEqual([]);
    await life.until("2027-01-11 20:30");
    expect(pages(life)).toEqual(["11 19:00 primary", "11 19:30 primary", "11 20:00 backup"]);
  }, 60_000);
});

describe("An item-9 answer no higher than one a clinician assessed in the last 7 days joins that assessment and pages nobody; any rise, or no assessment on file, pages", () => {
  async function assessed(value: number): Promise<Life> {
    const life = await withFormAt(night);
    await life.answerItem9(value);
    await contact(life, "spoke-with-participant");
    await onAlert(life, "closure", closing);
    return life;
  }

  it("the same and a lower answer join it; a rise pages", async () => {
    const life = await assessed(2);
    const before = pages(life).length;
    await life.answerItem9(1);
    await life.answerItem9(2);
    await life.until("2027-01-12 01:00");
    expect(pages(life)).toHaveLength(before);
    expect(await alerts(life)).toHaveLength(1);
    await life.answerItem9(3);
    expect(pages(life)).toHaveLength(before + 1);
    expect(await alerts(life)).toHaveLength(2);
  }, 60_000);
});

describe("A word match pages but locks nothing until a clinician confirms it", () => {
  const end = { to: "discharge", disposition: "completed", reason: "All goals are met" };

  it("before that the pathway may end", async () => {
    const life = await inTheProgram();
    await life.text("I want to die");
    expect(pages(life)).toEqual(["11 13:00 primary"]);
    const path = `/episodes/${life.episodeId}/transition`;
    await life.staff.ok(taylor, "POST", path, end);
    expect((await theAlert(life)).status).toBe("open");
  }, 60_000);

  it("from then on it is locked", async () => {
    const life = await inTheProgram();
    await life.text("I want to die");
    await onAlert(life, "contact", { outcome: "not-reached", confirmed: true });
    const path = `/episodes/${life.episodeId}/transition`;
    expect(await life.staff.refused(taylor, "POST", path, end)).toContain("safety alert is open");
  }, 60_000);
});

describe("Open RED or ORANGE locks completed, step-down and administrative only; the alert stays open with its clock", () => {
  const locked = ["completed", "transfer-down", "administrative"];

  it.each(dispositions.map((disposition) => [disposition]))(
    "%s",
    async (disposition) => {
      const life = await inTheProgram();
      await life.text("I want to die");
      const staff = life.staff;
      await onAlert(life, "contact", { outcome: "not-reached", confirmed: true });
      const before = await theAlert(life);
      const { status, body } = await staff.call(
        taylor,
        "POST",
        `/episodes/${life.episodeId}/transition`,
        { to: "discharge", disposition, reason: "As told on the phone" },
      );
      if (locked.includes(disposition)) {
        expect(status).toBe(409);
        expect(JSON.stringify(body)).toContain("alert");
      } else if (status >= 400) expect(JSON.stringify(body)).not.toContain("alert");
      // A death ends every call to the person; nothing else ends the alert.
      if (disposition !== "deceased")
        expect(await theAlert(life)).toMatchObject({
          status: before.status,
          contactDueAt: before.contactDueAt,
        });
    },
    60_000,
  );
});

describe("A page is a voice call plus a text, repeated; one that cannot be delivered goes to the next person within 60 s", () => {
  it("and so on through the rota; email never counts", async () => {
    const life = await withFormAt(night);
    for (const dead of [primary, backup]) life.world.deadPhones.add(dead);
    await life.answerItem9(3);
    await life.until("2027-01-11 22:01");
    expect(pages(life)).toEqual(["11 22:00 supervisor"]);
    await life.until("2027-01-11 22:06");
    expect(pages(life)).toEqual(["11 22:00 supervisor", "11 22:05 supervisor"]);
    life.world.deadPhones.clear();
    await life.until("2027-01-11 22:11");
    expect(pages(life).at(-1)).toBe("11 22:10 primary");
    expect(life.world.sent.filter(({ at }) => at >= instantOf(night, timeZone))).toEqual([]);
  }, 60_000);

  it("nobody can be reached: tried again within minutes, and never given up", async () => {
    const life = await withFormAt(night);
    for (const dead of [primary, backup, supervisor]) life.world.deadPhones.add(dead);
    await life.answerItem9(3);
    await life.until("2027-01-11 22:30");
    life.world.deadPhones.clear();
    await life.until("2027-01-11 22:40");
    expect(pages(life).length).toBeGreaterThan(0);
    expect((await theAlert(life)).status).toBe("open");
  }, 60_000);
});
