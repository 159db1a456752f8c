import type { StaffRole } from "../../sign-in/staff-account.ts";
import { findStaff } from "../../sign-in/staff-account.ts";
import { localStaff } from "../local-staff.ts";

/** Answers a call of the API. */
export type Request = (path: string, init: RequestInit) => Promise<Response>;

type Body = Readonly<Record<string, unknown>>;
type As = { readonly role: StaffRole; readonly siteId: string };

/** Calls the API as staff and referrers do. */
export class LocalClient {
  readonly #request: Request;
  #calls = 0;

  constructor(request: Request) {
    this.#request = request;
  }

  /** @throws {Error} for an answer that says the call was wrong: a story never goes on beside a mistake */
  async post(path: string, body: unknown, as?: As): Promise<Body> {
    return await this.#call("POST", path, body, as);
  }

  async put(path: string, body: unknown, as: As): Promise<Body> {
    return await this.#call("PUT", path, body, as);
  }

  async get(path: string, as: As): Promise<Body> {
    return await this.#call("GET", path, undefined, as);
  }

  /** The rows of a list. */
  async list(path: string, as: As): Promise<readonly Body[]> {
    const { items, next } = await this.#call("GET", path, undefined, as);
    const rows = Array.isArray(items) ? items : [];
    if (typeof next !== "string") return rows;
    const [address = ""] = path.split("&cursor=");
    return [...rows, ...(await this.list(`${address}&cursor=${next}`, as))];
  }

  async #call(method: string, path: string, body: unknown, as?: As): Promise<Body> {
    this.#calls += 1;
    const staffId =
      as === undefined ? undefined : findStaff(localStaff, as.role, as.siteId)?.staffId;
    const response = await this.#request(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        "idempotency-key": `demonstration-${String(this.#calls).padStart(6, "0")}`,
        ...(staffId === undefined ? {} : { authorization: `Bearer ${staffId}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // One row of a queue may settle another: what is not needed any more is left alone.
    if (response.status === 409) return {};
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === "object" ? { ...parsed } : {};
  }
}
