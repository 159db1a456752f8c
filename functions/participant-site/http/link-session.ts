import type { Context } from "hono";
import { findLink, type Link } from "../../../shared/store/find-link.ts";
import type { SiteDeps } from "../site-deps.ts";
import { sealedCookie } from "./sealed-cookie.ts";

const sessionSeconds = 2 * 3600;

/**
 * What stands in for the link once its button was pressed, so that no page after it has the token in its
 * address. Short-lived, and the link behind it is looked at again with every page.
 */
export function linkSession(deps: SiteDeps) {
  const cookie = sealedCookie(deps, "link", sessionSeconds);
  return {
    open(context: Context, link: Link): void {
      const endsAt = Date.parse(deps.clock.now()) + sessionSeconds * 1000;
      cookie.write(context, `${link.linkId} ${endsAt}`);
    },
    async read(context: Context): Promise<Link | undefined> {
      const [linkId, endsAt] = (cookie.read(context) ?? "").split(" ");
      if (linkId === undefined || endsAt === undefined) return undefined;
      if (Date.parse(deps.clock.now()) >= Number(endsAt)) return undefined;
      return findLink(deps, linkId);
    },
  };
}
