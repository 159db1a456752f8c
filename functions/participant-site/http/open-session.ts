import type { Context } from "hono";
import type { Link } from "../../../shared/store/find-link.ts";
import { type LinkView, linkView, notOpenPage } from "../routes/link-view.tsx";
import type { SiteDeps } from "../site-deps.ts";
import { commonTexts } from "../texts/common.ts";
import type { Language } from "../texts/language.ts";
import { linkSession } from "./link-session.ts";
import { languageOf, notePage } from "./view.tsx";

export type OpenSession = { readonly view: LinkView; readonly language: Language };

/** The page for somebody whose link was not opened, or was a while ago. */
export function noSessionPage(context: Context): Response | Promise<Response> {
  const language = languageOf(context);
  return notePage(context, { language, ...commonTexts[language].noSession }, 401);
}

/**
 * The session behind a page of one purpose as it stands now, or the page that says why there is none.
 * @param options.takesAnswered - pages that are shown after everything was sent, too
 * @param options.takesOutOfHours - an answer that was begun is taken at any hour
 */
export async function openSession(
  deps: SiteDeps,
  context: Context,
  purpose: Link["purpose"],
  options: { readonly takesAnswered?: boolean; readonly takesOutOfHours?: boolean } = {},
): Promise<OpenSession | Response> {
  const sessions = linkSession(deps);
  const link = await sessions.read(context);
  const view =
    link === undefined || link.purpose !== purpose ? undefined : await linkView(deps, link);
  if (view === undefined) return noSessionPage(context);
  const language = languageOf(context, view.participantLanguage);
  const isTaken =
    view.state === "open" ||
    (view.state === "answered" && options.takesAnswered === true) ||
    (view.state === "out-of-hours" && options.takesOutOfHours === true);
  if (!isTaken) return notOpenPage(context, view, language);
  // Who goes on answering stays.
  if (context.req.method === "POST") sessions.open(context, view.link);
  return { view, language };
}
