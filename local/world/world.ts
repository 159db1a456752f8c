import { episodeIdOf, itemPrefixes } from "../../shared/keys/keys.ts";
import type { VirtualClock } from "../clock/virtual-clock.ts";
import type { StreamPoller, StreamRecord } from "../dynamodb/stream-poller.ts";
import type { InvocationResult } from "../lambda/bundle-host.ts";
import type { StepFunctionsEngine } from "../step-functions/engine.ts";
import type { WorkIndex } from "./work-index.ts";
import { WorldLoop } from "./world-loop.ts";

/** One thing that happened while time moved, in words. */
export type WorldEvent = {
  readonly at: string;
  readonly what: string;
  readonly episodeId?: string;
};

export type WorldParts = {
  readonly clock: VirtualClock;
  readonly engine: StepFunctionsEngine;
  /** What changes in the two tables that somebody follows. */
  readonly changes: Readonly<Record<"care" | "audit", StreamPoller>>;
  readonly workIndex: WorkIndex;
  readonly invoke: (functionName: string, event: unknown) => Promise<InvocationResult>;
  /** Resolves when no function runs in the background. */
  readonly backgroundIdle: () => Promise<void>;
  /** What the captured providers report of messages they took: when next, and the events of now. */
  readonly deliveries?: {
    readonly nextAt: () => number | undefined;
    readonly takeEvents: () => readonly unknown[];
  };
};

/** Entries that are handed to the archive together; the cloud waits five minutes for as many. */
const auditsAtOnce = 500;

/** A call that moves time answers within two minutes; a longer jump says that there is more. */
const advanceBudgetMs = 110_000;

/**
 * The running product's world: moves by itself as time flows or when it is kicked, one settling after the
 * other, and tells what happened while somebody moved its clock.
 */
export class World {
  readonly #parts: WorldParts;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isKicked = false;
  #lastProblem = "";
  readonly #loop: WorldLoop;
  #events: WorldEvent[] = [];

