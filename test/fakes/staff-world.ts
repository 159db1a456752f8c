// Long because it is one world with everything that staff can meet in it.
import { createStaffApi } from "../../functions/staff-api/staff-api.ts";
import { formSeals } from "../../functions/staff-site/session/kept-forms.ts";
import type { StaffSiteDeps } from "../../functions/staff-site/site-deps.ts";
import { createStaffSite } from "../../functions/staff-site/staff-site.ts";
import { FixedClock } from "../../local/in-memory/fixed-clock.ts";
import { noPause } from "../../local/in-memory/no-pause.ts";
import { createUlidIds } from "../../shared/aws/ids/ulid-ids.ts";
import { createHmacSecrets } from "../../shared/aws/secrets/hmac-secrets.ts";
import type { Discovery } from "../../shared/aws/sign-in/discovery.ts";
import { newContactPoint } from "../../shared/care/contact-points/contact-point.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { EpisodeItem } from "../../shared/care/episode/episode-item.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { Pause } from "../../shared/ports/pause.ts";
import type { Store, StoredItem } from "../../shared/ports/store.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import {
  contactPointEpisodeItem,
  contactPointItem,
} from "../../shared/store/contact-point-items.ts";
import { storedEpisode, storedItem } from "../../shared/store/episode-forms.ts";
import { rosterEntry } from "../../shared/store/list-sites.ts";
import { MemoryStore } from "../../shared/store/memory/memory-store.ts";
import { listedNameOperations } from "../../shared/store/person-items.ts";
import { workflowReviews } from "../../workflows/registry.ts";
import { buildEpisode } from "../builders/state.ts";
import { holdAgainstDescription } from "./documented-answer.ts";
import { IssuerOfTests } from "./issuer-of-tests.ts";
import { seedWorld } from "./seed-world.ts";
import { write } from "./test-stores.ts";

export const origin = "https://care.example.org";

const issuerOfTests: Discovery = async () => ({
  issuer: origin,
  jwks_uri: `${origin}/keys`,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  end_session_endpoint: "https://sign-in.example.org/logout",
});

/** A person of a test: their episode and what belongs to it. */
export type TestPerson = {
  readonly episode: Episode;
  readonly items?: readonly EpisodeItem[];
  readonly given?: string;
  readonly family?: string;
};

/** Where the staff of a test sign in, and from where the pages are served. */
type SignIn = { readonly discovery: Discovery; readonly publicOrigin: string };

/** The staff's API over a store in memory that injects conflicts, with the shipped programs and fictional staff. */
export class StaffWorld<Kept extends Store = MemoryStore> {
  readonly store: Kept;
  readonly clock: FixedClock;
  readonly deps: CareDeps;
  readonly errors: string[] = [];
  readonly siteDeps: StaffSiteDeps;
  /** Every route that is answered, of the API and of the pages, such as `GET /api/v1/me`. */
  readonly routes: readonly string[];
  readonly #api: ReturnType<typeof createStaffApi>;
  readonly #site: ReturnType<typeof createStaffSite>;
  #keys = 0;

