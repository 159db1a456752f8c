import { beforeAll, describe, expect, test } from "vitest";
import { isFullVolume, seed } from "../builders/properties.ts";
import { Client, type OutboxMessage } from "./support/client.ts";
import { LocalServer } from "./support/local-server.ts";
import { localTimeOf } from "./support/local-time.ts";
import { Office, type StoredMessage, type Task, type WorkflowRun } from "./support/office.ts";
import { seededNumbers } from "./support/seeded.ts";
import { MissingLinkError, type RepeatableStep, ShortPathway } from "./support/short-pathway.ts";

const startAt = "2027-01-11T14:00:00Z";

const randomKills = isFullVolume ? 60 : 16;

/** Power cuts at the instants that matter most, and the step in which each is waited for. */
const namedKills: Readonly<Record<string, string>> = {
  refer: "before-claim:1",
  "the first morning": "after-claim:1",
  "a neutral text has gone": "after-capture:1",
  "a farewell has gone": "after-record:1",
};

type Run = {
  readonly outbox: readonly OutboxMessage[];
  readonly messages: readonly StoredMessage[];
  readonly tasks: readonly Task[];
  readonly millisecondsOf: ReadonlyMap<string, number>;
  readonly kills: readonly string[];
  readonly drills: readonly Drill[];
};
type Drill = {
  readonly step: string;
  readonly before: readonly WorkflowRun[];
  readonly after: readonly WorkflowRun[];
  readonly running: number;
  readonly isOutboxUnchanged: boolean;
};

/** Steps at which something waits: what an execution held is to be found again. */
const drilledAt = ["the day before", "a neutral text has gone", "leave the check-in of day 14"];