  constructor(parts: WorldParts) {
    this.#parts = parts;
    this.#loop = new WorldLoop({
      ...parts,
      background: async () => {
        await parts.backgroundIdle();
        return this.#reportDeliveries();
      },
      nextReportAt: () => parts.deliveries?.nextAt(),
      drainStreams: () => this.#drainStream(),
      work: parts.workIndex,
      reportFailed: (executionArn) => this.#reportFailed(executionArn),
      sweep: async (partitions) => {
        await parts.invoke(
          "sweep-stalled-work",
          partitions === undefined
            ? { source: "aws.events", "detail-type": "Scheduled Event", detail: {} }
            : { partitions },
        );
      },
    });
    parts.engine.onEvent((change) => {
      if (change.status === "RUNNING" || change.status === "SUCCEEDED") return;
      void this.kick();
      this.#events.push({
        at: new Date(change.at).toISOString(),
        what: `The execution ${change.name} ended as ${change.status}`,
      });
    });
    parts.engine.onRunnable(() => void this.kick());
  }

  /** Lets time flow: looks every quarter of a second for what has become due. */
  run(): void {
    this.#timer ??= setInterval(() => void this.kick(), 250);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Resolves when all that was written so far is in the archive. */
  archive(): Promise<void> {
    return this.#serially(() => this.#archive());
  }

  /** Settles soon; many kicks make one settling. */
  async kick(): Promise<void> {
    if (this.#isKicked) return;
    this.#isKicked = true;
    try {
      await this.#serially(async () => {
        this.#isKicked = false;
        await this.#loop.settle();
        if (this.#timer !== undefined) await this.#archive();
      });
    } catch (error) {
      // Nobody waits for it: what could not be done is tried again at the next look.
      const message = error instanceof Error ? error.message : String(error);
      if (message !== this.#lastProblem) console.error(`The local world was held up: ${message}`);
      this.#lastProblem = message;
    }
  }

  /** Resolves when nothing can move at the present instant. */
  settle(): Promise<void> {
    return this.#serially(() => this.#loop.settle());
  }

  /** Resolves when what is under way has come to rest, or when that takes too long to wait for. */
  async atRest(withinMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([this.#queue, tooLong]);
    clearTimeout(timer);
  }

  /** The next instant at which something is due, epoch milliseconds. */
  nextEventAt(): number | undefined {
    return this.#loop.nextEventAt();
  }

  /**
   * Moves time from event to event, in order, up to the target.
   * @param budgetMs - how long it may take; `more` says that the target was not reached in it
   */
  advanceTo(
    targetMs: number,
    budgetMs: number = advanceBudgetMs,
  ): Promise<{ readonly more: boolean; readonly events: readonly WorldEvent[] }> {
    return this.#serially(async () => {
      const { clock } = this.#parts;
      // What was written before is no part of what this move does.
      await this.#archive();
      this.#events = [];
      const startedAt = performance.now();
      const isFlowing = this.#timer !== undefined;
      clock.freeze();
      try {
        const isThere = await this.#loop.advanceTo(
          targetMs,
          () => performance.now() - startedAt <= budgetMs,
        );
        await this.#archive();
        return { more: !isThere, events: this.#inOrder() };
      } finally {
        if (isFlowing) clock.release();
      }
    });
  }

  /** The streams of two tables tell what happened one after the other. */
  #inOrder(): readonly WorldEvent[] {
    return this.#events.toSorted((left, right) => left.at.localeCompare(right.at));
  }

  #serially<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const result = this.#queue.then(work, work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #reportDeliveries(): Promise<boolean> {
    const events = this.#parts.deliveries?.takeEvents() ?? [];
    for (const event of events) await this.#parts.invoke("record-delivery", event);
    return events.length > 0;
  }

  async #drainStream(): Promise<boolean> {
    const records = await this.#parts.changes.care.poll();
    if (records.length === 0) return false;
    const outbox: StreamRecord[] = [];
    for (const record of records) {
      this.#parts.workIndex.apply(record);
      this.#noteSent(record);
      if (
        record.eventName === "INSERT" &&
        record.dynamodb?.Keys?.sk?.S?.startsWith(itemPrefixes.effect) === true
      )
        outbox.push(record);
    }
    if (outbox.length > 0) await this.#parts.invoke("carry-out-effects", { Records: outbox });
    return true;
  }

  /** Nobody waits for the archive: as in the cloud it takes in together what was written in a while. */
  async #archive(): Promise<void> {
    const records = await this.#parts.changes.audit.poll();
    for (const record of records) this.#note(record);
    for (let from = 0; from < records.length; from += auditsAtOnce)
      await this.#parts.invoke("archive-audit", {
        Records: records.slice(from, from + auditsAtOnce),
      });
  }

  /** A message that has just gone out has no audit entry of its own. */
  #noteSent({ dynamodb }: StreamRecord): void {
    const image = dynamodb?.NewImage;
    if (image?.kind?.S !== "message" || image.status?.S !== "ACCEPTED") return;
    if (dynamodb?.OldImage?.status?.S === "ACCEPTED") return;
    const at = image.acceptedAt?.S;
    const episodeId = image.episodeId?.S;
    if (at === undefined) return;
    const channel = image.channel?.S === "sms" ? "text" : "email";
    this.#events.push({
      at,
      what: `${channel} sent: ${(image.templateId?.S ?? "").replaceAll("-", " ")}`,
      ...(episodeId === undefined ? {} : { episodeId }),
    });
  }

  #note(record: StreamRecord): void {
    const image = record.dynamodb?.NewImage;
    const at = image?.at?.S;
    const action = image?.action?.S;
    const aggregate = image?.aggregateId?.S;
    if (at === undefined || action === undefined) return;
    const episodeId = aggregate === undefined ? undefined : episodeIdOf(aggregate);
    this.#events.push({
      at,
      what: action.replaceAll("-", " "),
      ...(episodeId === undefined ? {} : { episodeId }),
    });
  }

  /** What the "execution status change" rule does in the cloud. */
  async #reportFailed(executionArn: string): Promise<void> {
    const { engine, invoke } = this.#parts;
    const execution = engine.describeExecution(executionArn);
    await invoke("sweep-stalled-work", {
      source: "aws.states",
      "detail-type": "Step Functions Execution Status Change",
      detail: {
        executionArn,
        stateMachineArn: execution.stateMachineArn,
        name: execution.name,
        status: execution.status,
        input: JSON.stringify(execution.input),
      },
    });
  }
}
