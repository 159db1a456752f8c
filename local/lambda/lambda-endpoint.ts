import { randomUUID } from "node:crypto";
import type { HttpHandler, HttpRequest, HttpResponse } from "../http/http-message.ts";
import { jsonResponse, pathOf } from "../http/http-message.ts";
import type { InvocationResult } from "./bundle-host.ts";

/** Lambda's own limit for a synchronous payload, in bytes. */
const LARGEST_PAYLOAD_BYTES = 6 * 1024 * 1024;
const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;

/** What the endpoint needs of the functions' host. */
export interface LambdaEndpointOptions {
  readonly invoke: (name: string, event: unknown) => Promise<InvocationResult>;
  readonly has: (name: string) => boolean;
  /** Told how each asynchronous invocation ended; nobody else hears of it. */
  readonly onEventResult?: (name: string, result: InvocationResult) => void;
}

/** The endpoint, and a way to wait for what it runs in the background. */
export interface LambdaEndpoint {
  readonly handle: HttpHandler;
  /** Resolves when no asynchronous invocation is under way. */
  idle(): Promise<void>;
}

/** Speaks the part of Lambda's wire format that `Invoke` uses; any other call is an error at once. */
export function createLambdaEndpoint(options: LambdaEndpointOptions): LambdaEndpoint {
  const background = new Set<Promise<void>>();

  async function handle(request: HttpRequest): Promise<HttpResponse> {
    const match = INVOCATIONS.exec(pathOf(request));
    if (match?.[1] === undefined || request.method !== "POST") {
      return lambdaError(404, "UnknownOperationException", "Only Invoke exists on this machine.");
    }
    const name = functionNameOf(match[1]);
    if (name === undefined || !options.has(name)) {
      return lambdaError(
        404,
        "ResourceNotFoundException",
        `Function not found: ${name ?? match[1]}`,
      );
    }
    if (request.body.length > LARGEST_PAYLOAD_BYTES) {
      return lambdaError(413, "RequestTooLargeException", "The payload is larger than 6 MB.");
    }
    let event: unknown;
    try {
      event = request.body.length === 0 ? {} : JSON.parse(request.body.toString("utf8"));
    } catch {
      return lambdaError(400, "InvalidRequestContentException", "The payload is not valid JSON.");
    }
    const type = request.headers["x-amz-invocation-type"] ?? "RequestResponse";
    if (type === "DryRun") return answered(204, "");
    if (type === "Event") {
      const running = options.invoke(name, event).then((result) => {
        options.onEventResult?.(name, result);
      });
      const tracked = running.catch(() => undefined).finally(() => background.delete(tracked));
      background.add(tracked);
      return answered(202, "");
    }
    if (type !== "RequestResponse") {
      return lambdaError(400, "InvalidParameterValueException", `Unknown invocation type: ${type}`);
    }
    return resultResponse(await options.invoke(name, event));
  }

  return {
    handle,
    async idle() {
      while (background.size > 0) await Promise.all(background);
    },
  };
}

function resultResponse(result: InvocationResult): HttpResponse {
  if (result.ok) return answered(200, JSON.stringify(result.payload));
  const { errorType, errorMessage, trace } = result;
  const body = JSON.stringify({ errorType, errorMessage, trace });
  return answered(200, body, { "x-amz-function-error": "Unhandled" });
}

function answered(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    status,
    headers: {
      "content-type": "application/json",
      "x-amzn-requestid": randomUUID(),
      "x-amz-executed-version": "1",
      ...headers,
    },
    body,
  };
}

function lambdaError(status: number, type: string, message: string): HttpResponse {
  return jsonResponse(
    status,
    { Type: "User", message, Message: message },
    { "x-amzn-errortype": type },
  );
}

/** The bare name out of a name, `name:qualifier`, or a full or partial ARN. */
function functionNameOf(segment: string): string | undefined {
  let text: string;
  try {
    text = decodeURIComponent(segment);
  } catch {
    return undefined;
  }
  return /^(?:(?:arn:[^:]*:lambda:[^:]*:)?\d{12}:function:)?([A-Za-z0-9_-]+)(?::[A-Za-z0-9$_-]+)?$/.exec(
    text,
  )?.[1];
}
