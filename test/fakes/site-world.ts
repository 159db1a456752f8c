import { createParticipantSite } from "../../functions/participant-site/participant-site.ts";
import { createReceiveIntake } from "../../functions/receive-intake/receive-intake.ts";
import { localStaff, seedFoundation } from "../../local/seeds/seed-foundation.ts";
import { createUlidIds } from "../../shared/adapters/ids/ulid-ids.ts";
import { MemoryStore } from "../../shared/adapters/memory/memory-store.ts";
import { createHmacSecrets } from "../../shared/adapters/secrets/hmac-secrets.ts";
import type { EpisodeItem } from "../../shared/domain/episode/episode.ts";
import { readEpisode, readEpisodeItem } from "../../shared/services/load-episode.ts";
import { keys } from "../../shared/table/tables.ts";

export const siteOrigin = "https://care.example.org";

/** Pages and intake in one process over a store in memory: no mail, no texts, no state machines. */
export class SiteWorld {
  readonly store: MemoryStore;
  readonly #clock: { ms: number };
  readonly deps;
  readonly site;
  readonly intake;
  readonly problems: string[] = [];

  constructor(options: { readonly conflictRate?: number } = {}) {
    this.store = new MemoryStore(options);
    // A Tuesday, 11:00 in New York.
    this.#clock = { ms: Date.parse("2027-01-12T16:00:00.000Z") };
    const clock = { now: () => new Date(this.#clock.ms).toISOString() };
    this.deps = {
      store: this.store,
      clock,
      ids: createUlidIds(clock),
      secrets: createHmacSecrets("a secret for tests only, long enough to be taken"),
      pause: { milliseconds: async () => {} },
      publicOrigin: siteOrigin,
      verifyToken: async (token: string) =>
        token.startsWith("token-of-") ? { staffId: token.slice("token-of-".length) } : undefined,
      logger: {
        info: () => {},
        warn: () => {},
        error: (sentence: string, fields?: { readonly error?: unknown }) =>
          void this.problems.push(`${sentence} ${String(fields?.error)}`),
      },
    };
    this.site = createParticipantSite(this.deps);
    this.intake = createReceiveIntake(this.deps);
  }

  static async start(options: { readonly conflictRate?: number } = {}): Promise<SiteWorld> {
    const world = new SiteWorld(options);
    await seedFoundation(world.deps);
    return world;
  }

  static get staffId(): string {
    return localStaff[0]?.staffId ?? "";
  }

  now(): string {
    return this.deps.clock.now();
  }

  advanceHours(hours: number): void {
    this.#clock.ms += hours * 3_600_000;
  }

  setNow(instant: string): void {
    this.#clock.ms = Date.parse(instant);
  }

  /** Every item of the care table under a partition. */
  async items(pk: string) {
    return (await this.store.query("care", pk, { limit: 500 })).items;
  }

  async episode(episodeId: string) {
    const key = keys.episode(episodeId);
    const item = await this.store.get("care", key.pk, key.sk);
    if (item === undefined) throw new Error(`There is no episode ${episodeId}`);
    return readEpisode(item);
  }

  async episodeItems<Kind extends EpisodeItem["kind"]>(
    episodeId: string,
    kind: Kind,
  ): Promise<readonly Extract<EpisodeItem, { readonly kind: Kind }>[]> {
    const all = await this.items(keys.episode(episodeId).pk);
    return all
      .filter((item) => item.kind === kind)
      .map((item) => readEpisodeItem(item) as Extract<EpisodeItem, { readonly kind: Kind }>);
  }
}
