/** A whole request, its body read; what every local endpoint is given. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query exactly as they came, percent-encoding included. */
  readonly url: string;
  /** Lower-case names; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The caller's address; "127.0.0.1" where it is left out. */
  readonly sourceIp?: string;
}

/** A whole answer. `hangUp` closes the connection without one, as a provider that dies does. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
  readonly hangUp?: true;
}

/** Answers one request. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** The answer that is none: the connection closes. */
export const HANG_UP: HttpResponse = { status: 0, headers: {}, body: "", hangUp: true };

/** A JSON answer; `undefined` members are left out. */
export function jsonResponse(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** The path of a request, without its query. */
export function pathOf(request: Pick<HttpRequest, "url">): string {
  const end = request.url.search(/[?#]/);
  return end === -1 ? request.url : request.url.slice(0, end);
}
