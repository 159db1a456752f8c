import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer, STATUS_CODES } from "node:http";
import type { HttpHandler, HttpRequest, HttpResponse } from "./http-message.ts";
import { HANG_UP, jsonResponse, pathOf } from "./http-message.ts";
import { joinedHeaders, originForm, readBody, sendResponse } from "./node-message.ts";

/** API Gateway's own limit for a request, in bytes. */
const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

/** Handles Node's own request and response, for libraries that insist on them. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void;

/** One mounted part of the server; the longest matching prefix wins, "/" takes the rest. */
export type HttpRoute =
  | { readonly prefix: string; readonly handle: HttpHandler }
  | { readonly prefix: string; readonly listen: NodeListener };

/** How {@link createHttpServer} starts. */
export interface HttpServerOptions {
  readonly routes: readonly HttpRoute[];
  /** The wished port; 0 for any free one. */
  readonly port: number;
  /** Loopback by default, and nothing else is meant to be used. */
  readonly host?: string;
  /** How many further ports are tried where the wished one is taken; 20 by default. */
  readonly furtherPorts?: number;
  /** Told of every taken port before the next is tried. */
  readonly onPortBusy?: (busyPort: number, nextPort: number) => void;
  /** Told of every handler that threw; the caller gets a plain 500. */
  readonly onError?: (error: unknown, request: Pick<HttpRequest, "method" | "url">) => void;
}

/** A listening server. */
export interface RunningHttpServer {
  readonly port: number;
  readonly url: string;
  /** True where the wished port was taken and another one was used. */
  readonly portWasBusy: boolean;
  /** Adds routes after the start, for parts that need to know the port first. */
  mount(route: HttpRoute): void;
  close(): Promise<void>;
}

/**
 * Starts the one HTTP server of the one-machine run. It reads each body (10 MB at most, else 413)
 * and answers from the route with the longest matching prefix.
 * Rejects where neither the wished port nor the ones after it are free.
 */
export async function createHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const routes = [...options.routes].sort(longestFirst);
  const server = createServer((request, response) => {
    void serve(request, response, routes, options.onError);
  });
  server.on("clientError", (error, socket) => {
    if (!socket.writable) return socket.destroy();
    const tooLarge = "code" in error && error.code === "HPE_HEADER_OVERFLOW";
    const status = tooLarge ? "431 Request Header Fields Too Large" : "400 Bad Request";
    return socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  const host = options.host ?? "127.0.0.1";
  const port = await listenFrom(server, options, host);
  return {
    port,
    url: `http://${host}:${port}`,
    portWasBusy: options.port !== 0 && port !== options.port,
    mount(route) {
      routes.push(route);
      routes.sort(longestFirst);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function longestFirst(left: HttpRoute, right: HttpRoute): number {
  return right.prefix.length - left.prefix.length;
}

async function listenFrom(
  server: Server,
  options: HttpServerOptions,
  host: string,
): Promise<number> {
  const lastPort =
    options.port === 0 ? 0 : Math.min(65_535, options.port + (options.furtherPorts ?? 20));
  for (let port = options.port; port <= lastPort; port += 1) {
    const taken = await tryListen(server, port, host);
    if (taken !== undefined) return taken;
    if (port < lastPort) options.onPortBusy?.(port, port + 1);
  }
  throw new Error(
    `Ports ${options.port} to ${lastPort} on ${host} are all taken: end what uses them or choose another with --port.`,
  );
}

/** The port in use, or undefined where it is taken. */
function tryListen(server: Server, port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off("listening", onListening);
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    };
    const onListening = () => {
      server.off("error", onError);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    };
    server.once("error", onError);
    server.once("listening", onListening);
    server.listen(port, host);
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  routes: readonly HttpRoute[],
  onError: HttpServerOptions["onError"],
): Promise<void> {
  const method = request.method ?? "GET";
  const url = originForm(request.url ?? "/");
  const route = routes.find((candidate) => isUnder(pathOf({ url }), candidate.prefix));
  try {
    if (route === undefined) {
      sendResponse(response, method, problem(404, "There is nothing at this address."));
    } else if ("listen" in route) {
      request.url = url;
      route.listen(request, response);
    } else {
      sendResponse(response, method, await answer(request, method, url, route.handle));
    }
  } catch (error) {
    onError?.(error, { method, url });
    if (response.headersSent) response.destroy();
    else sendResponse(response, method, problem(500, "Something went wrong on this machine."));
  }
}

async function answer(
  request: IncomingMessage,
  method: string,
  url: string,
  handle: HttpHandler,
): Promise<HttpResponse> {
  const read = await readBody(request, LARGEST_BODY_BYTES);
  if (read === "aborted") return HANG_UP;
  if (read === "too-large") {
    const sentence = "The request is larger than 10 MB: send less at once.";
    return problem(413, sentence, { connection: "close" });
  }
  return handle({
    method,
    url,
    headers: joinedHeaders(request),
    body: read,
    sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
  });
}

function isUnder(path: string, prefix: string): boolean {
  if (prefix === "/" || path === prefix) return true;
  return path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`);
}

function problem(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const title = STATUS_CODES[status] ?? "Error";
  const type = { "content-type": "application/problem+json" };
  return jsonResponse(
    status,
    { type: "about:blank", title, status, detail },
    { ...headers, ...type },
  );
}
