import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { HttpRequest } from "./http-message.ts";
import { pathOf } from "./http-message.ts";

/** Claims of a verified token, as API Gateway hands them on. */
export type JwtClaims = Readonly<Record<string, string | number | boolean | string[]>>;

/** An HTTP API event, with the JWT authorizer's part where the caller was signed in. */
export interface LocalApiEvent extends Omit<APIGatewayProxyEventV2, "requestContext"> {
  requestContext: APIGatewayProxyEventV2["requestContext"] & {
    authorizer?: { jwt: { claims: JwtClaims; scopes: string[] } };
  };
}

/** What an event needs besides the request. */
export interface ApiGatewayEventOptions {
  /** "$default" where it is left out. */
  readonly routeKey?: string;
  /** The claims of a verified access token; without them the event has no authorizer. */
  readonly claims?: JwtClaims;
  /** The instant of the request, RFC 3339 or epoch milliseconds; the virtual one. */
  readonly now: string | number;
  readonly pathParameters?: Readonly<Record<string, string>>;
}

const API_ID = "local";

/**
 * Turns a request into the event (payload format 2.0) that an HTTP API gives a Lambda function.
 * Never throws: bytes that are not valid text travel as base64, odd escapes stay as they are.
 */
export function toApiGatewayEvent(
  request: HttpRequest,
  options: ApiGatewayEventOptions,
): LocalApiEvent {
  const rawPath = pathOf(request);
  const rawQueryString = request.url.slice(rawPath.length).replace(/^\?/, "").replace(/#.*$/s, "");
  const routeKey = options.routeKey ?? "$default";
  const instant = new Date(options.now);
  const { cookie, ...headers } = request.headers;
  const query = queryParameters(rawQueryString);
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: splitCookies(cookie) }),
    headers,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(options.pathParameters === undefined
      ? {}
      : { pathParameters: { ...options.pathParameters } }),
    requestContext: {
      accountId: "000000000000",
      apiId: API_ID,
      ...(options.claims === undefined ? {} : { authorizer: authorizerOf(options.claims) }),
      domainName: domainName(headers.host),
      domainPrefix: API_ID,
      http: {
        method: request.method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp ?? "127.0.0.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: commonLogTime(instant),
      timeEpoch: instant.getTime(),
    },
    ...bodyOf(request),
  };
}

function authorizerOf(claims: JwtClaims): { jwt: { claims: JwtClaims; scopes: string[] } } {
  const scope = claims.scope;
  return {
    jwt: { claims, scopes: typeof scope === "string" ? scope.split(" ").filter(Boolean) : [] },
  };
}

/** A host that is safe inside a URL; a forged or malformed header must not break the handler. */
function domainName(host: string | undefined): string {
  const isPlain = host !== undefined && /^[a-z0-9.-]+(:\d{1,5})?$/i.test(host);
  // Plain characters alone do not make a host: `.0` and port 99999 have them too.
  return isPlain && URL.canParse(`http://${host}`) ? host : "127.0.0.1";
}

function splitCookies(header: string): string[] {
  return header
    .split(";")
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== "");
}

/** Repeated names are joined by a comma, as API Gateway does; undefined where there is no query. */
function queryParameters(rawQueryString: string): Record<string, string> | undefined {
  if (rawQueryString === "") return undefined;
  const parameters = new Map<string, string>();
  for (const pair of rawQueryString.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decoded(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? "" : decoded(pair.slice(equals + 1));
    const earlier = parameters.get(name);
    parameters.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(parameters);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function bodyOf(request: HttpRequest): { body?: string; isBase64Encoded: boolean } {
  if (request.body.length === 0) return { isBase64Encoded: false };
  const text = isTextual(request.headers["content-type"]) ? utf8(request.body) : undefined;
  return text === undefined
    ? { body: request.body.toString("base64"), isBase64Encoded: true }
    : { body: text, isBase64Encoded: false };
}

/** The content types that an HTTP API passes on as text; forms are not among them. */
function isTextual(contentType: string | undefined): boolean {
  if (contentType === undefined) return true;
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  return (
    type.startsWith("text/") ||
    ["application/json", "application/javascript", "application/xml"].includes(type) ||
    type.endsWith("+json") ||
    type.endsWith("+xml")
  );
}

function utf8(body: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** The form of API Gateway's `time`: 24/Nov/2026:14:40:00 +0000. */
function commonLogTime(instant: Date): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(instant.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
