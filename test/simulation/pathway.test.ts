import { beforeAll, describe, expect, it } from "vitest";
import { isOpenItem } from "../../shared/care/change/draft.ts";
import { Life } from "./life.ts";

const monday = (week: number) =>
  new Date(Date.UTC(2027, 0, 11 + (week - 1) * 7)).toISOString().slice(0, 10);

/** What happens to one participant between two of these: a rebuild, for one. */
type Between = (life: Life) => Promise<void>;

/** From the referral to the closing of the aftercare, 421 days later; answers the life that was lived. */
async function live(options: { readonly repeat?: boolean; readonly between?: Between } = {}) {
  const life = new Life("2027-01-11 08:30");
  await life.start();
  life.world.isRepeatingSteps = options.repeat ?? false;
  const between = async () => {
    await options.between?.(life);
  };
  await life.until("2027-01-11 09:00");
  await life.refer();
  await between();
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 2);
  await life.until("2027-01-11 11:00");
  await between();
  await life.decide("admission-approval");
  await between();
  for (const week of [1, 2, 3, 4, 5, 6]) {
    await life.attendWeek(
      monday(week),
      week,
      (date, slot) => {
        if (date === monday(1) && slot === "mon-group") return "left-out";
        if (date === "2027-02-11" && slot === "thu-group") return "no-show";
        return date === "2027-02-01" && slot === "mon-group" ? "excused" : "present";
      },
      async (date, slot) => {
        await between();
        if (date === "2027-02-11" && slot === "thu-group") {
          await life.until("2027-02-11 10:15");
          await life.finish("outreach-call", "reached", { note: "The bus did not come" });
        }
        if (date === monday(5) && slot === "mon-group") {
          await life.until("2027-02-08 10:00");
          expect((await life.task("hours-review")).evidence).toMatchObject({
            attendedMinutes: 510,
            minimumMinutes: 540,
          });
          await life.finish("hours-review", "reviewed");
        }
      },
    );
  }
  await life.until("2027-02-22 09:05");
  await life.decide("week-review-approval");
  await between();
  await life.until("2027-02-22 10:00");
  await life.writeCrisisPlan();
  for (const item of await life.tasks("discharge-checklist")) await life.finishTask(item, "done");
  await life.until("2027-02-22 11:00");
  await life.decide("discharge-approval", "although-not-met");
  await between();
  await life.until("2027-02-23 15:00");
  await life.finish("aftercare-call", "reached", { note: "Doing well" });
  await between();
  for (const date of ["2027-03-01", "2027-03-08"]) {
    await life.until(`${date} 18:00`);
    await life.answerCheckIn();
    await between();
  }
  await life.until("2027-03-31 15:00");
  await life.finish("outreach-call", "reached", { note: "Was travelling" });
  await life.until("2027-04-23 18:00");
  await life.answerCheckIn({ craving: 4 });
  await between();
  await life.until("2027-04-26 09:30");
  await life.finish("check-in-call", "reached", { note: "Sees the prescriber tomorrow" });
  for (const date of ["2027-05-24", "2027-08-23", "2028-02-22"]) {
    await life.until(`${date} 12:00`);
    await between();
    await life.until(`${date} 18:00`);
    await life.answerCheckIn();
    await between();
  }
  await life.until("2028-02-23 10:00");
  await life.decide("closing-approval");
  await life.until("2028-03-15 12:00");
  return life;
}

const outbox = [
  "2027-01-11 intake-received email",
  "2027-01-11 ask-forms sms",
  "2027-01-11 welcome sms",
  // This evening's family visit, and tomorrow's group.
  "2027-01-11 session-reminder sms",
  "2027-01-11 session-reminder sms",
  "2027-01-12 weekly-text sms",
  "2027-01-13 session-reminder sms",
  "2027-01-14 session-reminder sms",
  "2027-01-17 weekly-text sms",
  "2027-01-24 weekly-text sms",
  "2027-01-25 measures sms",
  "2027-01-31 weekly-text sms",
  "2027-02-07 weekly-text sms",
  "2027-02-08 measures sms",
  "2027-02-11 missed-session sms",
  "2027-02-14 weekly-text sms",
  "2027-02-14 session-reminder sms",
  "2027-02-15 session-reminder sms",
  "2027-02-17 session-reminder sms",
  "2027-02-18 session-reminder sms",
  "2027-02-22 discharged sms",
  "2027-03-01 check-in sms",
  "2027-03-08 check-in sms",
  "2027-03-24 check-in sms",
  "2027-03-25 check-in-reminder email",
  "2027-03-26 check-in-reminder sms",
  "2027-04-23 check-in sms",
  "2027-05-24 check-in sms",
  "2027-08-23 check-in sms",
  "2028-02-22 check-in sms",
  "2028-02-23 aftercare-closed sms",
].sort();

describe("one participant from the referral to the closing of the aftercare", () => {
  let life: Life;
  beforeAll(async () => {
    life = await live();
  }, 120_000);

  it("got every message once, on its day, and no other", () => {
    expect(life.outbox().sort()).toEqual(outbox);
  });

  it("met no problem on the way", () => {
    expect(life.world.problems).toEqual([]);
  });

  it("ended because a person closed the pathway, with nothing left to do", async () => {
    const { episode, items } = await life.state();
    expect(episode.status).toBe("closed");
    expect(
      [...items.values()]
        .filter((item) => isOpenItem(item) && item.kind !== "hold")
        .map((item) => item.sk),
    ).toEqual([]);
  });

  it("has each step of the pathway in the audit trail once, in order", async () => {
    const actions = (await life.audit()).map((entry) => entry.action);
    const once = [
      ...["intake-acknowledged", "forms-asked", "admission-proposed", "admission-approved"],
      ...["participant-admitted", "week-review-approved", "discharge-planning-started"],
      ...["discharge-checklist-opened", "discharge-approved", "participant-discharged"],
      ...["aftercare-started", "closing-approved"],
    ];
    expect(actions.filter((action) => once.includes(action))).toEqual(once);
    expect(actions.filter((action) => action === "week-opened")).toHaveLength(6);
    expect(actions.filter((action) => action === "week-closed")).toHaveLength(6);
  });

  it("left no execution older than 35 days, whatever the gap, and none failed", () => {
    const executions = life.world.engine.listExecutions({});
    expect(executions.length).toBeGreaterThan(16);
    for (const { name, status, startDate, stopDate } of executions) {
      expect(status, name).toBe("SUCCEEDED");
      expect((stopDate ?? Date.parse(life.world.now())) - startDate, name).toBeLessThan(
        35 * 86_400_000,
      );
    }
  });
});

describe("the same life under disturbance", () => {
  it("is the same when every step runs twice after its commit", async () => {
    const life = await live({ repeat: true });
    expect(life.world.problems).toEqual([]);
    expect(life.outbox().sort()).toEqual(outbox);
    expect((await life.state()).episode.status).toBe("closed");
  });

  it("goes on where it was after all executions are deleted, again and again", async () => {
    let rebuilds = 0;
    const life = await live({
      between: async ({ world }) => {
        const before = world.sent.length;
        await world.engine.deleteAllExecutions();
        await world.rebuild();
        await world.settle();
        rebuilds += 1;
        expect(world.sent.length).toBe(before);
      },
    });
    expect(rebuilds).toBeGreaterThan(40);
    expect(life.world.problems).toEqual([]);
    expect(life.outbox().sort()).toEqual(outbox);
    expect((await life.state()).episode.status).toBe("closed");
  });
});
