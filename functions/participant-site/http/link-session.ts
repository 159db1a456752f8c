import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { findLink, type Link } from "../../../shared/store/find-link.ts";
import { sealedCookie } from "../../../shared/web/http/sealed-cookie.ts";
import type { ParticipantSiteDeps } from "../site-deps.ts";

const sessionSeconds = 2 * 3600;
/** A browser keeps no more cookies than some dozens, and sends them all along. */
const maxSessions = 8;
const prefix = "link-";

/**
 * What stands in for a link once its button was pressed, so that no page after it has the token in its
 * address. Each link has a session of its own under a short mark, which its pages have in their address:
 * two people's links in one browser never mix. Short-lived, and the link behind it is looked at again with
 * every page.
 */
export function linkSession(deps: ParticipantSiteDeps) {
  const cookieOf = (mark: string) => sealedCookie(deps, `${prefix}${mark}`, sessionSeconds);
  const marks = (context: Context): readonly string[] =>
    Object.keys(getCookie(context))
      .filter((name) => /^link-[0-9a-f]{12}$/.test(name))
      .map((name) => name.slice(prefix.length));
  return {
    markOf: (link: Link): string => markOf(deps, link.linkId),
    open(context: Context, link: Link): void {
      const mark = markOf(deps, link.linkId);
      const oldestFirst = marks(context)
        .filter((other) => other !== mark)
        .map((other) => ({ other, endsAtMs: cookieOf(other).read(context)?.endsAtMs ?? 0 }))
        .sort((one, two) => one.endsAtMs - two.endsAtMs);
      for (const { other } of oldestFirst.slice(
        0,
        Math.max(0, oldestFirst.length + 1 - maxSessions),
      ))
        cookieOf(other).clear(context);
      cookieOf(mark).write(context, link.linkId);
    },
    async read(context: Context, mark: string): Promise<Link | undefined> {
      const linkId = cookieOf(mark).read(context)?.value;
      return linkId === undefined || markOf(deps, linkId) !== mark
        ? undefined
        : findLink(deps, linkId);
    },
    /** The mark of the browser's only session; `undefined` where there is none, or a choice. */
    only(context: Context): string | undefined {
      const open = marks(context).filter((mark) => cookieOf(mark).read(context) !== undefined);
      return open.length === 1 ? open[0] : undefined;
    },
    clearAll(context: Context): void {
      for (const mark of marks(context)) cookieOf(mark).clear(context);
    },
  };
}

/** Tells sessions apart, and nothing else: without its cookie it opens nothing. */
function markOf(deps: Pick<ParticipantSiteDeps, "secrets">, linkId: string): string {
  return deps.secrets.sha256(`session of ${linkId}`).slice(0, 12);
}
