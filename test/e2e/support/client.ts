import { randomUUID } from "node:crypto";

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

type Role = "case-manager" | "clinician" | "clinical-lead" | "privacy-officer" | "operator";

/** Speaks to a local server over HTTP only, as staff, participants and the time machine do. */
export class Client {
  readonly #url: () => string;
  readonly #tokens = new Map<Role, string>();

  constructor(url: () => string) {
    this.#url = url;
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
    const { accessToken } = await this.ok("POST", "/_local/sign-in", { as, siteId: "riverside" });
    this.#tokens.set(as, accessToken);
    return accessToken;
  }

  forgetTokens(): void {
    this.#tokens.clear();
  }

  /** A call of the API by a member of staff; POSTs carry a fresh Idempotency-Key. */
  async api(as: Role, method: string, path: string, body?: unknown, key: string = randomUUID()) {
    return this.ok(method, `/api/v1${path}`, body, {
      authorization: `Bearer ${await this.token(as)}`,
      ...(method === "POST" ? { "idempotency-key": key } : {}),
    });
  }

  async tryApi(as: Role, method: string, path: string, body?: unknown, key: string = randomUUID()) {
    return this.json(method, `/api/v1${path}`, body, {
      authorization: `Bearer ${await this.token(as)}`,
      ...(method === "POST" ? { "idempotency-key": key } : {}),
    });
  }

  async now(): Promise<string> {
    return (await this.ok("GET", "/_local/clock")).now;
  }

  async advanceBy(duration: string): Promise<void> {
    let more = true;
    const target = { advanceBy: duration };
    const first = await this.ok("POST", "/_local/clock", target);
    more = first.more;
    if (more) throw new Error("A jump of this test took more than two minutes");
  }

  async advanceTo(instant: string): Promise<void> {
    let answer = await this.ok("POST", "/_local/clock", { advanceTo: instant });
    while (answer.more) answer = await this.ok("POST", "/_local/clock", { advanceTo: instant });
  }

  async outbox(filter: Readonly<Record<string, string>> = {}): Promise<readonly OutboxMessage[]> {
    return this.ok("GET", `/_local/outbox?${new URLSearchParams(filter)}`);
  }

  async queue(as: Role, tab: string): Promise<readonly QueueItem[]> {
    return (await this.api(as, "GET", `/queue?tab=${tab}`)).items;
  }
}
