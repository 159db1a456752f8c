import { Hono } from "hono";
import { linkSession } from "../http/link-session.ts";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { draftCookie, sentCookie } from "../start/draft.ts";

/** A neutral place to be seen at. */
const elsewhere = "https://www.weather.gov/";

/**
 * The quick way out: everything that this browser keeps for somebody is cleared, then it is somewhere else.
 * Only our own pages' link clears, so that no other site can take a half-filled form from its reader.
 */
export function leaveRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();
  app.get("/leave", (context) => {
    const from = context.req.header("sec-fetch-site");
    if (from === undefined || from === "same-origin" || from === "none") {
      draftCookie(deps).clear(context);
      sentCookie(deps).clear(context);
      linkSession(deps).clearAll(context);
    }
    return context.redirect(elsewhere, 303);
  });
  return app;
}
