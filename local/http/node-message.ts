import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpResponse } from "./http-message.ts";

/**
 * Reads a request's body whole. "too-large" once more than `limitBytes` came (the rest is thrown
 * away, not kept), "aborted" where the caller went away first.
 */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Buffer | "too-large" | "aborted"> {
  const announced = Number(request.headers["content-length"] ?? 0);
  return new Promise((resolve) => {
    if (announced > limitBytes) {
      request.resume();
      resolve("too-large");
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      resolve("too-large");
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", () => resolve("aborted"));
    request.once("close", () => resolve("aborted"));
  });
}

/** Lower-case header names with one value each; cookies joined by "; ", all others by ",". */
export function joinedHeaders(request: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values !== undefined) joined[name] = values.join(name === "cookie" ? "; " : ",");
  }
  return joined;
}

/**
 * The path and query of a request line in a form that every URL parser accepts: absolute URLs lose
 * their origin, bytes that do not belong in a URL are percent-encoded.
 */
export function originForm(requestTarget: string): string {
  const withoutOrigin = requestTarget.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  const withoutFragment = withoutOrigin.replace(/#.*$/s, "");
  const path = withoutFragment.startsWith("/") ? withoutFragment : `/${withoutFragment}`;
  return path.replace(/[^\x21-\x7e]|["<>\\^`{|}]/g, (character) =>
    [...Buffer.from(character, character.charCodeAt(0) < 256 ? "latin1" : "utf8")]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}

/** Writes an answer; one that asks to hang up closes the connection instead. */
export function sendResponse(response: ServerResponse, method: string, answer: HttpResponse): void {
  if (answer.hangUp) {
    response.destroy();
    return;
  }
  const body = typeof answer.body === "string" ? Buffer.from(answer.body, "utf8") : answer.body;
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers)) {
    response.setHeader(name, typeof value === "string" ? value : [...value]);
  }
  const hasNoBody = answer.status === 204 || answer.status === 304;
  if (!hasNoBody) response.setHeader("content-length", body.length);
  response.end(method === "HEAD" || hasNoBody ? undefined : body);
}
