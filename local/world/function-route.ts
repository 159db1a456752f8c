import type { VirtualClock } from "../clock/virtual-clock.ts";
import { toApiGatewayEvent } from "../http/api-gateway-event.ts";
import { fromApiGatewayResult } from "../http/api-gateway-result.ts";
import { type HttpHandler, jsonResponse } from "../http/http-message.ts";
import type { InvocationResult } from "../lambda/bundle-host.ts";

/** A part of the site that a function answers: the request becomes the event that Lambda would get. */
export function functionRoute(parts: {
  readonly name: string;
  readonly invoke: (name: string, event: unknown) => Promise<InvocationResult>;
  readonly clock: VirtualClock;
  /** Called before a request that only reads, so that it shows what an earlier one led to. */
  readonly beforeRead: () => Promise<void>;
  /** Called after a request that may have changed something. */
  readonly afterChange: () => void;
}): HttpHandler {
  return async (request) => {
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (isRead) await parts.beforeRead();
    const result = await parts.invoke(
      parts.name,
      toApiGatewayEvent(request, { now: parts.clock.now() }),
    );
    if (!isRead) parts.afterChange();
    if (result.ok) return fromApiGatewayResult(result.payload);
    // What API Gateway answers when a function fails; the reason is for this machine's terminal.
    console.error(
      `${parts.name} failed: ${result.errorType}: ${result.errorMessage}\n${result.trace.join("\n")}`,
    );
    return jsonResponse(500, { message: "Internal Server Error" });
  };
}
