import { createParticipantSite } from "../../functions/participant-site/participant-site.ts";
import { recordDelivery } from "../../functions/record-delivery/record-delivery.ts";
import { createStaffApi } from "../../functions/staff-api/staff-api.ts";
import { sweepStalledWork } from "../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { composeMail } from "../../shared/aws/ses/mail.ts";
import type { OutgoingMessage } from "../../shared/ports/message-sender.ts";
import { MemoryWorld, type SentMessage } from "../in-memory/memory-world.ts";
import { snsEvent } from "../messaging/sns-event.ts";
import { seedFoundation } from "../seeds/seed-foundation.ts";
import { assumedMs, reportsPerMessage } from "./assumptions.ts";
import type { FunctionUsage } from "./usage.ts";
import { UsageMeter } from "./usage-meter.ts";

const publicHost = "https://care.example.org";

/** A world in memory whose every use of a paid service is counted, with its pages and its staff API. */
export class CountedWorld {
  readonly world: MemoryWorld;
  readonly meter: UsageMeter;
  readonly origin = publicHost;
  emailBytes = 0;
  readonly #pages;
  readonly #staff;
  #reported = 0;

  private constructor(options: { readonly startAt: string; readonly seed: number }) {
    this.meter = new UsageMeter(() => Date.parse(this.world.now()));
    this.world = new MemoryWorld({ ...options, conflictRate: 0, observer: this.meter });
    this.world.sendAnswer = () => {
      this.meter.otherService();
      return undefined;
    };
    const { deps } = this.world;
    this.#pages = createParticipantSite(deps);
    this.#staff = createStaffApi({
      ...deps,
      // The token is the id of the member of staff.
      verifyToken: async (staffId) => ({
        staffId,
        tokenId: staffId,
        endsAtEpochSeconds: 4_000_000_000,
      }),
    });
  }

  /** A world with the shipped programs, in which counting has begun. */
  static async start(options: {
    readonly startAt: string;
    readonly seed: number;
  }): Promise<CountedWorld> {
    const counted = new CountedWorld(options);
    await seedFoundation(counted.world.deps);
    await counted.world.settle();
    counted.meter.start();
    return counted;
  }

  /** One look of the sweep at a system in which nothing stalled. */
  static async sweep(): Promise<FunctionUsage> {
    const counted = await CountedWorld.start({ startAt: "2027-01-01T00:00:00.000Z", seed: 1 });
    const { meter, world } = counted;
    await meter.call("sweep-stalled-work", () => sweepStalledWork(world.deps));
    const found = meter.functions()["sweep-stalled-work"];
    if (found === undefined) throw new Error("The sweep was not counted");
    // It runs every minute, so it is never cold.
    return { ...found, milliseconds: found.milliseconds - assumedMs.coldStart };
  }

  async askPage(path: string, init: RequestInit): Promise<Response> {
    const response = await this.meter.call("participant-site", async () =>
      this.#pages.request(`${publicHost}${path}`, init),
    );
    return this.#answered("participant", response);
  }

  async askStaffApi(path: string, init: RequestInit): Promise<Response> {
    const response = await this.meter.call("staff-api", async () =>
      this.#staff.request(`${publicHost}${path}`, init),
    );
    return this.#answered("staff", response);
  }

  /** Moves time from event to event; what was sent meanwhile is reported as delivered. */
  async advanceTo(instant: string): Promise<void> {
    for (;;) {
      await this.#reportDeliveries();
      const next = this.world.nextEventAtMs();
      const isBefore = next !== undefined && next < Date.parse(instant);
      if (!isBefore) break;
      await this.world.advanceTo(
        new Date(Math.max(next, Date.parse(this.world.now()))).toISOString(),
      );
    }
    await this.world.advanceTo(instant);
    await this.#reportDeliveries();
  }

  async #answered(by: "participant" | "staff", response: Response): Promise<Response> {
    const bytes = (await response.clone().arrayBuffer()).byteLength;
    this.meter.request(by, bytes);
    await this.world.settle();
    await this.#reportDeliveries();
    return response;
  }

  async #reportDeliveries(): Promise<void> {
    for (; this.#reported < this.world.sent.length; this.#reported += 1) {
      const message = this.world.sent[this.#reported];
      if (message === undefined) continue;
      if (message.channel === "email") this.emailBytes += (await composeMail(message)).byteLength;
      for (const status of reportsPerMessage[message.channel]) {
        this.meter.report();
        const { Records } = snsEvent("reports", reportOf(message, status), this.world.now());
        const event = { Records: Records.map(({ Sns }) => ({ Sns: { Message: Sns.Message } })) };
        await this.meter.call("record-delivery", () => recordDelivery(this.world.deps, event));
        await this.world.settle();
      }
    }
  }
}

/** The part of a provider's report that is read. */
function reportOf(message: OutgoingMessage & Pick<SentMessage, "at">, status: string): object {
  const providerId = `p-${message.messageId}`;
  return message.channel === "email"
    ? {
        eventType: status,
        mail: { messageId: providerId, tags: { messageId: [message.messageId] } },
      }
    : {
        eventType: `TEXT_${status}`,
        messageId: providerId,
        messageStatus: status,
        context: { messageId: message.messageId },
      };
}
