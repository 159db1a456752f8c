// Long because it wires every function to one world, and the wiring is read as one.
import { advanceCare } from "../../functions/advance-care/advance-care.ts";
import {
  carryOutOutbox,
  type OutboxRecord,
} from "../../functions/carry-out-effects/carry-out-effects.ts";
import { holdCare } from "../../functions/hold-care/hold-care.ts";
import { pageOnCall } from "../../functions/page-on-call/page-on-call.ts";
import { sendMessage } from "../../functions/send-message/send-message.ts";
import {
  markExecutionLost,
  sweepStalledWork,
} from "../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { createUlidIds } from "../../shared/aws/ids/ulid-ids.ts";
import { createHmacSecrets } from "../../shared/aws/secrets/hmac-secrets.ts";
import { pageEventSchema } from "../../shared/contracts/page-event.ts";
import { type SendEvent, sendEventSchema } from "../../shared/contracts/send-event.ts";
import {
  holdEventSchema,
  type StepAnswer,
  type StepEvent,
  stepEventSchema,
} from "../../shared/contracts/step-event.ts";
import { itemPrefixes } from "../../shared/keys/keys.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { MessageSender, OutgoingMessage } from "../../shared/ports/message-sender.ts";
import type { Pager } from "../../shared/ports/pager.ts";
import type { Store } from "../../shared/ports/store.ts";
import { type CommittedChange, MemoryStore } from "../../shared/store/memory/memory-store.ts";
import { seededRandom } from "../../shared/store/memory/seeded-random.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { OutboxDeps } from "../../workflows/run/carry-out-outbox-entry.ts";
import { StepFunctionsEngine } from "../step-functions/engine.ts";
import type { LambdaOutcome } from "../step-functions/engine-types.ts";
import { DueWork } from "../world/due-work.ts";
import { bareFunctionName, installMachines } from "../world/machines.ts";
import { WorldLoop } from "../world/world-loop.ts";
import { engineRunner } from "./engine-runner.ts";

export type SentMessage = OutgoingMessage & { readonly at: string };
export type MadePage = { readonly at: string; readonly to: string; readonly by: "text" | "call" };

const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} };

/** Looks on while the world runs; changes nothing of what happens in it. */
export type WorldObserver = {
  /** The store as the functions get it. */
  readonly store: (store: Store) => Store;
  readonly logger: Logger;
  /** Runs one call of a function. */
  readonly call: <Answer>(functionName: string, run: () => Promise<Answer>) => Promise<Answer>;
  /** What each commit tells the tables' streams. */
  readonly committed: (changes: readonly CommittedChange[]) => void;
};

/** What every function in the world is wired with. */
export type WorldDeps = OutboxDeps & {
  readonly logger: Logger;
  readonly sender: MessageSender;
  readonly pager: Pager;
  readonly publicOrigin: string;
};

/** A clock that stands still until it is moved. */
export type MovedClock = Clock & { nowEpochMs(): number; advanceTo(epochMs: number): void };

class HandClock implements MovedClock {
  #nowMs: number;
  #now: string;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
    this.#now = new Date(nowMs).toISOString();
  }

  now(): string {
    return this.#now;
  }

  nowEpochMs(): number {
    return this.#nowMs;
  }

  advanceTo(epochMs: number): void {
    this.#nowMs = epochMs;
    this.#now = new Date(epochMs).toISOString();
  }
}

/**
 * The whole system in one process without I/O: the real state machines on the real engine, the real
 * functions, the in-memory store with its injected conflicts, and a clock that is moved by hand.
 */
