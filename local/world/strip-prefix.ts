import type { HttpHandler } from "../http/http-message.ts";

/** Hands a request on as if it had come to the root: an endpoint knows nothing of where it is mounted. */
export function stripPrefix(prefix: string, handle: HttpHandler): HttpHandler {
  return (request) => {
    const rest = request.url.slice(prefix.length);
    return handle({ ...request, url: rest.startsWith("/") ? rest : `/${rest}` });
  };
}
