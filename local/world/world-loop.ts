import type { StepFunctionsEngine } from "../step-functions/engine.ts";

/** What a world is made of, as far as moving it goes. */
export type WorldLoopParts = {
  readonly engine: StepFunctionsEngine;
  /** The world's own time, epoch milliseconds; set to move it. */
  readonly clock: { nowEpochMs(): number; advanceTo(epochMs: number): void };
  /** Does one piece of what runs beside the machines; false when there is none. */
  readonly background: () => Promise<boolean>;
  /** Passes on what the tables' streams tell; false when they tell nothing. */
  readonly drainStreams: () => Promise<boolean>;
  readonly work: {
    /** By partition of the due-work index, when its earliest entry is due, epoch milliseconds. */
    dueAt(): ReadonlyMap<string, number>;
    /** Another number whenever something in the index may have changed. */
    readonly changes: number;
  };
  /** When a provider next reports of a message that it took, epoch milliseconds. */
  readonly nextReportAt?: () => number | undefined;
  /** Tells of an execution that failed, was aborted or timed out, as the rule in the cloud does. */
  readonly reportFailed: (executionArn: string) => Promise<void>;
  /** @param partitions - of the due-work index: where something is due; `undefined` to look everywhere, as each minute in the cloud */
  readonly sweep: (partitions: readonly string[] | undefined) => Promise<void>;
};

const sweepEveryMs = 60_000;
/** How often the sweep looks everywhere: four weeks of the world's time. */
const sweepAllEveryMs = 28 * 24 * 3_600_000;
/** Rounds at one instant after which something causes work without end. */
const maxRounds = 100_000;

/**
 * Moves everything that moves: machines, streams, sweep and clock. One thing at a time, in order of due
 * time, until nothing can move any more.
 */
export class WorldLoop {
  readonly #parts: WorldLoopParts;
  readonly #failed: string[] = [];
  readonly #sweptAtMs = new Map<string, number>();
  /** When the next sweep is due, worked out when the index was at `changes`; asked for several times an event. */
  #nextSweep = { changes: -1, atMs: 0 };
  #latestMs = Number.NEGATIVE_INFINITY;
  #sweptAllAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: WorldLoopParts) {
    this.#parts = parts;
    parts.engine.onEvent((change) => {
      if (change.status !== "RUNNING" && change.status !== "SUCCEEDED")
        this.#failed.push(change.executionArn);
    });
  }

  /**
   * Runs everything that can run at this instant.
   * @throws {Error} when the world does not come to rest
   */
  async settle(): Promise<void> {
    const { engine, clock } = this.#parts;
    for (let round = 0; round < maxRounds; round += 1) {
      await engine.runUntilIdle();
      if (await this.#parts.background()) continue;
      if (await this.#parts.drainStreams()) continue;
      const failed = this.#failed.shift();
      if (failed !== undefined) {
        await this.#parts.reportFailed(failed);
        continue;
      }
      const due = engine.nextDueAt();
      if (due !== undefined && due <= clock.nowEpochMs()) continue;
      const partitions = this.#sweptBy(clock.nowEpochMs());
      if (partitions.length === 0) return;
      await this.#sweep(partitions);
    }
    throw new Error("The world does not come to rest: something keeps causing work without end");
  }

  /**
   * Moves time from event to event, in order, up to the target.
   * @param goesOn - asked before each move; false leaves the rest of the way for another call
   * @returns true when the target was reached
   */
  async advanceTo(targetMs: number, goesOn: () => boolean = () => true): Promise<boolean> {
    const { clock } = this.#parts;
    await this.settle();
    for (;;) {
      const next = this.nextEventAt();
      if (next === undefined || next > targetMs) break;
      if (!goesOn()) return false;
      clock.advanceTo(Math.max(clock.nowEpochMs(), next));
      await this.settle();
    }
    clock.advanceTo(Math.max(clock.nowEpochMs(), targetMs));
    await this.settle();
    return true;
  }

  /** The next instant at which something is due, epoch milliseconds. */
  nextEventAt(): number | undefined {
    const next = Math.min(
      this.#parts.engine.nextDueAt() ?? Number.POSITIVE_INFINITY,
      this.#parts.nextReportAt?.() ?? Number.POSITIVE_INFINITY,
      this.#nextSweepAt(),
    );
    return next === Number.POSITIVE_INFINITY ? undefined : next;
  }

  /**
   * To look everywhere is nearly all that the database would ever be asked here: so now and then, and at the start; in
   * between, where something is known to be due.
   */
  async #sweep(partitions: readonly string[]): Promise<void> {
    const now = this.#parts.clock.nowEpochMs();
    for (const partition of partitions) this.#sweptAtMs.set(partition, now);
    this.#nextSweep.changes = -1;
    const isForAll = Math.abs(now - this.#sweptAllAtMs) >= sweepAllEveryMs;
    if (isForAll) this.#sweptAllAtMs = now;
    await this.#parts.sweep(isForAll ? undefined : partitions);
  }

  /** The partitions of the work index that are swept by this instant. */
  #sweptBy(epochMs: number): readonly string[] {
    if (this.#nextSweepAt() > epochMs) return [];
    const partitions: string[] = [];
    this.#parts.work.dueAt().forEach((dueAt, partition) => {
      if (this.#sweptAt(partition, dueAt) <= epochMs) partitions.push(partition);
    });
    return partitions;
  }

  /** When the next partition of the work index is swept, epoch milliseconds; infinite where none is. */
  #nextSweepAt(): number {
    const { work, clock } = this.#parts;
    const now = clock.nowEpochMs();
    // A fresh world may begin before the last sweep of the one that it replaces.
    const isFresh = now < this.#latestMs;
    this.#latestMs = now;
    if (isFresh) this.#sweptAtMs.clear();
    if (isFresh || this.#nextSweep.changes !== work.changes) {
      let atMs = Number.POSITIVE_INFINITY;
      work.dueAt().forEach((dueAt, partition) => {
        atMs = Math.min(atMs, this.#sweptAt(partition, dueAt));
      });
      this.#nextSweep = { changes: work.changes, atMs };
    }
    return this.#nextSweep.atMs;
  }

  /**
   * When the one-minute sweep looks into a partition, which it does only where the work index holds something due. What
   * it could not settle there is tried again a minute later, not at once and for ever.
   */
  #sweptAt(partition: string, dueAt: number): number {
    const sweptAtMs = this.#sweptAtMs.get(partition) ?? 0;
    return dueAt <= sweptAtMs ? sweptAtMs + sweepEveryMs : dueAt;
  }
}
