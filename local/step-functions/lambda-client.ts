import { type IncomingHttpHeaders, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { InvokeLambda, LambdaOutcome } from "./engine-types.ts";

/** A function may take 15 minutes in Lambda; the answer may take a moment more. */
export const MAX_SILENCE_MS = 15 * 60_000 + 10_000;

/**
 * Calls functions by Lambda's own wire format, unsigned. A failed connection rejects, which the
 * engine takes as `Lambda.SdkClientException`.
 * @param endpoint - where Lambda's API answers, such as `http://127.0.0.1:3001`
 * @param maxSilenceMs - how long to wait for an answer
 */
export function createLambdaClient(
  endpoint: string,
  maxSilenceMs: number = MAX_SILENCE_MS,
): InvokeLambda {
  const base = endpoint.replace(/\/+$/, "");
  return async (functionName, payload, { qualifier }) => {
    const query = qualifier === undefined ? "" : `?Qualifier=${encodeURIComponent(qualifier)}`;
    const name = encodeURIComponent(functionName);
    const url = `${base}/2015-03-31/functions/${name}/invocations${query}`;
    const response = await call(url, payload, maxSilenceMs);
    const body = parse(response.text);
    if (response.status >= 300) return serviceFailure(response, body);
    if (response.headers["x-amz-function-error"] !== undefined) return functionFailure(body);
    return { ok: true, payload: body };
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Not `fetch`: it gives up after five minutes, and cannot be told to wait longer. */
async function call(url: string, payload: unknown, maxSilenceMs: number): Promise<Answer> {
  const body = JSON.stringify(payload ?? null);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const send = url.startsWith("https:") ? requestHttps : requestHttp;
      const request = send(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "x-amz-invocation-type": "RequestResponse",
        },
        timeout: maxSilenceMs,
      });
      request.on("timeout", () => {
        request.destroy(new Error(`No answer came within ${maxSilenceMs / 1000} seconds`));
      });
      request.on("error", reject);
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      request.end(body);
    });
  } catch (error) {
    const said = error instanceof Error ? error.message || error.name : String(error);
    throw new Error(`Unable to execute HTTP request to ${url}: ${said}`, { cause: error });
  }
}

/** What the function's own code threw. */
function functionFailure(body: unknown): LambdaOutcome {
  const { errorType, errorMessage, trace, stackTrace } = (body ?? {}) as Record<string, unknown>;
  const lines = trace ?? stackTrace;
  return {
    ok: false,
    // Lambda itself ended the function, and names no error: out of memory, or out of time.
    errorType: typeof errorType === "string" ? errorType : "Lambda.Unknown",
    errorMessage: typeof errorMessage === "string" ? errorMessage : JSON.stringify(body ?? null),
    ...(Array.isArray(lines) ? { trace: lines.map(String) } : {}),
  };
}

/** What Lambda refused, before or after it ran the function. */
function serviceFailure(response: Answer, body: unknown): LambdaOutcome {
  const { __type, message, Message } = (body ?? {}) as Record<string, unknown>;
  const named = response.headers["x-amzn-errortype"] ?? __type;
  const type = typeof named === "string" ? named.split(":")[0]?.split("#").at(-1) : undefined;
  const byStatus = response.status === 429 ? "TooManyRequestsException" : "ServiceException";
  return {
    ok: false,
    errorType: `Lambda.${type || byStatus}`,
    errorMessage: String(message ?? Message ?? `Lambda answered with status ${response.status}`),
  };
}

function parse(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
