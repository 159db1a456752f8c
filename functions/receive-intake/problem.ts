import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { IntakeProblem } from "../../shared/contracts/intake-request.ts";

/** An answer as problem+json (RFC 9457): a sentence that says what to do, never what was sent. */
export function problem(
  context: Context,
  status: ContentfulStatusCode,
  title: string,
  errors?: readonly IntakeProblem[],
): Response {
  const body = {
    type: "about:blank",
    title,
    status,
    ...(errors === undefined ? {} : { errors }),
  };
  return context.body(JSON.stringify(body), status, {
    "content-type": "application/problem+json",
  });
}
