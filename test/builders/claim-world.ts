import { recordDelivery } from "../../functions/record-delivery/record-delivery.ts";
import { sendMessage } from "../../functions/send-message/send-message.ts";
import { sweepStalledWork } from "../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { MemoryFunctionRunner } from "../../local/in-memory/memory-function-runner.ts";
import { MemoryWorkflowRunner } from "../../local/in-memory/memory-workflow-runner.ts";
import { snsEvent } from "../../local/messaging/sns-event.ts";
import type { Message } from "../../shared/care/episode/message.ts";
import { sendEventSchema } from "../../shared/contracts/send-event.ts";
import { snsEventSchema } from "../../shared/contracts/sns-event.ts";
import type { OutgoingMessage, SendOutcome } from "../../shared/ports/message-sender.ts";
import type { Store } from "../../shared/ports/store.ts";
import { sendOneMessage } from "../../shared/sending/send-one-message.ts";
import { commitContactPoint } from "../../shared/store/commit-contact-point.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import { personAt, StaffWorld } from "../fakes/staff-world.ts";
import { ClaimWatch } from "./claim-watch.ts";
import { buildMessage } from "./message.ts";
import type { fc } from "./properties.ts";
import type { ProviderMood } from "./provider-moods.ts";
import { episodeId, tuesdayMorning } from "./state.ts";

/** A process that is gone: nothing that it does after this happens. */
class PowerCutError extends Error {
  override readonly name = "PowerCutError";
}

/** Ends of a process that its trigger makes up for: the event is given again, or the sweep finds the work. */
const repairable = [
  "PowerCutError",
  "StoreUnavailableError",
  "TransactionConflictError",
  "ConditionFailedError",
];

const quiet = { info: () => {}, warn: () => {}, error: () => {} };
/**
 * Senders, reports, stops and sweeps at once over one store in memory. Every call of the store and of the
 * provider waits until the scheduler lets it go on; a process may be gone after any of them.
 */
export class ClaimWorld {
  readonly messages: readonly Message[];
  readonly watch = new ClaimWatch();
  readonly #world: StaffWorld;
  readonly #scheduler: fc.Scheduler;
  readonly #functions = new MemoryFunctionRunner();
  readonly #runner = new MemoryWorkflowRunner();
  readonly #moods: ProviderMood[];
  readonly #reports: Promise<void>[] = [];
  #isOver = false;
  #commands = 0;

  private constructor(
    world: StaffWorld,
    scheduler: fc.Scheduler,
    moods: readonly ProviderMood[],
    messages: readonly Message[],
  ) {
    this.#world = world;
    this.#scheduler = scheduler;
    this.#moods = [...moods];
    this.messages = messages;
    world.store.onCommit((changes) => {
      for (const change of changes) this.watch.see(change);
    });
  }

  static async create(scheduler: fc.Scheduler, moods: readonly ProviderMood[]) {
    const world = await StaffWorld.create(tuesdayMorning);
    const common = { linkId: "01JHTESTLINK00000000000000", sendAt: tuesdayMorning } as const;
    const messages = [
      buildMessage(common),
      buildMessage({ ...common, step: "measures", templateId: "measures" }),
      buildMessage({ ...common, step: "missed-session", templateId: "missed-session" }),
      buildMessage({ ...common, occurrence: "w2", channel: "email" }),
    ];
    const episode = personAt("riverside", { status: "active", admittedOn: "2027-01-04" });
    await world.add({ episode, items: messages });
    return new ClaimWorld(world, scheduler, moods, messages);
  }

  /** A sender of one message that is gone after so many calls. */
  async sender(message: Message, diesAfter: number): Promise<void> {
    await this.#process(diesAfter, (deps) => sendOneMessage(deps, episodeId, message.sk));
  }