  private constructor(now: string, store: Kept, pause: Pause, signIn: SignIn) {
    this.store = store;
    this.clock = new FixedClock(now);
    this.deps = {
      store: this.store,
      clock: this.clock,
      ids: createUlidIds(this.clock),
      reviews: workflowReviews,
      pause,
      secrets: createHmacSecrets({
        linkSecret: "a secret for tests only, long enough to be taken",
        contactSecret: "a contact secret for tests only, long enough",
      }),
    };
    const deps = {
      ...this.deps,
      logger: {
        info: () => {},
        warn: () => {},
        error: (sentence: string, fields?: Readonly<Record<string, unknown>>) =>
          void this.errors.push(`${sentence} ${String(fields?.error)}`),
      },
      // The token of a test is the id of who signs in, and what tells several of them apart.
      verifyToken: async (token: string) =>
        token === "forged"
          ? undefined
          : {
              staffId: token.split(".")[0] ?? "",
              tokenId: `token-of-${token}`,
              endsAtEpochSeconds: 4_000_000_000,
            },
    };
    this.#api = createStaffApi(deps);
    const issuer = new IssuerOfTests(signIn.discovery);
    this.siteDeps = {
      ...deps,
      publicOrigin: signIn.publicOrigin,
      signIn: issuer.signIn(`${signIn.publicOrigin}/staff/signed-in`),
      sessionClock: this.clock,
      idleMinutes: 15,
      maxSessionHours: 12,
    };
    this.#site = createStaffSite(this.siteDeps);
    this.routes = [...this.#api.routes, ...this.#site.routes]
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`)
      .sort();
  }

  static async create(
    now: string,
    discovery = issuerOfTests,
    publicOrigin = origin,
  ): Promise<StaffWorld> {
    return StaffWorld.over(now, new MemoryStore(), noPause, { discovery, publicOrigin });
  }

  /** The same over another store, which waits between two tries as it needs to. */
  static async over<Kept extends Store>(
    now: string,
    store: Kept,
    pause: Pause,
    signIn: SignIn = { discovery: issuerOfTests, publicOrigin: origin },
  ): Promise<StaffWorld<Kept>> {
    const world = new StaffWorld(now, store, pause, signIn);
    await seedWorld(world.deps);
    return world;
  }

  async put(item: StoredItem, table: "care" | "identity" = "care"): Promise<void> {
    await write(this.store, { put: { table, item } });
  }

  /** Puts a person into the store as if the pathway had brought them there. */
  async add(person: TestPerson): Promise<Episode> {
    const items = person.items ?? [];
    const episode = { ...person.episode, open: items.map((item) => item.sk).sort() };
    const { episodeId, participantId, siteId } = episode;
    await this.put(storedEpisode(episode));
    for (const item of items) {
      await this.put(storedItem(episode, item));
      if (item.kind === "session") await this.#addSeat(episode, item);
    }
    await this.name(
      participantId,
      {
        given: person.given ?? "Robin",
        family: person.family ?? "Testperson",
        birthDate: "1990-02-03",
      },
      siteId,
    );
    for (const channel of ["sms", "email"] as const) {
      const contactPointId = episode.reach[channel]?.contactPointId;
      if (contactPointId === undefined) continue;
      const address = channel === "sms" ? "+15550100142" : "robin@example.org";
      await this.put(
        contactPointItem(
          newContactPoint({ contactPointId, channel, verifiedAt: episode.createdAt }),
        ),
      );
      await this.put(contactPointEpisodeItem(contactPointId, { episodeId, siteId, participantId }));
      await this.put(
        { ...keys.address(contactPointId), schemaVersion: 1, channel, address },
        "identity",
      );
    }
    await write(this.store, rosterEntry(episode));
    return episode;
  }

  /** Puts a profile into the store as intake and corrections do. */
  async name(
    participantId: string,
    who: Readonly<Record<"given" | "family" | "birthDate", string>> & {
      readonly recordNumber?: string;
    },
    siteId = "riverside",
  ): Promise<void> {
    const put = { ...keys.profile(participantId), attributes: { participantId, ...who } };
    await this.put({ pk: put.pk, sk: put.sk, schemaVersion: 1, ...put.attributes }, "identity");
    for (const operation of listedNameOperations(siteId, put)) await write(this.store, operation);
  }

  async #addSeat(
    episode: Episode,
    session: Extract<EpisodeItem, { kind: "session" }>,
  ): Promise<void> {
    const { groupSessionId, on, sk } = session;
    await this.put({
      ...keys.seat(groupSessionId, episode.episodeId),
      schemaVersion: 1,
      kind: "seat",
      groupSessionId,
      episodeId: episode.episodeId,
      sessionSk: sk,
    });
    await this.put({
      ...keys.siteDay(episode.siteId, on, groupSessionId),
      schemaVersion: 1,
      kind: "group-session",
      groupSessionId,
    });
  }

  /** One call of the API. A POST gets a fresh Idempotency-Key unless the call brings its own. */
  async call(
    as: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly body: Answer; readonly headers: Headers }> {
    this.#keys += 1;
    const response = await this.#api.request(`${origin}/api/v1${path}`, {
      method,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(method === "POST" ? { "idempotency-key": `key-${this.#keys}-0000` } : {}),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    holdAgainstDescription({
      method,
      path: `/api/v1${path}`,
      status: response.status,
      contentType: response.headers.get("content-type"),
      text,
    });
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith("{") ? (JSON.parse(text) as Answer) : {},
    };
  }

  /** Answers a request that came over the network. */
  async fetch(request: Request): Promise<Response> {
    const isPage = new URL(request.url).pathname.startsWith("/staff");
    return isPage ? this.#site.fetch(request) : this.#api.fetch(request);
  }

  /** The cookie of a session that began, and was last used, just now. */
  sessionCookie(as: string): string {
    // Nobody can seal a cookie but we.
    if (as === "forged") return "staff-session=forged";
    const nowMs = Date.parse(this.clock.now());
    const session = JSON.stringify({
      sessionId: `session-of-${as}`,
      staffId: as.split(".")[0] ?? "",
      accessToken: as,
      tokenEndsAtEpochSeconds: 4_000_000_000,
      startedAtMs: nowMs,
      seenAtMs: nowMs,
    });
    const endsAtMs = nowMs + 36 * 3_600_000;
    return `staff-session=${this.deps.secrets.sealValue(`staff-session:${endsAtMs}:${session}`)}`;
  }

  /** A page as a signed-in member of staff sees it, or what a form of it gives. */
  async page(
    as: string | undefined,
    path: string,
    fields?: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{
    readonly status: number;
    readonly html: string;
    readonly location: string | null;
    readonly headers: Headers;
  }> {
    const response = await this.#site.request(`${origin}${path}`, {
      method: fields === undefined ? "GET" : "POST",
      headers: {
        ...(as === undefined ? {} : { cookie: this.sessionCookie(as) }),
        ...(fields === undefined
          ? {}
          : { "content-type": "application/x-www-form-urlencoded", origin }),
        ...headers,
      },
      ...(fields === undefined ? {} : { body: new URLSearchParams(fields).toString() }),
    });
    return {
      status: response.status,
      html: await response.text(),
      location: response.headers.get("location"),
      headers: response.headers,
    };
  }

  /** What says that a form of this page was made for this member of staff. */
  sealFor(as: string, path: string): string {
    return formSeals(this.siteDeps).make(as.split(".")[0] ?? "", path);
  }

  /** What a form of a page carries along unseen, as this member of staff is shown it. */
  async formFields(as: string, path: string, form: string): Promise<Record<string, string>> {
    const { html } = await this.page(as, path);
    const found = [...html.matchAll(/<form method="post"[\s\S]*?<\/form>/g)]
      .map(([whole]) => whole)
      .find((whole) => whole.includes(`name="form" value="${form}"`));
    const hidden = (found ?? "").matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
    return Object.fromEntries([...hidden].map(([, name = "", value = ""]) => [name, value]));
  }

  async item(episodeId: string, sk: string): Promise<StoredItem | undefined> {
    const key = keys.episodeItem(episodeId, sk);
    return this.store.get("care", key.pk, key.sk);
  }
}

/** What a call answered; empty where it was no JSON object. */
export type Answer = Readonly<Record<string, unknown>>;

/** The items of a list that a call answered. */
export function itemsOf(body: Answer): readonly Answer[] {
  return Array.isArray(body.items) ? body.items : [];
}

/** Somebody at Riverside whose episode runs on the shipped program. */
export function personAt(siteId: "riverside" | "mesa", overrides: Partial<Episode> = {}): Episode {
  return buildEpisode({ siteId, programId: "adult-iop", programVersion: 1, ...overrides });
}
