import type { Context, MiddlewareHandler } from "hono";
import { html } from "hono/html";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { requestKeyPattern } from "../../../shared/store/remembered-request.ts";
import { maxBodyBytes } from "../../../shared/web/http/read-body.ts";
import type { ApiVariables } from "../authenticate.ts";
import { staffLayout } from "./layout.ts";
import { sessionToken } from "./session.ts";

export type PageContext = Context<{ Variables: ApiVariables }>;

/** The API as the pages use it: every form goes through the same calls as any other client's. */
export type ApiClient = {
  request(path: string, init: RequestInit): Response | Promise<Response>;
};

export type PageDeps = CareDeps & { readonly api: ApiClient };

export type CallResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: number; readonly sentence: string };

/**
 * Makes one call of the API as the member of staff who is signed in.
 * @param call.key - the form's own Idempotency-Key, so that a second click does nothing twice
 */
export async function callApi(
  context: PageContext,
  api: ApiClient,
  call: {
    readonly method: "POST" | "PUT";
    readonly path: string;
    readonly body: unknown;
    readonly key: string;
  },
): Promise<CallResult> {
  const answer = await api.request(`/api/v1${call.path}`, {
    method: call.method,
    headers: {
      authorization: `Bearer ${sessionToken(context.req.header("cookie")) ?? ""}`,
      "content-type": "application/json",
      // A key that no form of ours has made is no header either: the call says what is wrong with it.
      "idempotency-key": requestKeyPattern.test(call.key) ? call.key : "none",
    },
    body: JSON.stringify(call.body),
  });
  if (answer.ok) return { ok: true };
  return { ok: false, status: answer.status, sentence: sentenceOf(await answer.text()) };
}

function sentenceOf(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    if (answer === null || typeof answer !== "object") return "That did not work. Try again.";
    const errors: unknown = Reflect.get(answer, "errors");
    const [first] = Array.isArray(errors) ? errors : [];
    const problem: unknown = first?.problem;
    const title: unknown = Reflect.get(answer, "title");
    if (typeof title !== "string") return "That did not work. Try again.";
    return typeof problem === "string" && typeof first.path === "string"
      ? `${title} ${first.path === "" ? "It" : first.path}: ${problem}.`
      : title;
  } catch {
    return "That did not work. Try again.";
  }
}

/** The fields of a form that was sent, as texts; a field that is missing is empty. */
export async function readForm(context: PageContext): Promise<(name: string) => string> {
  const form = await fieldsOf(context);
  return (name) => form.get(name) ?? "";
}

/** The fields of a form whose names begin so, without that beginning; empty ones are left out. */
export async function readFields(
  context: PageContext,
  prefix: string,
): Promise<readonly (readonly [string, string])[]> {
  return [...(await fieldsOf(context))].flatMap(([name, value]) =>
    name.startsWith(prefix) && value !== "" ? [[name.slice(prefix.length), value] as const] : [],
  );
}

/** What is no form that can be read has no fields: the call that follows says what is missing. */
async function fieldsOf(context: PageContext): Promise<ReadonlyMap<string, string>> {
  try {
    const form = await context.req.parseBody();
    return new Map(
      Object.entries(form).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value.trim()] as const] : [],
      ),
    );
  } catch {
    return new Map();
  }
}

/** Lets no form through that is larger than any of ours can be. */
export const refuseLargeForms: MiddlewareHandler<{ Variables: ApiVariables }> = async (
  context,
  next,
) => {
  const isForm = context.req.method === "POST";
  const size = isForm ? (await context.req.raw.clone().arrayBuffer()).byteLength : 0;
  if (size <= maxBodyBytes) return next();
  return context.html(
    staffLayout({
      title: "Too much at once",
      content: html`<p class="card">What was sent is larger than any form here. Go back, shorten it, and send it again.</p>`,
    }),
    413,
  );
};

/** What is shown for an address that holds nothing, or what another site has. */
export function notHere(context: PageContext): Response | Promise<Response> {
  return context.html(
    staffLayout({
      title: "Not here",
      who: context.get("staff").name,
      content: html`<p class="card">There is nothing at this address, or it belongs to another site. <a href="/staff">Go to the queue</a></p>`,
    }),
    404,
  );
}

/** Status codes a page may answer with when its form was refused. */
export function pageStatus(status: number): 400 | 404 | 409 | 413 | 422 | 503 {
  const known = [400, 404, 409, 413, 422] as const;
  return known.find((one) => one === status) ?? 503;
}