export class MemoryWorld {
  readonly store: MemoryStore;
  readonly engine: StepFunctionsEngine;
  readonly sent: SentMessage[] = [];
  readonly pages: MadePage[] = [];
  readonly problems: string[] = [];
  /** Numbers of staff to which no page can be delivered. */
  readonly deadPhones = new Set<string>();
  readonly deps: WorldDeps;
  readonly #observer: WorldObserver | undefined;
  readonly #clock: MovedClock;
  readonly #loop: WorldLoop;
  readonly #due = new DueWork();
  #changes: CommittedChange[] = [];
  /** Runs every workflow step a second time after its commit, as a retry after a lost answer does. */
  isRepeatingSteps = false;
  /** What the provider does next; accepts where it is left alone. */
  sendAnswer: (message: OutgoingMessage) => Awaited<ReturnType<MessageSender["send"]>> | undefined =
    () => undefined;

  constructor(options: {
    readonly startAt: string;
    /** Another clock than the world's own, e.g. the running product's. */
    readonly clock?: MovedClock;
    /** Another store in memory than the world's own. */
    readonly store?: MemoryStore;
    /** What stands in for the world's own sender, pager and links. */
    readonly outside?: Partial<WorldDeps>;
    readonly conflictRate?: number;
    readonly observer?: WorldObserver;
    /** Everything that is left to chance follows from it; ids are new in every run where it is left out. */
    readonly seed?: number;
  }) {
    const { observer } = options;
    const random = options.seed === undefined ? undefined : seededRandom(options.seed);
    this.#observer = observer;
    const clock = options.clock ?? new HandClock(Date.parse(options.startAt));
    this.#clock = clock;
    this.store =
      options.store ??
      new MemoryStore({
        ...(options.conflictRate === undefined ? {} : { conflictRate: options.conflictRate }),
        ...(random === undefined ? {} : { random }),
      });
    this.store.onCommit((changes) => {
      this.#changes.push(...changes);
      observer?.committed(changes);
    });
    this.engine = new StepFunctionsEngine({
      clock: { now: () => clock.nowEpochMs() },
      invokeLambda: (name, payload) => this.#invoke(bareFunctionName(name), payload),
      recordHistory: observer !== undefined,
      ...(random === undefined ? {} : { random }),
    });
    installMachines(this.engine);
    const runner = engineRunner(this.engine);
    this.deps = {
      store: observer?.store(this.store) ?? this.store,
      clock,
      ids: createUlidIds(clock, random),
      reviews: workflowReviews,
      secrets: createHmacSecrets({
        linkSecret: "a secret for tests only, long enough to be taken",
        contactSecret: "a contact secret for tests only, long enough",
      }),
      pause: { milliseconds: async () => {} },
      runner,
      functions: {
        run: async (name, payload) => void this.#background.push(() => this.#invoke(name, payload)),
      },
      logger: {
        ...(observer?.logger ?? silent),
        error: (sentence, fields) => {
          observer?.logger.error(sentence, fields);
          this.problems.push(
            `${sentence} ${fields?.error instanceof Error ? `${fields.error.name}: ${fields.error.message}` : ""}`,
          );
        },
      },
      publicOrigin: "https://care.example.org",
      sender: {
        send: async (message) => {
          const answer = this.sendAnswer(message) ?? {
            outcome: "accepted" as const,
            providerMessageId: `p-${message.messageId}`,
          };
          if (answer.outcome === "accepted") this.sent.push({ ...message, at: clock.now() });
          return answer;
        },
      },
      pager: {
        text: async ({ to }) => this.#page(to, "text"),
        call: async ({ to }) => this.#page(to, "call"),
      },
      ...options.outside,
    };
    this.#loop = new WorldLoop({
      engine: this.engine,
      clock,
      background: async () => {
        const work = this.#background.shift();
        if (work !== undefined) await work();
        return work !== undefined;
      },
      drainStreams: () => this.#drain(),
      work: this.#due,
      reportFailed: async (executionArn) => {
        const input = this.engine.describeExecution(executionArn).input as {
          readonly driverId: string;
          readonly episodeId: string;
        };
        await this.#observed("sweep-stalled-work", () => markExecutionLost(this.deps, input));
      },
      sweep: async (partitions) => {
        await this.#observed("sweep-stalled-work", () =>
          sweepStalledWork(this.deps, { partitions }),
        );
      },
    });
  }

  readonly #background: (() => Promise<LambdaOutcome>)[] = [];

  now(): string {
    return this.deps.clock.now();
  }

  /** Runs everything that can run at this instant. */
  settle(): Promise<void> {
    return this.#loop.settle();
  }

  /** Moves time from event to event up to the instant. */
  async advanceTo(instant: string): Promise<void> {
    await this.#loop.advanceTo(Date.parse(instant));
  }

  async advanceHours(hours: number): Promise<void> {
    await this.advanceTo(new Date(this.#clock.nowEpochMs() + hours * 3_600_000).toISOString());
  }

  nextEventAtMs(): number | undefined {
    return this.#loop.nextEventAt();
  }

  /** Carries out the sweep as an operator would ask for it. */
  rebuild() {
    return sweepStalledWork(this.deps, { rebuild: true });
  }

  async #drain(): Promise<boolean> {
    const changes = this.#changes;
    if (changes.length === 0) return false;
    this.#changes = [];
    const records: OutboxRecord[] = [];
    for (const change of changes) {
      if (change.table !== "care") continue;
      const [partition, workAt] = [change.newImage?.workPartition, change.newImage?.workAt];
      this.#due.set(
        change.keys.pk,
        change.keys.sk,
        typeof partition === "string" && typeof workAt === "string"
          ? { partition, workAt }
          : undefined,
      );
      if (change.eventName === "INSERT" && change.keys.sk.startsWith(itemPrefixes.effect)) {
        records.push({
          eventName: "INSERT",
          dynamodb: {
            Keys: { pk: { S: change.keys.pk }, sk: { S: change.keys.sk } },
            SequenceNumber: "1",
          },
        });
      }
    }
    if (records.length > 0)
      await this.#observed("carry-out-effects", () => carryOutOutbox(this.deps, records));
    return true;
  }

  #observed<Answer>(name: string, run: () => Promise<Answer>): Promise<Answer> {
    return this.#observer === undefined ? run() : this.#observer.call(name, run);
  }

  #page(to: string, by: "text" | "call") {
    if (this.deadPhones.has(to))
      return { outcome: "refused" as const, code: "no-such-number", isOptedOut: false };
    this.pages.push({ at: this.now(), to, by });
    return { outcome: "accepted" as const, providerMessageId: `page-${this.pages.length}` };
  }

  async #invoke(name: string, payload: unknown): Promise<LambdaOutcome> {
    try {
      return {
        ok: true,
        payload: await this.#observed(name, () => this.#call(name, payload)),
      };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (error.name !== "EpisodeMovedOnError" && error.name !== "SupersededError") {
        this.problems.push(`${name}: ${error.name}: ${error.message}`);
      }
      return { ok: false, errorType: error.name, errorMessage: error.message };
    }
  }

  async #call(name: string, payload: unknown): Promise<unknown> {
    switch (name) {
      case "advance-care":
        return this.#step(stepEventSchema.parse(payload), advanceCare);
      case "hold-care":
        return holdCare(this.deps, holdEventSchema.parse(payload));
      case "send-message":
        return this.#step(sendEventSchema.parse(payload), sendMessage);
      case "page-on-call":
        return pageOnCall(this.deps, pageEventSchema.parse(payload));
      default:
        throw new Error(`There is no function ${name}`);
    }
  }

  async #step<Event extends StepEvent | SendEvent>(
    event: Event,
    take: (deps: MemoryWorld["deps"], event: Event) => Promise<StepAnswer>,
  ): Promise<StepAnswer> {
    const answer = await take(this.deps, event);
    const step = "step" in event ? event.step : "report-problem";
    if (!this.isRepeatingSteps || step === "report-problem") return answer;
    const repeated = await take(this.deps, event);
    // The repeat of "locate" goes on from where the first call left the run.
    if (step !== "locate" && repeated.outcome !== answer.outcome)
      this.problems.push(`${step} run again answered ${repeated.outcome}, not ${answer.outcome}`);
    return repeated;
  }
}
