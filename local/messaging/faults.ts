import type { OutboxChannel } from "./outbox.ts";

/**
 * How a provider misbehaves: it throttles, refuses for good, accepts the message and then loses the
 * connection before answering, or is down and says so.
 */
export type FaultKind = "throttle" | "refuse" | "timeout-after-accept" | "down";

/** One planned misbehaviour. */
export interface Fault {
  readonly channel: OutboxChannel;
  readonly kind: FaultKind;
  /** How many sends it hits; 1 where it is left out, Infinity until {@link Faults.clear}. */
  readonly count?: number;
}

/** The misbehaviours that a test planned, used up in order, per channel. */
export class Faults {
  #planned: { channel: OutboxChannel; kind: FaultKind; left: number }[] = [];

  /** Plans a fault for the next sends on its channel. */
  next(fault: Fault): void {
    const left = fault.count ?? 1;
    if (left > 0) this.#planned.push({ channel: fault.channel, kind: fault.kind, left });
  }

  /** Uses up one planned fault; undefined where the provider behaves. */
  take(channel: OutboxChannel): FaultKind | undefined {
    const fault = this.#planned.find((planned) => planned.channel === channel);
    if (fault === undefined) return undefined;
    fault.left -= 1;
    if (fault.left <= 0) this.#planned = this.#planned.filter((planned) => planned !== fault);
    return fault.kind;
  }

  clear(): void {
    this.#planned = [];
  }
}
