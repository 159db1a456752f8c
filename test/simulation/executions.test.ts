import { describe, expect, it } from "vitest";
import type { WorldObserver } from "../../local/in-memory/memory-world.ts";
import { runSk } from "../../shared/care/runs/workflow-runs.ts";
import { itemPrefixes } from "../../shared/keys/keys.ts";
import { carryOutOutboxEntry } from "../../workflows/run/carry-out-outbox-entry.ts";
import { wakeRun } from "../../workflows/run/start-run.ts";
import { Life } from "./life.ts";

const dayMs = 86_400_000;
/** As AWS counts them: an execution that has more is ended. */
const maxEvents = 25_000;
/** The design's own limit; AWS's is a year. */
const maxDays = 35;

/** Somebody who was referred on a Monday morning and has been asked for forms. */
async function referred(observer?: WorldObserver): Promise<Life> {
  const life = new Life("2027-01-11 08:30", observer);
  await life.start();
  await life.until("2027-01-11 09:00");
  await life.refer();
  return life;
}

/** Everybody's answers are in, and a person has to decide about the admission. */
async function atTheDecision(observer?: WorldObserver): Promise<Life> {
  const life = await referred(observer);
  await life.until("2027-01-11 10:00");
  await life.answerForm("ask-forms", 2);
  await life.until("2027-01-11 10:30");
  return life;
}

const executions = (life: Life, workflow: string) =>
  life.world.engine
    .listExecutions({})
    .filter(({ name }) => name.startsWith(`${workflow}-`))
    .toSorted((one, other) => one.startDate - other.startDate);

/** Executions are looked at by their age and their history, as AWS would. */
function expectYoungAndShort(life: Life): void {
  for (const { name, executionArn, startDate, stopDate } of life.world.engine.listExecutions({})) {
    const ageDays = ((stopDate ?? Date.parse(life.world.now())) - startDate) / dayMs;
    expect(ageDays, name).toBeLessThan(maxDays);
    expect(life.world.engine.getExecutionHistory(executionArn).length, name).toBeLessThan(
      maxEvents,
    );
  }
}

/** A decision rests for half a minute, in which it may be taken back. */
async function admit(life: Life): Promise<void> {
  await life.decide("admission-approval", "admit");
  await life.world.advanceHours(0.02);
}

const watched: WorldObserver = {
  store: (store) => store,
  logger: { info: () => {}, warn: () => {}, error: () => {} },
  call: (_name, run) => run(),
  committed: () => {},
};

describe("an execution does not grow old", () => {
  it("by days: a person who is not decided about for a quarter is carried on by one after another", async () => {
    const life = await atTheDecision(watched);
    await life.until("2027-04-15 12:00");
    expect(executions(life, "intake").length).toBeGreaterThanOrEqual(4);
    expectYoungAndShort(life);
    expect(executions(life, "intake").filter(({ status }) => status === "RUNNING")).toHaveLength(1);
    const asked = await life.tasks("admission-approval");
    expect(asked).toHaveLength(1);
    await admit(life);
    expect((await life.state()).episode.admittedOn).toBe("2027-04-15");
    expect(life.world.problems).toEqual([]);
  });

  it("by events: however often it is woken, it hands over long before its history is full", async () => {
    const life = await atTheDecision(watched);
    const sk = runSk("intake", life.episodeId);
    const sentBefore = life.world.sent.length;
    for (let wake = 0; wake < 200; wake += 1) {
      await wakeRun(life.world.deps, life.episodeId, sk);
      await life.world.settle();
    }
    const own = executions(life, "intake");
    expect(own.length).toBeGreaterThanOrEqual(3);
    expectYoungAndShort(life);
    // A tenth of what AWS allows: one long day never comes near it.
    for (const { executionArn } of own)
      expect(life.world.engine.getExecutionHistory(executionArn).length).toBeLessThan(
        maxEvents / 10,
      );
    expect(life.world.sent.length).toBe(sentBefore);
    await admit(life);
    expect((await life.state()).episode.admittedOn).toBe("2027-01-11");
    expect(life.world.problems).toEqual([]);
  });
});

describe("an execution that is gone", () => {
  it("is taken over as soon as a person decides, without waiting for the sweep", async () => {
    const life = await atTheDecision();
    await life.world.engine.deleteAllExecutions();
    await life.decide("admission-approval", "admit");
    const names = () => executions(life, "intake").map(({ name }) => name.slice(-2));
    expect(names()).toEqual(["g2"]);
    await life.world.advanceHours(0.02);
    expect((await life.state()).episode.admittedOn).toBe("2027-01-11");
    expect(names()).toEqual(["g2"]);
    expect(life.world.problems).toEqual([]);
  });

  it("is taken over by the sweep when its wait should have ended, and does what was due", async () => {
    const life = await referred();
    await life.world.engine.deleteAllExecutions();
    expect(executions(life, "intake")).toEqual([]);
    await life.until("2027-01-20 12:00");
    const names = executions(life, "intake").map(({ name }) => name.slice(-2));
    expect(names).toContain("g2");
    // The reminders that hang on its waits went out, and the call that follows them is asked for.
    expect(life.outbox().filter((line) => line.includes("remind-forms")).length).toBeGreaterThan(0);
    expect(life.world.problems).toEqual([]);
  });

  it("and one that was ended from outside is taken over at once, what runs is left alone", async () => {
    const life = await atTheDecision();
    await life.world.rebuild();
    await life.world.settle();
    expect(executions(life, "intake")).toHaveLength(1);
    const [running] = executions(life, "intake");
    life.world.engine.stopExecution({ executionArn: running?.executionArn ?? "" });
    await life.world.settle();
    const after = executions(life, "intake").map(
      ({ name, status }) => `${name.slice(-2)} ${status}`,
    );
    expect(after).toEqual(["g1 ABORTED", "g2 RUNNING"]);
    await admit(life);
    expect((await life.state()).episode.admittedOn).toBe("2027-01-11");
  });
});

describe("a wait that is registered late", () => {
  it("for what was so before a decision is refused: the machine looks again and goes on at once", async () => {
    let life: Life | undefined;
    let isDecided = false;
    const observer: WorldObserver = {
      ...watched,
      call: async (name, run) => {
        const isWaitForDecision =
          name === "hold-care" &&
          !isDecided &&
          life !== undefined &&
          (await life.tasks("admission-approval")).length > 0;
        if (isWaitForDecision && life !== undefined) {
          // Between the look that planned the wait and its registration a person decides.
          isDecided = true;
          await decideOnly(life);
        }
        return run();
      },
    };
    life = new Life("2027-01-11 08:30", observer);
    await life.start();
    await life.until("2027-01-11 09:00");
    await life.refer();
    await life.until("2027-01-11 10:00");
    await life.answerForm("ask-forms", 2);
    await life.until("2027-01-11 10:05");
    expect(isDecided).toBe(true);
    expect((await life.state()).episode.admittedOn).toBe("2027-01-11");
    expect(life.world.problems).toEqual([]);
  });
});

/** Decides, and carries out what that owes, while the machine is on its way to its wait. */
async function decideOnly(life: Life): Promise<void> {
  const { world } = life;
  const settle = world.settle.bind(world);
  Object.assign(world, { settle: async () => {} });
  try {
    await life.decide("admission-approval", "admit");
    // What the decision owes is carried out: there is no wait yet that it could end.
    for (const { pk, sk } of world.store.all("care"))
      if (sk.startsWith(itemPrefixes.effect)) await carryOutOutboxEntry(world.deps, { pk, sk });
  } finally {
    Object.assign(world, { settle });
  }
}
