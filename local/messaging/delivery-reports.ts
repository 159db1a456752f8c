import type { HttpHandler } from "../http/http-message.ts";
import type { Outbox, OutboxEntry } from "./outbox.ts";

/** What a carrier takes to say that a message has arrived. */
const reportAfterMs = 60_000;

/** Of two that are taken at once, each finds its own among the last ones. */
const lookedThrough = 20;

type Captured = Pick<Outbox, "list" | "get">;
type Pending = { readonly id: string; readonly dueAtMs: number };

/**
 * What the captured providers say of the messages that they took: a minute later that they have arrived, unless
 * somebody has said what else became of them. A message whose sender was cut off before it got the provider's answer is
 * reported by hand alone, and so is everything from before a restart.
 */
export class DeliveryReports {
  readonly #outbox: Captured;
  readonly #nowMs: () => number;
  #pending: Pending[] = [];

  constructor(outbox: Captured, nowMs: () => number) {
    this.#outbox = outbox;
    this.#nowMs = nowMs;
  }

  /** A provider's endpoint that notes what it has taken and has said so. */
  around(provider: HttpHandler): HttpHandler {
    return async (request) => {
      const response = await provider(request);
      const answer = response.body.toString();
      const taken = this.#outbox
        .list({ limit: lookedThrough })
        .find(({ providerMessageId }) => answer.includes(providerMessageId));
      if (response.status === 200 && taken?.messageId !== undefined && taken.channel !== "voice")
        this.#pending.push({ id: taken.id, dueAtMs: this.#nowMs() + reportAfterMs });
      return response;
    };
  }

  /** When the next report is due, epoch milliseconds. */
  nextAt(): number | undefined {
    const due = this.#pending.map(({ dueAtMs }) => dueAtMs);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  /** The messages that have arrived by now and of which nothing else is known; each is given once. */
  take(): readonly OutboxEntry[] {
    const now = this.#nowMs();
    const due = this.#pending.filter(({ dueAtMs }) => dueAtMs <= now);
    this.#pending = this.#pending.filter(({ dueAtMs }) => dueAtMs > now);
    return due.flatMap(({ id }) => {
      const entry = this.#outbox.get(id);
      return entry?.status === "accepted" ? [entry] : [];
    });
  }

  /** Forgets what was taken, for a fresh world. */
  clear(): void {
    this.#pending = [];
  }
}
