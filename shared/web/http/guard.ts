import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/**
 * No script, no frame, nothing from elsewhere, nothing kept, no other site told where the reader came from.
 * @param referrerPolicy - `same-origin` where our own pages are told, so that each form names its origin
 */
export function pageHeaders(
  referrerPolicy: "no-referrer" | "same-origin" = "no-referrer",
): MiddlewareHandler[] {
  return [
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["data:"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy,
      xFrameOptions: "DENY",
    }),
    async (context, next) => {
      await next();
      if (context.res.headers.get("cache-control") === null)
        context.header("cache-control", "no-store");
      context.header("x-robots-tag", "noindex, nofollow");
    },
  ];
}

/**
 * Refuses forms that another site sent. Browsers say so themselves; older ones name the origin, which is
 * `null` on pages that tell nobody where they came from: there the cookies, which do not travel with other
 * sites' forms, stand guard alone.
 */
export function sameSiteForms(site: {
  /** Where the pages are reached, without a slash at the end. */
  readonly publicOrigin: string;
  readonly refuse: (context: Context) => Response | Promise<Response>;
  /** Paths whose forms may come from anywhere; none where it is left out. */
  readonly isOpen?: (path: string) => boolean;
  /** True where a form must name our own origin, whatever else the browser says. */
  readonly mustNameOrigin?: boolean;
}): MiddlewareHandler {
  return async (context, next) => {
    const isWrite = context.req.method !== "GET" && context.req.method !== "HEAD";
    if (!isWrite || site.isOpen?.(context.req.path) === true) return next();
    const from = context.req.header("sec-fetch-site");
    const origin = context.req.header("origin");
    const isOwn =
      site.mustNameOrigin === true
        ? origin === site.publicOrigin
        : from === undefined
          ? origin === undefined || origin === "null" || origin === site.publicOrigin
          : from === "same-origin" || from === "none";
    if (isOwn) return next();
    return site.refuse(context);
  };
}
