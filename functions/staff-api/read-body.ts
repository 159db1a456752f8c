import type { Context } from "hono";
import type * as z from "zod";
import { readJson } from "../../shared/contracts/read-json.ts";
import { problem } from "./problem.ts";

/** The largest body any call takes, in bytes. */
export const largestBodyBytes = 32 * 1024;

/**
 * The parsed body of a call, or the answer that refuses it: 413 when it is too large, 415 when it is
 * not JSON by its type, 400 with a list of what is wrong. Input is never echoed.
 */
export async function readBody<Body>(
  context: Context,
  schema: z.ZodType<Body>,
): Promise<{ readonly body: Body; readonly text: string } | Response> {
  if (Number(context.req.header("content-length") ?? "0") > largestBodyBytes)
    return tooLarge(context);
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) {
    return problem(context, 415, "Send the body as JSON, with content-type application/json.");
  }
  const text = await context.req.text();
  if (new TextEncoder().encode(text).length > largestBodyBytes) return tooLarge(context);
  const parsed = readJson(text);
  if (parsed === undefined)
    return problem(context, 400, "The body is not valid JSON.", {
      errors: [{ path: "", problem: "not valid JSON" }],
    });
  const result = schema.safeParse(parsed.value);
  if (!result.success)
    return problem(context, 400, "The body is not as this call takes it.", {
      errors: problemsOf(result.error),
    });
  return { body: result.data, text };
}

function tooLarge(context: Context): Response {
  return problem(context, 413, "The body is too large: 32 KB is the most this call takes.");
}

/** What is wrong, by path; sentences of the schema, never the value. */
export function problemsOf(
  error: z.ZodError,
): readonly { readonly path: string; readonly problem: string }[] {
  return error.issues
    .slice(0, 50)
    .map((issue) => ({ path: issue.path.join("."), problem: issue.message }));
}
