import type { StaffRole } from "../../sign-in/staff-account.ts";

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** Calls the running server as its callers do: over HTTP, with a token of a fictional member of staff. */
export class LocalClient {
  readonly #url: string;
  readonly #tokens = new Map<string, string>();
  #calls = 0;

  constructor(url: string) {
    this.#url = url.replace(/\/$/, "");
  }

  /** @throws {Error} for any answer that is not a success: a seed never goes on beside a mistake */
  async post(
    path: string,
    body: unknown,
    as?: { readonly role: StaffRole; readonly siteId: string },
  ): Promise<Answer["body"]> {
    return await this.#call("POST", path, body, as);
  }

  async put(
    path: string,
    body: unknown,
    as: { readonly role: StaffRole; readonly siteId: string },
  ): Promise<Answer["body"]> {
    return await this.#call("PUT", path, body, as);
  }

  /** The rows of a list. */
  async list(
    path: string,
    as: { readonly role: StaffRole; readonly siteId: string },
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { items } = await this.#call("GET", path, undefined, as);
    return Array.isArray(items) ? items : [];
  }

  async #call(
    method: string,
    path: string,
    body: unknown,
    as?: { readonly role: StaffRole; readonly siteId: string },
  ): Promise<Answer["body"]> {
    this.#calls += 1;
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        "idempotency-key": `demo-${process.pid}-${String(this.#calls).padStart(6, "0")}`,
        ...(as === undefined ? {} : { authorization: `Bearer ${await this.#token(as)}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === "object" ? { ...parsed } : {};
  }

  async #token(as: { readonly role: StaffRole; readonly siteId: string }): Promise<string> {
    const name = `${as.role}@${as.siteId}`;
    const known = this.#tokens.get(name);
    if (known !== undefined) return known;
    const { accessToken } = await this.#call("POST", "/_local/sign-in", {
      as: as.role,
      siteId: as.siteId,
    });
    const token = String(accessToken);
    this.#tokens.set(name, token);
    return token;
  }
}
