import type { Adapter, AdapterPayload } from "oidc-provider";

/** What the stores of one issuer hold, by kind and id. */
export type OidcItems = Map<string, { payload: AdapterPayload; expiresAtMs: number }>;

/**
 * Keeps what a sign-in needs between two requests, in memory: a restart signs people out, which on
 * one machine costs a click.
 */
export class OidcStore implements Adapter {
  readonly #items: OidcItems;
  readonly #model: string;

  /** One store per kind of thing (`model`); all of one issuer share `items`. */
  constructor(model: string, items: OidcItems) {
    this.#model = model;
    this.#items = items;
  }

  async upsert(id: string, payload: AdapterPayload, expiresInSeconds?: number): Promise<void> {
    const expiresAtMs =
      expiresInSeconds === undefined
        ? Number.POSITIVE_INFINITY
        : Date.now() + expiresInSeconds * 1000;
    this.#items.set(this.#key(id), { payload, expiresAtMs });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const item = this.#items.get(this.#key(id));
    if (item === undefined) return undefined;
    if (item.expiresAtMs > Date.now()) return item.payload;
    this.#items.delete(this.#key(id));
    return undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#search((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#search((payload) => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const item = this.#items.get(this.#key(id));
    if (item !== undefined) item.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.#items.delete(this.#key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of this.#items) {
      if (payload.grantId === grantId) this.#items.delete(key);
    }
  }

  #key(id: string): string {
    return `${this.#model}:${id}`;
  }

  #search(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, { payload, expiresAtMs }] of this.#items) {
      const isOurs = key.startsWith(`${this.#model}:`) && expiresAtMs > Date.now();
      if (isOurs && matches(payload)) return payload;
    }
    return undefined;
  }
}
