import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import type { HostClock } from "./host-clock.ts";

/** The largest instant that JavaScript dates can hold, in epoch milliseconds. */
const LAST_INSTANT_MS = 8.64e15;

const storedClockSchema = z.object({
  offsetMs: z.number().optional(),
  frozenAtMs: z.number().optional(),
});

/** How a {@link VirtualClock} starts. */
export interface VirtualClockOptions {
  /** Where the position is kept, so that it survives a killed process; without it, in memory. */
  readonly dataFolder?: string;
  /** True where time stands still until it is moved; false (the default) where it runs with real time. */
  readonly frozen?: boolean;
  /** The first instant, epoch milliseconds; used only where the folder holds no position yet. */
  readonly startAtEpochMs?: number;
  /** Real time, epoch milliseconds; only tests replace it. */
  readonly realNowMs?: () => number;
}

/**
 * The one clock of the one-machine run: real time plus an offset that only grows when somebody
 * moves it. The offset is stored at every move, before the move is visible, but in a rehearsal.
 */
export class VirtualClock implements HostClock {
  readonly #file: string | undefined;
  readonly #realNowMs: () => number;
  #isRehearsing = false;
  #offsetMs = 0;
  #frozenAtMs: number | undefined;

  /** Throws where the stored position cannot be read: guessing one would replay or skip months. */
  constructor(options: VirtualClockOptions = {}) {
    this.#realNowMs = options.realNowMs ?? Date.now;
    this.#file =
      options.dataFolder === undefined ? undefined : join(options.dataFolder, "clock.json");
    const stored = this.#read();
    const startAt =
      stored?.frozenAtMs ??
      (stored?.offsetMs === undefined ? undefined : this.#realNowMs() + stored.offsetMs) ??
      options.startAtEpochMs ??
      this.#realNowMs();
    if (options.frozen) this.#frozenAtMs = startAt;
    this.set(startAt);
  }

  /** The virtual instant, epoch milliseconds. */
  nowEpochMs(): number {
    return this.#frozenAtMs ?? Math.trunc(this.#realNowMs() + this.#offsetMs);
  }

  /** The virtual instant, RFC 3339 in UTC with milliseconds. */
  now(): string {
    return new Date(this.nowEpochMs()).toISOString();
  }

  /** Puts the clock at an instant, earlier ones included. Throws a RangeError for what is no instant. */
  set(epochMs: number): void {
    if (!Number.isFinite(epochMs) || Math.abs(epochMs) > LAST_INSTANT_MS) {
      throw new RangeError(`The clock cannot be put at ${epochMs}: that is no instant.`);
    }
    const instant = Math.trunc(epochMs);
    const offsetMs = instant - this.#realNowMs();
    this.#write(this.#frozenAtMs === undefined ? { offsetMs } : { frozenAtMs: instant });
    this.#offsetMs = offsetMs;
    if (this.#frozenAtMs !== undefined) this.#frozenAtMs = instant;
  }

  /** Moves forward to an instant; one that has passed already changes nothing, time never goes back here. */
  advanceTo(epochMs: number): void {
    if (!(epochMs <= this.nowEpochMs())) this.set(epochMs);
  }

  /** True while time stands still. */
  get isFrozen(): boolean {
    return this.#frozenAtMs !== undefined;
  }

  /** Stops the flow of time, so that a long advance sees each event at its own exact instant. */
  freeze(): void {
    this.#frozenAtMs ??= this.nowEpochMs();
  }

  /** Lets time flow again from where it stands. */
  release(): void {
    if (this.#frozenAtMs === undefined) return;
    const instant = this.#frozenAtMs;
    this.#frozenAtMs = undefined;
    this.set(instant);
  }

  /**
   * Moves made meanwhile are stored when the work has ended, as one: where its process is killed, another one begins
   * at the instant from before it. For work that is then begun again from nothing, such as filling a new world.
   */
  async rehearse(work: () => Promise<void>): Promise<void> {
    this.#isRehearsing = true;
    try {
      await work();
    } finally {
      this.#isRehearsing = false;
      this.set(this.nowEpochMs());
    }
  }

  #read(): z.infer<typeof storedClockSchema> | undefined {
    if (this.#file === undefined) return undefined;
    let text: string;
    try {
      text = readFileSync(this.#file, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
    try {
      return storedClockSchema.parse(JSON.parse(text));
    } catch (error) {
      throw new Error(
        `The stored clock cannot be read: delete ${this.#file} to start again at the present time.`,
        { cause: error },
      );
    }
  }

  #write(position: z.infer<typeof storedClockSchema>): void {
    if (this.#file === undefined || this.#isRehearsing) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    // Renaming is atomic: a process killed here leaves the old position or the new one, never half.
    const draft = `${this.#file}.${process.pid}.draft`;
    writeFileSync(draft, JSON.stringify(position));
    renameSync(draft, this.#file);
  }
}
