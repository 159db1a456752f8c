// Long because it is the whole matrix of tiers and hours, read side by side.
import { describe, expect, it } from "vitest";
import { isRefusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Escalation, ReadAnswer } from "../../shared/care/episode/escalation.ts";
import { dispositions } from "../../shared/care/program/program.ts";
import { lockingAlerts, safetyLock } from "../../shared/care/safety/safety-lock.ts";
import { keys } from "../../shared/keys/keys.ts";
import { applyDeferred } from "../../shared/messages/apply-deferred.ts";
import { acknowledgeEscalation } from "../../workflows/escalation/acknowledge.ts";
import { answerReading } from "../../workflows/escalation/answer-reading.ts";
import { closeEscalation } from "../../workflows/escalation/close-escalation.ts";
import { type ContactOutcome, recordContact } from "../../workflows/escalation/record-contact.ts";
import { instantOf } from "../e2e/support/local-time.ts";
import { Life, team } from "./life.ts";

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

async function alerts(life: Life): Promise<readonly Escalation[]> {
  const pk = keys.episode(life.episodeId).pk;
  const { items } = await life.world.store.query("care", pk, { skPrefix: "ESC#", limit: 50 });
  return items as unknown as readonly Escalation[];
}

async function theAlert(life: Life): Promise<Escalation> {
  const [alert, ...others] = await alerts(life);
  if (alert === undefined || others.length > 0)
    throw new Error(`There are ${others.length + 1} alerts`);
  return alert;
}

const followUp = (life: Life): Promise<CareTask> => life.task("safety-follow-up");

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

async function onAlert(
  life: Life,
  decide: (
    state: OpenState,
    escalationSk: string,
    ctx: DecisionContext,
  ) => ReturnType<typeof recordContact>,
  actor: Actor = team,
): Promise<void> {
  const { sk } = await theAlert(life);
  await life.command((state, ctx) => decide(state, sk, ctx), actor, [sk]);
}
const take = (life: Life) =>
  onAlert(life, (state, escalationSk, ctx) => acknowledgeEscalation(state, { escalationSk }, ctx));
const answer = (life: Life, said: ReadAnswer) =>
  onAlert(life, (state, escalationSk, ctx) =>
    answerReading(state, { escalationSk, answer: said }, ctx),
  );
const contact = (life: Life, outcome: ContactOutcome) =>
  onAlert(life, (state, escalationSk, ctx) => recordContact(state, { escalationSk, outcome }, ctx));

/** The sentence with which something about the alert is refused. */
async function refusal(
  life: Life,
  decide: (
    state: OpenState,
    escalationSk: string,
    ctx: DecisionContext,
  ) => ReturnType<typeof recordContact>,
  actor: Actor = team,
): Promise<string> {
  const { sk } = await theAlert(life);
  let sentence = "";
  await life
    .command(
      (state, ctx) => {
        const result = decide(state, sk, ctx);
        sentence = isRefusal(result) ? result.sentence : "";
        return result;
      },
      actor,
      [sk],
    )
    .catch(() => undefined);
  return sentence;
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
    await text(life, "crisis-words.en.wish-to-die");
    await life.until("2027-01-16 15:59");
    expect(pages(life)).toHaveLength(12);
  }, 60_000);
});

/** What a text of danger does to the episode it is about, by the rule that read it. */
async function text(life: Life, rule: string): Promise<void> {
  const crisis = { type: "crisis-words", source: "text", rule, noteId: "n1" } as const;
  await life.command((state, ctx) => {
    const change = applyDeferred(state, crisis, ctx);
    if (change === undefined) throw new Error("Nothing was raised");
    return change;
  });
}

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
    const close =
      (outcome: string) => (state: OpenState, escalationSk: string, ctx: DecisionContext) =>
        closeEscalation(state, { escalationSk, outcome, reason: "Spoke at length" }, ctx);
    expect(await refusal(life, close("safe-with-plan"))).toContain("Record contact");
    await contact(life, "spoke-with-participant");
    const manager: Actor = { kind: "staff", staffId: "lee", functions: ["case-manager"] };
    expect(await refusal(life, close("safe-with-plan"), manager)).toContain("by a clinician");
    await onAlert(life, close("safe-with-plan"));
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
      assignedTo: "staff-one",
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
    await text(life, "crisis-words.en.dark-thoughts");
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
    const put = (state: OpenState, escalationSk: string, ctx: DecisionContext) =>
      answerReading(state, { escalationSk, answer: "call-in-the-morning" }, ctx);
    expect(await refusal(life, put)).toContain("it does not wait");
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
    const later = (state: OpenState, escalationSk: string, ctx: DecisionContext) =>
      answerReading(state, { escalationSk, answer: "call-in-the-morning" }, ctx);
    expect(await refusal(life, later)).toContain("called today");
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
    await onAlert(life, (state, escalationSk, ctx) =>
      closeEscalation(state, { escalationSk, outcome: "safe-with-plan", reason: "Spoke" }, ctx),
    );
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
  it("and locks from then on", async () => {
    const life = await withFormAt(night);
    await text(life, "crisis-words.en.wish-to-die");
    expect(pages(life)).toEqual(["11 22:00 primary"]);
    expect(lockingAlerts(await life.state())).toEqual([]);
    await onAlert(life, (state, escalationSk, ctx) =>
      recordContact(state, { escalationSk, outcome: "not-reached", confirmed: true }, ctx),
    );
    expect(lockingAlerts(await life.state())).toHaveLength(1);
  }, 60_000);
});

describe("Open RED or ORANGE locks completed, step-down and administrative only", () => {
  it.each([
    [3, ["completed", "transfer-down", "administrative"]],
    [2, ["completed", "transfer-down", "administrative"]],
    [1, []],
  ] as const)(
    "after an answer of %i: %j",
    async (value, locked) => {
      const life = await withFormAt(night);
      await life.answerItem9(value);
      const state = await life.state();
      expect(dispositions.filter((one) => safetyLock(state, one) !== undefined)).toEqual(locked);
    },
    60_000,
  );
});
