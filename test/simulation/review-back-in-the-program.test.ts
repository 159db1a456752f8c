import { describe, expect, it } from "vitest";
import { advanceCare } from "../../functions/advance-care/advance-care.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import type { Store } from "../../shared/ports/store.ts";
import { Life } from "./life.ts";
import { taylor } from "./staff-calls.ts";

/** Somebody on the Monday of the first week. */
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

const leave = { to: "discharge", disposition: "left-before-completing", reason: "Moved." } as const;
const comeBack = { to: "reverse-discharge", reason: "Stays after all." } as const;

async function sessionsFrom(life: Life, instant: string): Promise<readonly Session[]> {
  const { items } = await life.state();
  return [...items.values()].filter(
    (item): item is Session =>
      item.kind === "session" && item.status === "planned" && item.scheduledStartAt > instant,
  );
}

async function weekRuns(life: Life): Promise<readonly WorkflowRun[]> {
  const { items } = await life.state();
  return [...items.values()].filter(
    (item): item is WorkflowRun =>
      item.kind === "driver" && item.workflow === "weekly-program" && item.status !== "done",
  );
}

/** The store, with something that happens just before its next transaction. */
function beforeNextCommit(store: Store, happen: () => Promise<void>): Store {
  let isOver = false;
  return {
    get: (...asked) => store.get(...asked),
    getMany: (...asked) => store.getMany(...asked),
    query: (...asked) => store.query(...asked),
    queryIndex: (...asked) => store.queryIndex(...asked),
    transact: async (operations) => {
      if (!isOver) {
        isOver = true;
        await happen();
      }
      await store.transact(operations);
    },
  };
}

describe("a discharge that is reversed within its hours", () => {
  it("brings back the sessions of the week that have not begun, and their hours", async () => {
    const life = await inTheProgram();
    const before = await sessionsFrom(life, life.world.now());
    const hours = (await life.state()).episode.weeks;
    expect(before.length).toBeGreaterThan(2);
    await life.staff.onEpisode(taylor, "transition", leave);
    expect(await sessionsFrom(life, life.world.now())).toEqual([]);
    // The skills group of Tuesday is over by then.
    await life.world.advanceHours(22);
    await life.staff.onEpisode(taylor, "transition", comeBack);
    const now = life.world.now();
    const after = await sessionsFrom(life, now);
    const ahead = before.filter((session) => session.scheduledStartAt > now);
    expect(after.map((session) => session.sk).sort()).toEqual(ahead.map((one) => one.sk).sort());
    const [week] = (await life.state()).episode.weeks;
    expect(week?.expectedMinutes).toBeGreaterThan(0);
    expect(week?.expectedMinutes).toBeLessThan(hours[0]?.expectedMinutes ?? 0);
    expect(week?.isFullWeek).toBe(false);
    // The week goes on, is closed, and is followed by the next one.
    expect((await weekRuns(life)).map((run) => run.data.week)).toEqual([1]);
    await life.until("2027-01-19 08:00");
    const { episode } = await life.state();
    expect(episode.weeks.map((one) => one.week)).toEqual([1, 2]);
    expect(episode.weeks[0]?.closedAt).toBeDefined();
    expect(life.world.problems).toEqual([]);
  });

  it("leaves nothing of the cancelled sessions in sight when it stands", async () => {
    const life = await inTheProgram();
    await life.staff.onEpisode(taylor, "transition", leave);
    await life.world.advanceHours(80);
    const { episode } = await life.state();
    expect(episode.status).toBe("aftercare");
    expect(episode.open.filter((sk) => sk.startsWith("SESSION#"))).toEqual([]);
  });

  it("is carried on by a week also when the week's workflow was about to end", async () => {
    const life = await inTheProgram();
    const [run] = await weekRuns(life);
    const decide = (body: typeof leave | typeof comeBack) =>
      life.staff.callAlone(taylor, "POST", `/episodes/${life.episodeId}/transition`, body);
    await decide(leave);
    // The workflow has seen the discharge; before it can say that it is done, the person is back.
    const store = beforeNextCommit(life.world.store, async () => void (await decide(comeBack)));
    const look = advanceCare(
      { ...life.world.deps, store },
      {
        schemaVersion: 1,
        workflow: "weekly-program",
        driverId: run?.driverId ?? "",
        episodeId: life.episodeId,
        generation: run?.generation ?? 1,
        step: "review-week",
        executionName: `${run?.driverId}-g${run?.generation}`,
        executionStartedAt: life.world.now(),
        enteredAt: life.world.now(),
        looks: 0,
      },
    );
    await expect(look).rejects.toMatchObject({ name: "TransactionConflictError" });
    await life.world.settle();
    expect((await weekRuns(life)).length).toBeGreaterThan(0);
  });
});
