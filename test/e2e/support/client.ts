import { randomUUID } from "node:crypto";
import { holdAgainstDescription } from "../../fakes/documented-answer.ts";

export type OutboxMessage = {
  readonly id: string;
  readonly channel: "email" | "sms" | "voice";
  readonly to: string;
  readonly from: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly links: readonly string[];
  readonly sentAt: string;
  readonly participantId?: string;
  readonly templateId?: string;
  readonly messageId?: string;
};

export type WorldEvent = {
  readonly at: string;
  readonly what: string;
  readonly episodeId?: string;
};

export type QueueItem = {
  readonly taskId: string;
  readonly version: number;
  readonly taskKind: string;
  readonly isApproval: boolean;
  readonly words: string;
  readonly proposal?: string;
  readonly episodeId: string;
  readonly dueAt: string;
  readonly about?: { readonly type: string; readonly id: string };
};

export type Role = "case-manager" | "clinician" | "clinical-lead" | "privacy-officer" | "operator";

/** Speaks to a local server over HTTP only, as the staff of one site and the time machine do. */
export class Client {
  readonly #url: () => string;
  readonly #siteId: string;
  readonly #tokens = new Map<Role, string>();

  constructor(url: () => string, siteId = "riverside") {
    this.#url = url;
    this.#siteId = siteId;
  }

  /** Where the server is now. */
  get origin(): string {
    return this.#url();
  }

  async json(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) {
    const response = await fetch(`${this.#url()}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (path.startsWith("/api/v1/"))
      holdAgainstDescription({
        method,
        path,
        status: response.status,
        contentType: response.headers.get("content-type"),
        text,
      });
    return {
      status: response.status,
      body: text === "" ? undefined : JSON.parse(text),
      headers: response.headers,
    };
  }

  async ok(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) {
    const answer = await this.json(method, path, body, headers);
    if (answer.status >= 300)
      throw new Error(
        `${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`,
      );
    return answer.body;
  }

  async token(as: Role): Promise<string> {
    const known = this.#tokens.get(as);
    if (known !== undefined) return known;
    const { accessToken } = await this.ok("POST", "/_local/sign-in", {
      as,
      siteId: this.#siteId,
    });
    this.#tokens.set(as, accessToken);
    return accessToken;
  }

  forgetTokens(): void {
    this.#tokens.clear();
  }

  /** A call of the API by a member of staff; POSTs carry a fresh Idempotency-Key. */
  async api(as: Role, method: string, path: string, body?: unknown, key: string = randomUUID()) {
    const answer = await this.tryApi(as, method, path, body, key);
    if (answer.status >= 300)
      throw new Error(
        `${method} /api/v1${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`,
      );
    return answer.body;
  }

  /** The same, for calls that may be refused. Signs in again when the token has run out. */
  async tryApi(as: Role, method: string, path: string, body?: unknown, key: string = randomUUID()) {
    const call = async () =>
      this.json(method, `/api/v1${path}`, body, {
        authorization: `Bearer ${await this.token(as)}`,
        ...(method === "POST" ? { "idempotency-key": key } : {}),
      });
    const first = await call();
    if (first.status !== 401) return first;
    this.#tokens.delete(as);
    return call();
  }

  async now(): Promise<string> {
    return (await this.ok("GET", "/_local/clock")).now;
  }

  async advanceBy(duration: string): Promise<readonly WorldEvent[]> {
    const answer = await this.ok("POST", "/_local/clock", { advanceBy: duration });
    if (answer.more) throw new Error("A jump of this test took more than two minutes");
    return answer.events;
  }

  /** Moves time forward to an instant; returns what happened on the way. */
  async advanceTo(instant: string): Promise<readonly WorldEvent[]> {
    const answer = await this.ok("POST", "/_local/clock", { advanceTo: instant });
    if (answer.more) throw new Error("A jump of this test took more than two minutes");
    return answer.events;
  }

  /** All pages of a list below `/api/v1`. */
  async all<Item>(as: Role, path: string): Promise<readonly Item[]> {
    const items: Item[] = [];
    let next: string | undefined;
    do {
      const mark = path.includes("?") ? "&" : "?";
      const cursor = next === undefined ? "" : `${mark}cursor=${encodeURIComponent(next)}`;
      const page = await this.api(as, "GET", `${path}${cursor}`);
      items.push(...page.items);
      next = page.next;
    } while (next !== undefined);
    return items;
  }

  async outbox(filter: Readonly<Record<string, string>> = {}): Promise<readonly OutboxMessage[]> {
    return this.ok("GET", `/_local/outbox?${new URLSearchParams(filter)}`);
  }

  async queue(as: Role, tab: string): Promise<readonly QueueItem[]> {
    return this.all(as, `/queue?tab=${tab}`);
  }
}
