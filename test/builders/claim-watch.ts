import type { Message } from "../../shared/care/episode/message.ts";
import type { CommittedChange } from "../../shared/store/memory/memory-store.ts";

const rank: Readonly<Record<Message["status"], number>> = {
  PLANNED: 0,
  CLAIMED: 1,
  UNKNOWN: 2,
  ACCEPTED: 3,
  FAILED: 4,
  DELIVERED: 5,
  SUPPRESSED: 6,
  CANCELLED: 6,
};

/** Looks at every commit for what must never happen to a message. */
export class ClaimWatch {
  /** How often the provider has taken each message. */
  readonly taken = new Map<string, number>();
  /** In sentences. */
  readonly breaches: string[] = [];
  readonly #closed = new Set<string>();

  take(messageId: string): void {
    this.taken.set(messageId, (this.taken.get(messageId) ?? 0) + 1);
  }

  see({ keys, newImage, oldImage }: CommittedChange): void {
    if (newImage?.kind === "contact-point") {
      const id = String(newImage.contactPointId);
      if (newImage.state === "open") this.#closed.delete(id);
      else this.#closed.add(id);
    }
    if (newImage?.kind !== "message") return;
    const after = newImage as unknown as Message;
    const before = oldImage as unknown as Message | undefined;
    const from = before?.status ?? "PLANNED";
    const isClaim = after.status === "CLAIMED" && from !== "CLAIMED";
    if (isClaim && this.#closed.has(after.contactPointId))
      this.breaches.push(`${keys.sk} was claimed after the stop`);
    const isRelease = from === "CLAIMED" && after.status === "PLANNED";
    if (isRelease && this.taken.has(after.messageId))
      this.breaches.push(`${keys.sk} was given back although it was taken`);
    // Of an email the provider's last word counts: it may bounce after it was delivered.
    const isLateBounce =
      after.channel === "email" && from === "DELIVERED" && after.status === "FAILED";
    const isEnd = from === "SUPPRESSED" || from === "CANCELLED";
    if (
      after.status !== from &&
      !isRelease &&
      !isLateBounce &&
      (isEnd || rank[after.status] < rank[from])
    )
      this.breaches.push(`${keys.sk} fell from ${from} to ${after.status}`);
  }
}
