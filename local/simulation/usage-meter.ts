import { AsyncLocalStorage } from "node:async_hooks";
import { allowedFields } from "../../shared/observability/logger.ts";
import type { LogFields, Logger } from "../../shared/ports/logger.ts";
import type { TableName } from "../../shared/ports/store.ts";
import type { CommittedChange } from "../../shared/store/memory/memory-store.ts";
import type { WorldObserver } from "../in-memory/memory-world.ts";
import {
  archiveWindowMs,
  assumedMs,
  functionMemoryMb,
  loggerEnvelopeBytes,
  metricLineBytes,
  platformLogBytes,
  requestLogBytes,
  warmForMs,
} from "./assumptions.ts";
import { meteredStore, type StoreCall } from "./metered-store.ts";
import type { FunctionUsage } from "./usage.ts";

type Key = TableName | "logs" | "environment" | "archive" | "reports" | "machines";

type Counts = { calls: number; milliseconds: number; readUnits: number; writeUnits: number };

/** Counts what happens in a world, by what AWS charges for. Set-up that no participant causes is left out. */
export class UsageMeter implements WorldObserver {
  readonly #now: () => number;
  readonly #running = new AsyncLocalStorage<string>();
  readonly #functions = new Map<string, Counts>();
  readonly #usedAt = new Map<string, number>();
  readonly #fetchedAt = new Map<string, number>();
  #isCounting = false;
  readonly #batchBegunAt = new Map<string, number>();
  storeCalls = 0;
  archivePuts = 0;
  archiveBytes = 0;
  reports = 0;
  logBytes = 0;
  keyCalls = 0;
  participantRequests = 0;
  staffRequests = 0;
  responseBytes = 0;

  readonly store: WorldObserver["store"] = (store) =>
    meteredStore(store, (call) => this.#stored(call));
  readonly logger: Logger = {
    info: (sentence, fields) => this.#logged(sentence, fields),
    warn: (sentence, fields) => this.#logged(sentence, fields),
    error: (sentence, fields) => this.#logged(sentence, fields),
  };

  /** @param now - the world's clock, epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  start(): void {
    this.#isCounting = true;
  }

  stop(): void {
    this.#isCounting = false;
  }

  readonly call = <Answer>(name: string, run: () => Promise<Answer>): Promise<Answer> => {
    if (!this.#isCounting) return run();
    const usage = this.#usage(name);
    usage.calls += 1;
    usage.milliseconds += assumedMs.handler;
    this.logBytes += platformLogBytes;
    const lastAt = this.#usedAt.get(name);
    if (lastAt === undefined || this.#now() - lastAt > warmForMs) {
      usage.milliseconds += assumedMs.coldStart;
      this.logBytes += metricLineBytes;
      this.#fetchKey(name, "environment");
    }
    if (name === "carry-out-effects") this.logBytes += metricLineBytes;
    this.#usedAt.set(name, this.#now());
    this.#fetchKey(name, "logs");
    return this.#running.run(name, run);
  };

  /** What each commit tells the streams; audit entries are gathered, and each batch is one call and one object. */
  readonly committed = (changes: readonly CommittedChange[]): void => {
    if (!this.#isCounting) return;
    const entries = changes.filter((change) => change.table === "audit");
    if (entries.length === 0) return;
    for (const { newImage } of entries)
      this.archiveBytes += Buffer.byteLength(JSON.stringify(newImage ?? {}));
    for (const aggregate of new Set(entries.map(({ keys }) => keys.pk))) {
      const begunAt = this.#batchBegunAt.get(aggregate);
      if (begunAt !== undefined && this.#now() - begunAt < archiveWindowMs) continue;
      this.#batchBegunAt.set(aggregate, this.#now());
      void this.call("archive-audit", async () => {
        this.archivePuts += 1;
        this.otherService();
        // The entry before the batch, which the batch must continue.
        this.#stored({ kind: "read", tables: ["audit"], readUnits: 1, writeUnits: 0 });
        this.#fetchKey("archive-audit", "archive");
      });
    }
  };

  /** A call of another service by the function that runs. */
  otherService(): void {
    const name = this.#running.getStore();
    if (name === undefined || !this.#isCounting) return;
    this.#usage(name).milliseconds += assumedMs.otherService;
    if (name === "send-message") this.logBytes += metricLineBytes;
  }

  /** A request from outside with its answer. */
  request(by: "participant" | "staff", answerBytes: number): void {
    if (!this.#isCounting) return;
    if (by === "participant") this.participantRequests += 1;
    else this.staffRequests += 1;
    this.responseBytes += answerBytes;
    this.logBytes += requestLogBytes;
  }

  report(): void {
    if (!this.#isCounting) return;
    this.reports += 1;
    this.#fetchKey("topic", "reports");
  }

  /** An execution of a workflow was at work at an instant. */
  machineWorked(workflow: string, at: number): void {
    this.#fetchKey(workflow, "machines", at);
  }

  functions(): Readonly<Record<string, FunctionUsage>> {
    return Object.fromEntries(
      [...this.#functions]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, usage]) => [name, { ...usage, memoryMb: functionMemoryMb[name] ?? 512 }]),
    );
  }

  #usage(name: string): Counts {
    const known = this.#functions.get(name);
    if (known !== undefined) return known;
    const made = { calls: 0, milliseconds: 0, readUnits: 0, writeUnits: 0 };
    this.#functions.set(name, made);
    return made;
  }

  #stored(call: StoreCall): void {
    const name = this.#running.getStore();
    if (!this.#isCounting || name === undefined) return;
    this.storeCalls += 1;
    const usage = this.#usage(name);
    usage.readUnits += call.readUnits;
    usage.writeUnits += call.writeUnits;
    usage.milliseconds += assumedMs[call.kind];
    for (const table of call.tables) this.#fetchKey(name, table);
  }

  #logged(sentence: string, fields: LogFields | undefined): void {
    if (!this.#isCounting) return;
    const line = JSON.stringify({ message: sentence, ...allowedFields(fields ?? {}) });
    this.logBytes += loggerEnvelopeBytes + Buffer.byteLength(line);
  }

  /** The service keeps a data key for five minutes for whoever asked; then it asks KMS again. */
  #fetchKey(by: string, key: Key, at = this.#now()): void {
    const name = `${by} ${key}`;
    const lastAt = this.#fetchedAt.get(name);
    if (lastAt !== undefined && at >= lastAt && at - lastAt <= warmForMs) return;
    this.#fetchedAt.set(name, at);
    this.keyCalls += 1;
  }
}
