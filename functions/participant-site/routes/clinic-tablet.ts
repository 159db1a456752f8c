import type { Context } from "hono";
import { sealedCookie } from "../../../shared/web/http/sealed-cookie.ts";
import { linkSession } from "../http/link-session.ts";
import { forgetLanguage } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { draftCookie, sentCookie } from "../start/draft.ts";

const keptSeconds = 12 * 3600;

/** Where the next code is typed. */
export function tabletPath(siteId: string): string {
  return `/tablet?site=${encodeURIComponent(siteId)}`;
}

/** Whether a browser is a clinic's tablet, and of which site: it is one from the first code on that it took. */
export function tabletOf(deps: ParticipantSiteDeps) {
  const cookie = sealedCookie(deps, "tablet", keptSeconds);
  return {
    siteId: (context: Context): string | undefined => cookie.read(context)?.value,
    write: (context: Context, siteId: string): void => cookie.write(context, siteId),
  };
}

/** Clears all that this browser keeps for somebody. */
export function clearDevice(deps: ParticipantSiteDeps, context: Context): void {
  draftCookie(deps).clear(context);
  sentCookie(deps).clear(context);
  linkSession(deps).clearAll(context);
}

/** Makes a tablet ready for the next person, whose language is another's. */
export function clearTablet(deps: ParticipantSiteDeps, context: Context): void {
  clearDevice(deps, context);
  forgetLanguage(context, deps.publicOrigin.startsWith("https:"));
}
