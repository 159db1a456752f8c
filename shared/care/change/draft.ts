import { itemPrefixes } from "../../keys/keys.ts";
import type { Episode } from "../episode/episode.ts";
import type { EpisodeItem, OpenState } from "../episode/episode-item.ts";
import type { Message } from "../episode/message.ts";
import type { AuditFact, Change, IdentityPut, PlannedPut, Projection } from "./change.ts";
import type { DecisionContext } from "./context.ts";
import type { OutboxEntry } from "./outbox-entry.ts";

type ClearableFact =
  | "hold"
  | "notAlone"
  | "waiting"
  | "dischargedAt"
  | "dischargeItems"
  | "disposition"
  | "lastNoShowAt"
  | "closedAt"
  | "closingReason"
  | "versionMove"
  | "death";

/**
 * Collects what one decision changes and closes it into a {@link Change}. Keeps the episode's list of
 * open items true and gives every changed item its next version.
 */
export class Draft {
  readonly #ctx: DecisionContext;
  readonly #before: OpenState;
  #episode: Episode;
  readonly #items = new Map<string, EpisodeItem>();
  readonly #expects = new Map<string, PlannedPut["expects"]>();
  readonly #identityPuts: IdentityPut[] = [];
  readonly #outbox: OutboxEntry[] = [];
  readonly #projections: Projection[] = [];

  constructor(state: OpenState, ctx: DecisionContext) {
    this.#ctx = ctx;
    this.#before = state;
    this.#episode = state.episode;
  }

  get episode(): Episode {
    return this.#episode;
  }

  get now(): string {
    return this.#ctx.now;
  }

  /** The open state as it would be after this change. */
  get state(): OpenState {
    if (this.#items.size === 0) return { episode: this.#episode, items: this.#before.items };
    const items = new Map(this.#before.items);
    for (const [sk, item] of this.#items) items.set(sk, item);
    return { episode: this.#episode, items };
  }

  /** The item as it stands in this change. */
  item(sk: string): EpisodeItem | undefined {
    return this.#items.get(sk) ?? this.#before.items.get(sk);
  }

  /** All items as they stand in this change. */
  items(): EpisodeItem[] {
    return [...this.state.items.values()];
  }

  set(fields: Partial<Episode>): void {
    this.#episode = { ...this.#episode, ...fields };
  }

  /** Takes facts off the episode that hold no longer. */
  clear(...keys: readonly ClearableFact[]): void {
    const episode: Partial<Episode> = { ...this.#episode };
    for (const key of keys) delete (episode as Partial<Record<ClearableFact, unknown>>)[key];
    this.#episode = episode as Episode;
  }

  /** Adds a new item under its business key; does nothing when the key is known already. */
  add(item: EpisodeItem): void {
    if (this.item(item.sk) !== undefined) return;
    this.#items.set(item.sk, item);
    this.#expects.set(item.sk, "absent");
  }

  /** Replaces an item by its changed form; the version it was read at must still stand. */
  replace<Item extends EpisodeItem>(item: Item, fields: Partial<Item>): Item {
    const current = (this.#items.get(item.sk) ?? item) as Item;
    const expects = this.#expects.get(item.sk);
    const isFirstChange = expects === undefined;
    const next: Item = {
      ...current,
      ...fields,
      version: isFirstChange ? current.version + 1 : current.version,
    };
    this.#items.set(item.sk, next);
    if (isFirstChange) this.#expects.set(item.sk, { version: current.version });
    return next;
  }

  /** Puts an item in the place of its former self, fields that are gone included. */
  restore(item: EpisodeItem): void {
    const { version } = this.replace(item, {});
    this.#items.set(item.sk, { ...item, version });
  }

  identity(put: IdentityPut): void {
    this.#identityPuts.push(put);
  }

  owe(entry: OutboxEntry): void {
    const text = JSON.stringify(entry);
    if (!this.#outbox.some((known) => JSON.stringify(known) === text)) this.#outbox.push(entry);
  }

  project(projection: Projection): void {
    this.#projections.push(projection);
  }

  /** Cancels planned messages that match, with a reason in words. */
  cancelMessages(matches: (message: Message) => boolean, reason: string): void {
    for (const item of this.items()) {
      if (item.kind === "message" && item.status === "PLANNED" && matches(item)) {
        this.replace(item, { status: "CANCELLED", reason, settledAt: this.now });
      }
    }
  }

  finish(action: string, facts: Readonly<Record<string, AuditFact>> = {}, reason?: string): Change {
    const open = [...this.state.items.values()].filter(isOpenItem).map((item) => item.sk);
    // Holds are registered without touching the episode; they are read beside their run.
    const episode: Episode = {
      ...this.#episode,
      version: this.#before.episode.version + 1,
      open: [...new Set(open.filter((sk) => !sk.startsWith(itemPrefixes.hold)))].sort(),
    };
    return {
      episode,
      puts: [...this.#items.values()].map((item) => {
        const expects = this.#expects.get(item.sk) ?? "absent";
        return { item, expects };
      }),
      identityPuts: this.#identityPuts,
      audit: { action, actor: this.#ctx.actor, facts, ...(reason === undefined ? {} : { reason }) },
      outbox: this.#outbox,
      projections: this.#projections,
    };
  }
}

/** True while an item still matters to decisions; closed ones leave the open list. */
export function isOpenItem(item: EpisodeItem): boolean {
  switch (item.kind) {
    case "driver":
      return item.status !== "done";
    case "hold":
      return item.status === "waiting";
    case "message":
      return item.status === "PLANNED" || item.status === "CLAIMED" || item.status === "UNKNOWN";
    case "task":
      return item.status === "open";
    case "session":
      return item.status === "planned" || item.mayReturn === true;
    case "form":
      return item.status === "asked";
    case "check-in":
      return (
        item.status === "planned" ||
        item.status === "open" ||
        (item.status === "answered" && item.assessedAt === undefined)
      );
    case "outreach":
      return item.status === "climbing" || item.status === "decision-needed";
    case "escalation":
      return item.status !== "closed";
  }
}
