import type { Context } from "hono";
import type * as z from "zod";
import { readInput, readJson } from "../../contracts/read-input.ts";
import { problem } from "./problem.ts";

/** The largest body a call takes that says nothing else, in bytes. */
export const maxBodyBytes = 32 * 1024;

/** A body as it was sent, which is what makes two calls the same, and as JSON. */
export type JsonBody = { readonly text: string; readonly value: unknown };

/**
 * The JSON of a call, or the answer that refuses it: 413 when it is too large, 415 when it is not JSON by
 * its type, 400 when it is none. Nothing that was sent is repeated.
 */
export async function readJsonBody(
  context: Context,
  largestBytes = maxBodyBytes,
): Promise<JsonBody | Response> {
  if (Number(context.req.header("content-length") ?? "0") > largestBytes)
    return tooLarge(context, largestBytes);
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    return problem(context, 415, "Send the body as JSON, with content-type application/json.");
  }
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength > largestBytes) return tooLarge(context, largestBytes);
  const text = decoded(bytes);
  const parsed = text === undefined ? undefined : readJson(text);
  if (text === undefined || parsed === undefined)
    return problem(context, 400, "The body is not valid JSON in UTF-8.", {
      errors: [{ path: "body", problem: "is not valid JSON" }],
    });
  return { text, value: parsed.value };
}

/** The body of a call as its schema reads it, or the answer that refuses it, with a list of what is wrong. */
export async function readBody<Body extends z.ZodType>(
  context: Context,
  schema: Body,
  largestBytes?: number,
): Promise<{ readonly body: z.output<Body>; readonly text: string } | Response> {
  const json = await readJsonBody(context, largestBytes);
  if (json instanceof Response) return json;
  const { value, problems } = readInput(schema, json.value, "body");
  if (problems !== undefined)
    return problem(context, 400, "The body is not as this call takes it.", { errors: problems });
  return { body: value, text: json.text };
}

function decoded(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tooLarge(context: Context, largestBytes: number): Response {
  return problem(
    context,
    413,
    `The body is too large: ${largestBytes / 1024} KB is the most this call takes.`,
  );
}
