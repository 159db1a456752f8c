import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import { jsonResponse } from "../http/http-message.ts";

/** Fields of a control call, from JSON or from one of the pages' forms. */
export function readFields(request: HttpRequest): Readonly<Record<string, unknown>> | undefined {
  const text = request.body.toString("utf8");
  if (text.trim() === "") return {};
  if ((request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === "object" && !Array.isArray(parsed)
      ? { ...parsed }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A field of a control's body as text; nothing when it is absent, empty or no text. */
export function text(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** True when a browser asks, rather than a program. */
export function wantsHtml(request: HttpRequest): boolean {
  return (request.headers.accept ?? "").includes("text/html");
}

/** A page, kept by nobody on the way. */
export function htmlResponse(body: string, status = 200): HttpResponse {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    body,
  };
}

/** Back to a page of this machine after a form; JSON for everybody else. */
export function answer(
  request: HttpRequest,
  fields: Readonly<Record<string, unknown>>,
  body: unknown,
  status = 200,
): HttpResponse {
  const returnTo = text(fields, "returnTo");
  if (returnTo?.startsWith("/_local") === true && wantsHtml(request)) {
    return { status: 303, headers: { location: returnTo }, body: "" };
  }
  return jsonResponse(status, body);
}

/** Answers 400 with one sentence that says what is wrong. */
export function badRequest(sentence: string): HttpResponse {
  return jsonResponse(400, { type: "about:blank", title: sentence, status: 400 });
}
