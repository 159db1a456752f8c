import { createParticipantSite } from "../../functions/participant-site/participant-site.ts";
import { createReceiveIntake } from "../../functions/receive-intake/receive-intake.ts";
import { localStaff } from "../../local/seeds/seed-foundation.ts";
import { createUlidIds } from "../../shared/aws/ids/ulid-ids.ts";
import { createHmacSecrets } from "../../shared/aws/secrets/hmac-secrets.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { EpisodeItem } from "../../shared/care/episode/episode-item.ts";
import { planWeek } from "../../shared/care/sessions/plan-week.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { Store } from "../../shared/ports/store.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import { readEpisode, readEpisodeItem } from "../../shared/store/episode-forms.ts";
import { MemoryStore } from "../../shared/store/memory/memory-store.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import { seedWorld } from "./seed-world.ts";

export const siteOrigin = "https://care.example.org";

export type SiteWorldOptions = {
  readonly conflictRate?: number;
  /** Where a browser reaches the pages. */
  readonly publicOrigin?: string;
  /** The store as the pages get it. */
  readonly watch?: (store: Store) => Store;
};

/** Pages and intake in one process over a store in memory: no mail, no texts, no state machines. */
export class SiteWorld {
  readonly store: MemoryStore;
  readonly #clock: { ms: number };
  readonly deps;
  readonly site;
  readonly intake;
  readonly problems: string[] = [];

  constructor(options: SiteWorldOptions = {}) {
    const { publicOrigin = siteOrigin, watch = (store) => store, ...storeOptions } = options;
    this.store = new MemoryStore(storeOptions);
    // A Tuesday, 11:00 in New York.
    this.#clock = { ms: Date.parse("2027-01-12T16:00:00.000Z") };
    const clock = { now: () => new Date(this.#clock.ms).toISOString() };
    this.deps = {
      store: watch(this.store),
      clock,
      ids: createUlidIds(clock),
      reviews: workflowReviews,
      secrets: createHmacSecrets({
        linkSecret: "a secret for tests only, long enough to be taken",
        contactSecret: "a contact secret for tests only, long enough",
      }),
      pause: { milliseconds: async () => {} },
      publicOrigin,
      verifyToken: async (token: string) =>
        token.startsWith("token-of-")
          ? {
              staffId: token.slice("token-of-".length),
              tokenId: token,
              endsAtEpochSeconds: 4_000_000_000,
            }
          : undefined,
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

  static async start(options: SiteWorldOptions = {}): Promise<SiteWorld> {
    const world = new SiteWorld(options);
    await seedWorld(world.deps);
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

  /** Everything that is stored, as one text: the same text before and after means that nothing was written. */
  everything(): string {
    const tables = ["care", "identity", "audit"] as const;
    return JSON.stringify(tables.map((table) => this.store.all(table)));
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

  /** Asks for answers to instruments, as the workflows do; returns the link's token. */
  async askForm(
    episodeId: string,
    options: {
      readonly instruments?: readonly string[];
      readonly opensAt?: string;
      readonly endsAt?: string;
      readonly occasion?: string;
    } = {},
  ): Promise<string> {
    const { instruments = ["phq-9", "gad-7"], occasion = "intake" } = options;
    const opensAt = options.opensAt ?? this.now();
    const endsAt = options.endsAt ?? new Date(this.#clock.ms + 14 * 86_400_000).toISOString();
    return this.#giveLink(episodeId, "forms", { opensAt, endsAt }, (draft) => {
      const sk = `FORM#${occasion}`;
      draft.add({
        kind: "form",
        sk,
        version: 1,
        formId: this.deps.ids.next(),
        occasion,
        instruments,
        status: "asked",
        askedAt: opensAt,
        endsAt,
        answers: {},
        submissions: [],
      });
      return sk;
    });
  }

  /** Opens a check-in of aftercare; returns the link's token. */
  async openCheckIn(episodeId: string, number = 2): Promise<string> {
    const opensAt = this.now();
    const endsAt = new Date(this.#clock.ms + 7 * 86_400_000).toISOString();
    return this.#giveLink(episodeId, "check-in", { opensAt, endsAt }, (draft) => {
      const sk = `CHECKIN#${number}`;
      draft.add({
        kind: "check-in",
        sk,
        version: 1,
        checkInId: this.deps.ids.next(),
        number,
        checkInKind: "check-in",
        status: "open",
        dueAt: opensAt,
        openedAt: opensAt,
        endsAt,
        answers: {},
        reasons: [],
        submissions: [],
      });
      return sk;
    });
  }

  /** Begins the first program week of somebody, with its sessions; returns the link's token. */
  async beginWeek(episodeId: string, startsOn: string): Promise<string> {
    const opensAt = this.now();
    const endsAt = new Date(this.#clock.ms + 6 * 86_400_000).toISOString();
    return this.#giveLink(episodeId, "my-week", { opensAt, endsAt }, (draft, ctx) => {
      const { sessions } = planWeek(ctx.program, ctx.site, {
        ...ctx,
        week: 1,
        startsOn,
        episodeId,
      });
      for (const session of sessions) draft.add(session);
      draft.set({
        week: 1,
        weeks: [
          {
            week: 1,
            startsOn,
            expectedMinutes: 720,
            attendedMinutes: 180,
            isFullWeek: true,
            byDay: {},
          },
        ],
      });
      return "DRIVER#weekly-program";
    });
  }

  async #giveLink(
    episodeId: string,
    purpose: "forms" | "check-in" | "my-week",
    window: { readonly opensAt: string; readonly endsAt: string },
    build: (draft: Draft, ctx: DecisionContext) => string,
  ): Promise<string> {
    const linkId = this.deps.ids.next();
    await decideAndCommit(this.deps, {
      episodeId,
      commandId: `give-link-${linkId}`,
      actor: { kind: "system", part: "test" },
      decide: (state, ctx) => {
        const draft = new Draft(state, ctx);
        const itemSk = build(draft, ctx);
        draft.project({ kind: "link", linkId, purpose, itemSk, ...window });
        return { change: draft.finish("link-given"), answer: "given" };
      },
    });
    return this.deps.secrets.sealLink(linkId);
  }

  /** A participant who asked for care on the pages' own account. */
  async participant(
    language = "en",
    person = { given: "Robin", phone: "+12125550142", email: "robin@example.org" },
  ): Promise<string> {
    const response = await this.intake.request("https://care.example.org/api/v1/intakes", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": this.deps.ids.next() },
      body: JSON.stringify({
        programId: "adult-iop",
        siteId: "riverside",
        source: "self",
        participant: {
          name: { given: person.given, family: "Okafor" },
          birthDate: "1990-03-28",
          phone: person.phone,
          email: person.email,
          language,
        },
        consents: { sms: true, email: true, voicemail: false },
      }),
    });
    const { episodeId } = (await response.json()) as { readonly episodeId: string };
    return episodeId;
  }
}
