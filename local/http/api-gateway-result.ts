import type { HttpResponse } from "./http-message.ts";
import { jsonResponse } from "./http-message.ts";

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not pass
const BAD_HEADER_VALUE = /[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]/;
/** API Gateway sets or drops these itself. */
const OWN_HEADERS = new Set(["content-length", "transfer-encoding", "connection", "keep-alive"]);

/**
 * Turns what a function returned into an answer, by API Gateway's rules for payload format 2.0:
 * a result without `statusCode` is sent as JSON with 200, a malformed one is a 500.
 */
export function fromApiGatewayResult(result: unknown): HttpResponse {
  if (!isRecord(result) || !("statusCode" in result)) {
    return typeof result === "string"
      ? { status: 200, headers: { "content-type": "application/json" }, body: result }
      : jsonResponse(200, result ?? null);
  }
  const status = Number(result.statusCode);
  const headers = headersOf(result.headers ?? {});
  const cookies = result.cookies ?? [];
  const body = result.body ?? "";
  const isFine =
    Number.isInteger(status) &&
    status >= 200 &&
    status <= 599 &&
    headers !== undefined &&
    Array.isArray(cookies) &&
    cookies.every((cookie) => typeof cookie === "string" && !BAD_HEADER_VALUE.test(cookie)) &&
    typeof body === "string";
  if (!isFine) return malformed();
  return {
    status,
    headers: {
      ...(headers["content-type"] === undefined
        ? { "content-type": "text/plain;charset=UTF-8" }
        : {}),
      ...headers,
      ...(cookies.length === 0 ? {} : { "set-cookie": cookies }),
    },
    body: result.isBase64Encoded === true ? Buffer.from(body, "base64") : body,
  };
}

/** The answer of API Gateway to a function that failed or returned nonsense. */
function malformed(): HttpResponse {
  return jsonResponse(500, { message: "Internal Server Error" });
}

function headersOf(headers: unknown): Record<string, string> | undefined {
  if (!isRecord(headers)) return undefined;
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || value === null || OWN_HEADERS.has(name.toLowerCase())) continue;
    const text = String(value);
    if (!HEADER_NAME.test(name) || BAD_HEADER_VALUE.test(text)) return undefined;
    flat[name.toLowerCase()] = text;
  }
  return flat;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
