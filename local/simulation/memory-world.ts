import { advanceCare } from "../../functions/advance-care/advance-care.ts";
import {
  carryOutEffects,
  type EffectRecord,
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
import type { Logger } from "../../shared/ports/logger.ts";
import type { MessageSender, OutgoingMessage } from "../../shared/ports/message-sender.ts";
import type { Pager } from "../../shared/ports/pager.ts";
import type { Store } from "../../shared/ports/store.ts";
import { type CommittedChange, MemoryStore } from "../../shared/store/memory/memory-store.ts";
import { seededRandom } from "../../shared/store/memory/seeded-random.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import type { EffectDeps } from "../../workflows/run/carry-out-effect.ts";
import { engineRunner } from "../seeds/demo/engine-runner.ts";
import { StepFunctionsEngine } from "../step-functions/engine.ts";
import type { LambdaOutcome } from "../step-functions/engine-types.ts";
import { bareFunctionName, installMachines } from "../world/machines.ts";

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
  readonly deps: EffectDeps & {
    readonly logger: Logger;
    readonly sender: MessageSender;
    readonly pager: Pager;
    readonly publicOrigin: string;
  };
  readonly #observer: WorldObserver | undefined;
  #nowMs: number;
  #changes: CommittedChange[] = [];
  readonly #workAt = new Map<string, string>();
  #sweptAtMs = 0;
  /** Runs every workflow step a second time after its commit, as a retry after a lost answer does. */
  isRepeatingSteps = false;
  /** What the provider does next; accepts where it is left alone. */
  sendAnswer: (message: OutgoingMessage) => Awaited<ReturnType<MessageSender["send"]>> | undefined =
    () => undefined;

  constructor(options: {
    readonly startAt: string;
    readonly conflictRate?: number;
    readonly observer?: WorldObserver;
    /** Everything that is left to chance follows from it; ids are new in every run where it is left out. */
    readonly seed?: number;
  }) {
    const { observer } = options;
    const random = options.seed === undefined ? undefined : seededRandom(options.seed);
    this.#observer = observer;
    this.#nowMs = Date.parse(options.startAt);
    const clock = { now: () => new Date(this.#nowMs).toISOString() };
    this.store = new MemoryStore({
      ...(options.conflictRate === undefined ? {} : { conflictRate: options.conflictRate }),
      ...(random === undefined ? {} : { random }),
    });
    this.store.onCommit((changes) => {
      this.#changes.push(...changes);
      observer?.committed(changes);
    });
    this.engine = new StepFunctionsEngine({
      clock: { now: () => this.#nowMs },
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
      secrets: createHmacSecrets("a secret for tests only, long enough to be taken"),
      reviews: workflowReviews,
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
    };
    this.engine.onEvent((change) => {
      if (
        change.status === "FAILED" ||
        change.status === "ABORTED" ||
        change.status === "TIMED_OUT"
      )
        this.#failed.push(change.executionArn);
    });
  }

  readonly #background: (() => Promise<LambdaOutcome>)[] = [];
  readonly #failed: string[] = [];

  now(): string {
    return this.deps.clock.now();
  }

  /** Runs everything that can run at this instant. */
  async settle(): Promise<void> {
    for (let round = 0; round < 100_000; round += 1) {
      await this.engine.runUntilIdle();
      const work = this.#background.shift();
      if (work !== undefined) {
        await work();
        continue;
      }
      if (await this.#drain()) continue;
      const failed = this.#failed.shift();
      if (failed !== undefined) {
        const input = this.engine.describeExecution(failed).input as {
          readonly driverId: string;
          readonly episodeId: string;
        };
        await this.#observed("sweep-stalled-work", () => markExecutionLost(this.deps, input));
        continue;
      }
      const due = this.engine.nextDueAt();
      if (due !== undefined && due <= this.#nowMs) continue;
      const sweepAt = this.#nextSweepAt();
      if (sweepAt === undefined || sweepAt > this.#nowMs) return;
      this.#sweptAtMs = this.#nowMs;
      await this.#observed("sweep-stalled-work", () => sweepStalledWork(this.deps));
    }
    throw new Error("The world does not come to rest");
  }

  /** Moves time from event to event up to the instant. */
  async advanceTo(instant: string): Promise<void> {
    const target = Date.parse(instant);
    await this.settle();
    for (;;) {
      const next = this.nextEventAtMs();
      if (next === undefined || next > target) break;
      this.#nowMs = Math.max(this.#nowMs, next);
      await this.settle();
    }
    this.#nowMs = Math.max(this.#nowMs, target);
    await this.settle();
  }

  async advanceHours(hours: number): Promise<void> {
    await this.advanceTo(new Date(this.#nowMs + hours * 3_600_000).toISOString());
  }

  nextEventAtMs(): number | undefined {
    const instants = [this.engine.nextDueAt(), this.#nextSweepAt()].filter(
      (at) => at !== undefined,
    );
    return instants.length === 0 ? undefined : Math.min(...instants);
  }

  /** Carries out the sweep as an operator would ask for it. */
  rebuild() {
    return sweepStalledWork(this.deps, { rebuild: true });
  }

  #nextSweepAt(): number | undefined {
    let due: string | undefined;
    for (const at of this.#workAt.values()) if (due === undefined || at < due) due = at;
    if (due === undefined) return undefined;
    const dueMs = Date.parse(due);
    return dueMs <= this.#sweptAtMs ? this.#sweptAtMs + 60_000 : dueMs;
  }

  async #drain(): Promise<boolean> {
    const changes = this.#changes;
    if (changes.length === 0) return false;
    this.#changes = [];
    const records: EffectRecord[] = [];
    for (const change of changes) {
      if (change.table !== "care") continue;
      const key = `${change.keys.pk} ${change.keys.sk}`;
      const workAt = change.newImage?.workAt;
      if (typeof workAt === "string") this.#workAt.set(key, workAt);
      else this.#workAt.delete(key);
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
      await this.#observed("carry-out-effects", () => carryOutEffects(this.deps, records));
    return true;
  }

  #observed<Answer>(name: string, run: () => Promise<Answer>): Promise<Answer> {
    return this.#observer === undefined ? run() : this.#observer.call(name, run);
  }

  #page(to: string, by: "text" | "call") {
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
    // The repeat of "locate" goes on from where the first call left the driver.
    if (step !== "locate" && repeated.outcome !== answer.outcome)
      this.problems.push(`${step} run again answered ${repeated.outcome}, not ${answer.outcome}`);
    return repeated;
  }
}
