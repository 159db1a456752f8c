import { type Context, Hono } from "hono";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { clearDevice, clearTablet, tabletOf, tabletPath } from "./clinic-tablet.ts";

/** A neutral place to be seen at. */
const elsewhere = "https://www.weather.gov/";

/**
 * The quick way out: everything that this browser keeps for somebody is cleared, then it is somewhere else.
 * Only our own pages' link clears, so that no other site can take a half-filled form from its reader. A clinic's tablet
 * is ready for the next code.
 */
export function leaveRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();
  app.get("/leave", (context) => {
    const siteId = tabletOf(deps).siteId(context);
    if (isOwnPage(context))
      if (siteId === undefined) clearDevice(deps, context);
      else clearTablet(deps, context);
    return context.redirect(siteId === undefined ? elsewhere : tabletPath(siteId), 303);
  });
  return app;
}

/** Whether a page was asked for from our own pages, or by its reader: no other site did. */
export function isOwnPage(context: Context): boolean {
  const from = context.req.header("sec-fetch-site");
  return from === undefined || from === "same-origin" || from === "none";
}
