import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Refusal } from "../../care/change/change.ts";
import { refusalStatus } from "./refusal-status.ts";

/** An answer as problem+json (RFC 9457): a sentence that says what to do, never what was sent. */
export function problem(
  context: Context,
  status: ContentfulStatusCode,
  title: string,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  return context.body(JSON.stringify({ type: "about:blank", title, status, ...more }), status, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
}

/** Answers with a refusal: its status, its sentence, its code (RFC 9457). */
export function refusalProblem(context: Context, refusal: Refusal): Response {
  return problem(context, refusalStatus[refusal.refused], refusal.sentence, {
    code: refusal.refused,
    ...(refusal.details === undefined ? {} : { details: refusal.details }),
  });
}