describe("the pathway under power cuts", () => {
  let undisturbed: Run;
  let disturbed: Run;

  beforeAll(async () => {
    console.log(`Seed of the power cuts: ${seed} (THROUGHCARE_TEST_SEED to choose another)`);
    undisturbed = await play(undefined);
    disturbed = await play(undisturbed.millisecondsOf);
    console.log(`Power cuts: ${disturbed.kills.join("; ")}`);
  }, 900_000);

  test("the server was killed at twenty points, the four named ones among them", () => {
    expect(disturbed.kills.length).toBeGreaterThanOrEqual(randomKills + 4);
    for (const point of Object.values(namedKills))
      expect(
        disturbed.kills.some((kill) => kill.includes(point)),
        point,
      ).toBe(true);
  });

  test("the same messages went, save those whose sending is unknown and waits for a person", () => {
    const unknown = disturbed.messages.filter((message) => message.status === "UNKNOWN");
    const wanted = countByKey(undisturbed.outbox);
    const found = countByKey(disturbed.outbox);
    const missing = [...wanted].filter(([key]) => !found.has(key)).map(([key]) => key);
    const extra = [...found].filter(([key]) => !wanted.has(key)).map(([key]) => key);
    for (const key of missing) {
      const isUnknown = unknown.some((message) =>
        key.includes(` ${message.templateId} ${message.channel}`),
      );
      expect(isUnknown, `${key} is missing and nobody was told`).toBe(true);
    }
    // Whoever did not get a link is reminded: the only messages that a lost one may add.
    const lostLinks = unknown.filter(({ templateId }) =>
      ["ask-forms", "check-in"].includes(templateId),
    );
    expect(lostLinks.length === 0 ? extra : extra.filter((key) => !/remind/.test(key))).toEqual([]);
    expect(missing.length).toBeLessThanOrEqual(unknown.length);
  });

  test("no message went twice", () => {
    const ids = disturbed.outbox.map((message) => message.messageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(undefined);
    expect([...countByKey(disturbed.outbox).values()].every((count) => count === 1)).toBe(true);
  });

  test("each message of unknown end has a staff task", () => {
    const unknown = disturbed.messages.filter((message) => message.status === "UNKNOWN");
    expect(unknown.length).toBeGreaterThanOrEqual(1);
    for (const message of unknown) {
      const task = disturbed.tasks.find((one) => one.about?.id === message.messageId);
      // The discharge takes back what was about the program; nothing else may close it but a person.
      const isOfProgram = !message.step.startsWith("check-in") && message.step !== "discharged";
      const about = `${message.step} ${message.occurrence}`;
      expect(isOfProgram ? ["open", "cancelled"] : ["open"], about).toContain(task?.status);
    }
    const settled = ["ACCEPTED", "DELIVERED", "SUPPRESSED", "CANCELLED", "UNKNOWN"];
    expect(disturbed.messages.filter((message) => !settled.includes(message.status))).toEqual([]);
  });

  test("after deleting every execution a rebuild puts each driver back at its step", () => {
    expect(disturbed.drills.length).toBe(3);
    for (const drill of disturbed.drills) {
      const steps = (runs: readonly WorkflowRun[]) =>
        runs.map(({ sk, step, status }) => ({ sk, step, status }));
      expect(steps(drill.after), drill.step).toEqual(steps(drill.before));
      const alive = drill.after.filter((run) => run.status === "running");
      expect(alive.length, drill.step).toBeGreaterThan(0);
      expect(drill.running, drill.step).toBe(alive.length);
      expect(drill.isOutboxUnchanged, drill.step).toBe(true);
    }
  });

  /** Plays the whole pathway; with the measured times of another run, under power cuts. */
  async function play(times: ReadonlyMap<string, number> | undefined): Promise<Run> {
    const server = new LocalServer({ startAt });
    try {
      return await new KillableRun(server, times).play();
    } finally {
      await server.stop();
    }
  }
});

/** What a message is, whoever it went to: the day, the template, the channel. */
function countByKey(outbox: readonly OutboxMessage[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const message of outbox) {
    const { date } = localTimeOf(message.sentAt, "America/New_York");
    const key = `${date} ${message.templateId} ${message.channel}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function isConnectionLost(error: unknown): boolean {
  return error instanceof TypeError && error.message === "fetch failed";
}

class KillableRun {
  readonly #server: LocalServer;
  readonly #client: Client;
  readonly #office: Office;
  readonly #pathway: ShortPathway;
  readonly #times: ReadonlyMap<string, number> | undefined;
  readonly #random = seededNumbers(seed);
  readonly #kills: string[] = [];
  readonly #drills: Drill[] = [];
  #armed: string | undefined;
  #isCutByHand = false;
  #isCut = false;

  constructor(server: LocalServer, times: ReadonlyMap<string, number> | undefined) {
    this.#server = server;
    this.#times = times;
    this.#client = new Client(() => server.url);
    this.#office = new Office(this.#client);
    this.#pathway = new ShortPathway(this.#client, this.#office);
  }

  async play(): Promise<Run> {
    const steps = this.#pathway.steps();
    const cutsPerStep = this.#planCuts(steps.length);
    const millisecondsOf = new Map<string, number>();
    if (this.#times === undefined) await this.#server.start();
    for (const [index, step] of steps.entries()) {
      const name = `${index} ${step.what}`;
      const startedAt = performance.now();
      await this.#arm(step);
      const timers = this.#scheduleCuts(name, cutsPerStep[index] ?? 0);
      await this.#survive(step);
      const justLook = { ...step, act: async () => {} };
      let areCut = false;
      const cuts = Promise.all(timers).finally(() => {
        areCut = true;
      });
      while (!areCut) {
        await this.#survive(justLook);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await cuts;
      await this.#survive(justLook);
      millisecondsOf.set(name, performance.now() - startedAt);
      if (this.#times !== undefined && drilledAt.includes(step.what)) await this.#drill(step.what);
    }
    return {
      outbox: await this.#client.outbox(),
      messages: await this.#office.messages(this.#pathway.episodeId),
      tasks: await this.#office.tasks(this.#pathway.episodeId),
      millisecondsOf,
      kills: this.#kills,
      drills: this.#drills,
    };
  }

  /** How many random cuts fall into each step. */
  #planCuts(count: number): readonly number[] {
    const cuts = Array.from({ length: count }, () => 0);
    if (this.#times === undefined) return cuts;
    for (let cut = 0; cut < randomKills; cut += 1) {
      const index = Math.floor(this.#random() * count);
      cuts[index] = (cuts[index] ?? 0) + 1;
    }
    return cuts;
  }

  /** Starts the server so that it ends by itself at a named point of this step. */
  async #arm(step: RepeatableStep): Promise<void> {
    const point = namedKills[step.what];
    if (this.#times === undefined || point === undefined) return;
    await this.#server.kill();
    this.#armed = point;
    await this.#server.start({ THROUGHCARE_LOCAL_KILL_AT: point });
    this.#client.forgetTokens();
  }

  /** Cuts the power at random instants of a step, as long as it took undisturbed. */
  #scheduleCuts(name: string, count: number): readonly Promise<void>[] {
    const usual = this.#times?.get(name) ?? 0;
    return Array.from({ length: count }, async (_, index) => {
      const delay = Math.round(this.#random() * usual) + index * 40;
      await new Promise((resolve) => setTimeout(resolve, delay));
      // Where it is down already, the cut comes as soon as it is up again.
      while (!this.#server.isRunning) await new Promise((resolve) => setTimeout(resolve, 20));
      this.#isCut = true;
      this.#isCutByHand = true;
      this.#kills.push(`${name} after ${delay} ms`);
      await this.#server.kill();
    });
  }

  /** Does a step again and again until it has been done, starting the server wherever it was killed. */
  async #survive(step: RepeatableStep): Promise<void> {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      try {
        await this.#revive();
        const now = await this.#client.now();
        if (now < step.at) await this.#client.advanceTo(step.at);
        await step.act();
        await this.#client.outbox();
        return;
      } catch (error) {
        if (!this.#server.isRunning || this.#isCut || isConnectionLost(error)) {
          this.#isCut = false;
          // The connection may be gone a moment before the process is.
          await new Promise((resolve) => setTimeout(resolve, 50));
          continue;
        }
        if (error instanceof MissingLinkError && (await this.#waitForReminder())) continue;
        throw new Error(`${step.what}: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
    }
    throw new Error(`${step.what} was not done in forty tries:\n${this.#server.output}`);
  }

  async #revive(): Promise<void> {
    if (this.#server.isRunning) return;
    // A point that was not reached before another cut is still waited for.
    if (this.#armed !== undefined && !this.#isCutByHand) {
      this.#kills.push(`at ${this.#armed}`);
      this.#armed = undefined;
    }
    this.#isCutByHand = false;
    await this.#server.start(
      this.#armed === undefined ? {} : { THROUGHCARE_LOCAL_KILL_AT: this.#armed },
    );
    this.#client.forgetTokens();
  }

  /** The link went into a message of unknown end: the person waits for the next one, for a day at most. */
  async #waitForReminder(): Promise<boolean> {
    const messages = await this.#office.messages(this.#pathway.episodeId);
    if (!messages.some(({ status }) => status === "UNKNOWN" || status === "CLAIMED")) return false;
    await this.#client.advanceBy("PT6H");
    return true;
  }

  /** Deletes every execution and has the runs rebuilt. */
  async #drill(step: string): Promise<void> {
    const { episodeId } = this.#pathway;
    const outboxBefore = await this.#client.outbox();
    const before = await this.#office.drivers(episodeId);
    await this.#client.ok("DELETE", "/_local/executions");
    const { runningExecutions } = await this.#client.ok("POST", "/_local/doctor", {
      rebuild: true,
    });
    const outboxAfter = await this.#client.outbox();
    this.#drills.push({
      step,
      before,
      after: await this.#office.drivers(episodeId),
      running: runningExecutions,
      isOutboxUnchanged: JSON.stringify(outboxBefore) === JSON.stringify(outboxAfter),
    });
  }
}