  /** A stop from the number, or a complaint about the address. */
  async stop(channel: "sms" | "email", waits: number): Promise<void> {
    for (let turn = 0; turn < waits; turn += 1) await this.#turn("stop");
    await this.#process(Number.POSITIVE_INFINITY, (deps) =>
      commitContactPoint(deps, {
        contactPointId: `cp-${channel}`,
        channel,
        command: { type: "stop", how: "text" },
        commandId: `stop/${channel}`,
        actor: { kind: "system", part: "receive-sms" },
      }),
    );
  }

  /** Time goes by, and the sweep comes. */
  async sweepAfter(minutes: number, waits: number): Promise<void> {
    for (let turn = 0; turn < waits; turn += 1) await this.#turn("sweep");
    this.#world.clock.advanceMinutes(minutes);
    await this.#process(Number.POSITIVE_INFINITY, (deps) => sweepStalledWork(deps));
  }

  /** Every process that was started, and the reports that came of it, to their end. */
  async atOnce(processes: readonly Promise<void>[]): Promise<void> {
    await this.#scheduler.waitFor(Promise.all(processes));
    for (let seen = -1; seen < this.#reports.length; ) {
      seen = this.#reports.length;
      await this.#scheduler.waitFor(Promise.all(this.#reports));
    }
  }

  /** Days go by without another fault: the sweep comes, what it hands over is sent. */
  async later(): Promise<void> {
    this.#isOver = true;
    const { clock, store } = this.#world;
    for (let round = 0; round < 400; round += 1) {
      await this.#process(Number.POSITIVE_INFINITY, (deps) => sweepStalledWork(deps));
      for (const { payload } of this.#functions.calls.splice(0)) {
        await this.#process(Number.POSITIVE_INFINITY, (deps) =>
          sendMessage(deps, sendEventSchema.parse(payload)),
        );
      }
      await Promise.all(this.#reports);
      const dueAt = store
        .all("care")
        .filter((item) => /^(MSG|EFFECT)#/.test(item.sk) && typeof item.workAt === "string")
        .map((item) => String(item.workAt))
        .sort()[0];
      if (dueAt === undefined) return;
      if (dueAt > clock.now()) clock.moveTo(dueAt);
      else clock.advanceMinutes(1);
    }
    this.watch.breaches.push("The messages do not come to rest");
  }

  /** Every message of the episode and whether a task is open for a person. */
  end(): { readonly messages: readonly Message[]; readonly openTasks: number } {
    const items = this.#world.store.all("care").filter((item) => item.pk === `EP#${episodeId}`);
    return {
      messages: items.filter((item) => item.kind === "message") as unknown as Message[],
      openTasks: items.filter((item) => item.kind === "task" && item.status === "open").length,
    };
  }

  /** Whether a person has something to do about this very message. */
  hasTaskAbout(messageId: string): boolean {
    return this.#world.store
      .all("care")
      .some(
        (item) =>
          item.kind === "task" &&
          item.status === "open" &&
          (item.about as { readonly id?: string } | undefined)?.id === messageId,
      );
  }

  async #turn(what: string): Promise<void> {
    if (!this.#isOver) await this.#scheduler.schedule(Promise.resolve(), what);
  }

  async #process<Result>(
    diesAfter: number,
    run: (
      deps: Parameters<typeof sendOneMessage>[0] & Parameters<typeof sweepStalledWork>[0],
    ) => Promise<Result>,
  ): Promise<void> {
    let left = this.#isOver ? Number.POSITIVE_INFINITY : diesAfter;
    const step = async (what: string) => {
      if (left <= 0) throw new PowerCutError();
      await this.#turn(what);
      left -= 1;
      if (left < 0) throw new PowerCutError();
    };
    const die = () => {
      left = 0;
    };
    const { store } = this.#world;
    const watched: Store = {
      get: async (...asked) => {
        await step("get");
        return store.get(...asked);
      },
      getMany: async (...asked) => {
        await step("getMany");
        return store.getMany(...asked);
      },
      query: async (...asked) => {
        await step("query");
        return store.query(...asked);
      },
      queryIndex: async (...asked) => {
        await step("queryIndex");
        return store.queryIndex(...asked);
      },
      transact: async (operations) => {
        await step("transact");
        await store.transact(operations);
        // The answer may find nobody any more.
        if (left <= 0) throw new PowerCutError();
      },
    };
    try {
      await run({
        ...this.#world.deps,
        store: watched,
        reviews: workflowReviews,
        pause: { milliseconds: () => step("pause") },
        logger: quiet,
        runner: this.#runner,
        functions: this.#functions,
        publicOrigin: "https://care.example.org",
        sender: {
          send: async (message) => {
            await step("provider");
            return this.#provide(message, die);
          },
        },
      });
    } catch (error) {
      if (!(error instanceof Error) || !repairable.includes(error.name)) throw error;
    }
  }

  async #provide(message: OutgoingMessage, die: () => void): Promise<SendOutcome> {
    const mood = this.#isOver ? "accepts" : (this.#moods.shift() ?? "accepts");
    switch (mood) {
      case "answers too late and takes nothing":
        return { outcome: "ambiguous", code: "timeout" };
      case "refuses":
        return { outcome: "refused", code: "no-capacity", isOptedOut: false };
      case "knows of a stop":
        return { outcome: "refused", code: "opted-out", isOptedOut: true };
      case "asks for a pause":
        return { outcome: "throttled" };
      default:
        this.#take(message);
    }
    await this.#turn("answer");
    if (mood === "takes it and the client fails") throw new Error("socket hang up");
    if (mood === "takes it and the sender dies") {
      die();
      throw new PowerCutError();
    }
    return mood === "accepts"
      ? { outcome: "accepted", providerMessageId: `p-${message.messageId}` }
      : { outcome: "ambiguous", code: "timeout" };
  }

  /** The provider has it: from here on reports may come, in any order and more than once. */
  #take(message: OutgoingMessage): void {
    this.watch.take(message.messageId);
    const words =
      message.channel === "sms"
        ? ["SENT", "DELIVERED", "UNREACHABLE", "SENT"]
        : ["Send", "Delivery", "Bounce", "Send"];
    // Some messages are never reported about, some fail after all.
    const digit = message.messageId.charCodeAt(message.messageId.length - 1) % 4;
    const chosen = [words, words.slice(0, 2), words.filter((_, index) => index !== 1), []][digit];
    for (const word of chosen ?? []) this.#reports.push(this.#report(message, word));
  }

  async #report(message: OutgoingMessage, word: string): Promise<void> {
    const { messageId } = message;
    const event =
      message.channel === "sms"
        ? {
            eventType: `TEXT_${word}`,
            messageId: `p-${messageId}`,
            messageStatus: word,
            context: { messageId },
          }
        : {
            eventType: word,
            mail: { messageId: `p-${messageId}`, tags: { messageId: [messageId] } },
            ...(word === "Bounce" ? { bounce: { bounceType: "Transient" } } : {}),
          };
    await this.#turn("report");
    this.#commands += 1;
    await this.#process(Number.POSITIVE_INFINITY, (deps) =>
      recordDelivery(
        deps,
        snsEventSchema.parse(snsEvent(`events-${this.#commands}`, event, deps.clock.now())),
      ),
    );
  }
}
