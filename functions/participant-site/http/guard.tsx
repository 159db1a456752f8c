import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { SiteDeps } from "../site-deps.ts";
import { commonTexts } from "../texts/common.ts";
import { languageOf, notePage } from "./view.tsx";

/** No script, no frame, nothing from elsewhere, nothing kept, nobody told where the reader came from. */
export function pageHeaders(): MiddlewareHandler[] {
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
      referrerPolicy: "no-referrer",
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
export function sameSiteForms(deps: Pick<SiteDeps, "publicOrigin">): MiddlewareHandler {
  return async (context, next) => {
    const isWrite = context.req.method !== "GET" && context.req.method !== "HEAD";
    // Mail programs send the one-click form; its sealed token is all that it needs.
    if (!isWrite || context.req.path.startsWith("/u/")) return next();
    const site = context.req.header("sec-fetch-site");
    const origin = context.req.header("origin");
    const isOwn =
      site === undefined
        ? origin === undefined || origin === "null" || origin === deps.publicOrigin
        : site === "same-origin" || site === "none";
    if (isOwn) return next();
    const language = languageOf(context);
    return notePage(context, { language, ...commonTexts[language].otherSite }, 403);
  };
}
