import { CalledWrongly, type Input, NotDone, type Option, textOption } from "./command.ts";
import { keptSignInFor } from "./sign-in/kept-tokens.ts";

export const serverOptions: readonly Option[] = [
  {
    flags: "--server <address>",
    words: "the server; http://127.0.0.1:8080 where left out",
  },
  { flags: "--as <role>", words: "on this machine only: sign in as, e.g. clinician" },
  { flags: "--site <id>", words: "only this site" },
];
export const revealOption: Option = {
  flags: "--reveal",
  words: "show names and contact details in full",
};

type Body = Readonly<Record<string, unknown>>;

/** The server's API, signed in. Every failure is a sentence. */
export type ApiClient = {
  readonly get: (path: string) => Promise<Body>;
  readonly post: (path: string, body: unknown) => Promise<Body>;
  /** Only where giving the same twice comes to the same. */
  readonly put: (path: string, body: unknown) => Promise<Body>;
  /** All rows of a paged list. */
  readonly list: (path: string) => Promise<readonly Body[]>;
};

/** The address of the server, without a slash at its end. @throws {CalledWrongly} for what is no address */
export function serverAddress(input: Input): string {
  const named = textOption(input, "server") ?? input.io.env.THROUGHCARE_SERVER;
  const address = named ?? "http://127.0.0.1:8080";
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new CalledWrongly(
      `${address} is no server address: write it such as http://127.0.0.1:8080.`,
    );
  }
  return address.replace(/\/+$/, "");
}

/** True for the machine itself: only there may anybody sign in without a password. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * The token that a call may use without asking anybody: that of `THROUGHCARE_TOKEN`, or of `throughcare sign-in`.
 * @throws {CalledWrongly} when the sign-in has ended and nobody else can be signed in as
 */
export function givenToken(input: Input): string | undefined {
  const { env } = input.io;
  if (env.THROUGHCARE_TOKEN !== undefined) return env.THROUGHCARE_TOKEN;
  if (textOption(input, "as") !== undefined) return undefined;
  const server = serverAddress(input);
  const kept = keptSignInFor(input.io, server);
  if (kept === undefined) return undefined;
  if (Date.parse(kept.endsAt) > Date.now()) return kept.accessToken;
  if (isLoopback(server)) return undefined;
  throw new CalledWrongly(
    `Your sign-in to ${server} ended at ${kept.endsAt}. Sign in again: throughcare sign-in --server ${server}`,
  );
}

/**
 * Signs in: with the token that was given or kept, or on this machine as a fictional member of staff.
 * @param role - who to be where `--as` is left out
 * @throws {CalledWrongly} for a server elsewhere without a token
 */
export async function openApi(
  input: Input,
  role: string,
  siteId: string | undefined = textOption(input, "site"),
): Promise<ApiClient> {
  const server = serverAddress(input);
  const given = givenToken(input);
  if (given === undefined && !isLoopback(server)) {
    throw new CalledWrongly(
      `Sign in first: throughcare sign-in --server ${server}. Only a server on this machine lets you in without. (A token in THROUGHCARE_TOKEN does, too.)`,
    );
  }
  const token =
    given ??
    String(
      (
        await call(input, `${server}/_local/sign-in`, {
          method: "POST",
          body: {
            as: textOption(input, "as") ?? role,
            ...(siteId === undefined ? {} : { siteId }),
          },
        })
      ).accessToken,
    );
  const headers = { authorization: `Bearer ${token}` };
  const api = `${server}/api/v1`;
  const get = (path: string) => call(input, `${api}${path}`, { method: "GET", headers });
  return {
    get,
    post: (path, body) =>
      call(input, `${api}${path}`, {
        method: "POST",
        headers: { ...headers, "idempotency-key": crypto.randomUUID() },
        body,
      }),
    put: (path, body) => call(input, `${api}${path}`, { method: "PUT", headers, body }),
    list: async (path) => {
      const rows: Body[] = [];
      let cursor: string | undefined;
      do {
        const mark = path.includes("?") ? "&" : "?";
        const page = await get(
          cursor === undefined ? path : `${path}${mark}cursor=${encodeURIComponent(cursor)}`,
        );
        if (Array.isArray(page.items)) rows.push(...page.items);
        cursor = typeof page.next === "string" ? page.next : undefined;
      } while (cursor !== undefined);
      return rows;
    },
  };
}

/** One call. @throws {NotDone} with the server's own sentence where it refuses */
export async function call(
  input: Input,
  url: string,
  request: {
    readonly method: "GET" | "POST" | "PUT" | "DELETE";
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  },
): Promise<Body> {
  let response: Response;
  try {
    response = await input.io.fetch(url, {
      method: request.method,
      headers: {
        accept: "application/json",
        ...request.headers,
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
  } catch {
    throw new NotDone(
      `${new URL(url).origin} does not answer. Start it with npm start, or name another with --server.`,
    );
  }
  const body = readObject(await response.text());
  if (response.ok && body !== undefined) return body;
  const problems = Array.isArray(body?.errors)
    ? body.errors.map((one) => ` ${String(one?.path)} ${String(one?.problem)}.`).join("")
    : "";
  const reason = body?.detail ?? body?.title;
  const sentence = typeof reason === "string" ? reason : "it gave no reason";
  throw new NotDone(`The server said no (${response.status}): ${sentence}${problems}`);
}

function readObject(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
