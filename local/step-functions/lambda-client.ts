import type { InvokeLambda, LambdaOutcome } from "./engine-types.ts";

/**
 * Calls functions by Lambda's own wire format, unsigned. A failed connection rejects, which the
 * engine takes as `Lambda.SdkClientException`.
 * @param endpoint - where Lambda's API answers, such as `http://127.0.0.1:3001`
 */
export function createLambdaClient(endpoint: string): InvokeLambda {
  const base = endpoint.replace(/\/+$/, "");
  return async (functionName, payload, { qualifier }) => {
    const query = qualifier === undefined ? "" : `?Qualifier=${encodeURIComponent(qualifier)}`;
    const name = encodeURIComponent(functionName);
    const response = await call(
      `${base}/2015-03-31/functions/${name}/invocations${query}`,
      payload,
    );
    const body = parse(await response.text());
    if (!response.ok) return serviceFailure(response, body);
    if (response.headers.has("x-amz-function-error")) return functionFailure(body);
    return { ok: true, payload: body };
  };
}

async function call(url: string, payload: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-amz-invocation-type": "RequestResponse",
      },
      body: JSON.stringify(payload ?? null),
    });
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const said = reason instanceof Error ? reason.message || reason.name : String(reason);
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
function serviceFailure(response: Response, body: unknown): LambdaOutcome {
  const { __type, message, Message } = (body ?? {}) as Record<string, unknown>;
  const named = response.headers.get("x-amzn-errortype") ?? __type;
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
