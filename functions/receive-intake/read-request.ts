import type { Context } from "hono";
import { readJson } from "../../shared/contracts/read-json.ts";
import { requestKeyPattern } from "../../shared/store/remembered-request.ts";
import { problem } from "./problem.ts";

/** The largest referral that is taken, in bytes. */
const largestBodyBytes = 32 * 1024;

export type ReadRequest = {
  readonly key: string;
  /** The body as it was sent: what makes two requests the same. */
  readonly text: string;
  readonly body: unknown;
};

/**
 * The key and the parsed body of a request, or the answer that refuses it: 413 too large, 415 not JSON by
 * its type, 400 for anything else. Nothing that was sent is repeated.
 */
export async function readRequest(context: Context): Promise<ReadRequest | Response> {
  if (Number(context.req.header("content-length") ?? "0") > largestBodyBytes)
    return tooLarge(context);
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength > largestBodyBytes) return tooLarge(context);
  const type = context.req.header("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    return problem(context, 415, "Send the referral as JSON, with content-type application/json.");
  }
  const key = context.req.header("idempotency-key");
  if (key === undefined || !requestKeyPattern.test(key)) {
    return problem(
      context,
      400,
      "Send an Idempotency-Key header of 8 to 128 letters, digits or _ . : - with every referral.",
      [{ path: "Idempotency-Key", problem: key === undefined ? "is missing" : "is not taken" }],
    );
  }
  const text = decoded(bytes);
  const parsed = text === undefined ? undefined : readJson(text);
  if (text === undefined || parsed === undefined) {
    return problem(context, 400, "The body is not valid JSON in UTF-8.", [
      { path: "body", problem: "is not valid JSON" },
    ]);
  }
  return { key, text, body: parsed.value };
}

function decoded(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tooLarge(context: Context): Response {
  return problem(context, 413, "The referral is too large: 32 KB is the most that is taken.");
}
