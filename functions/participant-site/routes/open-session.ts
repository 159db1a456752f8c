import type { Context } from "hono";
import type { Link } from "../../../shared/store/find-link.ts";
import { type Form, isFormProblem, readForm } from "../../../shared/web/http/read-form.ts";
import type { Language } from "../../../shared/web/texts/language.ts";
import { linkSession } from "../http/link-session.ts";
import { languageOf, notePage, refusedForm } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { commonTexts } from "../texts/common.ts";
import { tabletTexts } from "../texts/tablet.ts";
import {
  isSealRight,
  markIn,
  type PageLinks,
  pageLinks,
  sealField,
  withMark,
} from "../ui/page-links.ts";
import { tabletOf, tabletPath } from "./clinic-tablet.ts";
import { type LinkView, linkView, notOpenPage } from "./link-view.tsx";

export type OpenSession = {
  readonly view: LinkView;
  readonly language: Language;
  readonly links: PageLinks;
  /** What was sent, without its seal; empty where a page was asked for. */
  readonly form: Form;
};

export type SessionOptions = {
  /** Pages that are shown after everything was sent, too. */
  readonly takesAnswered?: boolean;
  /** An answer that was begun is taken at any hour. */
  readonly takesOutOfHours?: boolean;
  /** An answer on its way when the time ended: it settles nothing, and danger in it is heard. */
  readonly takesLate?: boolean;
  /** Pages that belong to a link for as long as it lasts, whatever became of what it asks. */
  readonly takesUntilEnd?: boolean;
};

/**
 * The session behind a page as it stands now, with the form where one was sent, or the page that says why
 * there is none. A form acts on the link whose page it stood on, and on no other.
 * @param purpose - of the page; `undefined` for pages that every link has
 */
export async function openSession(
  deps: ParticipantSiteDeps,
  context: Context,
  purpose: Link["purpose"] | undefined,
  options: SessionOptions = {},
): Promise<OpenSession | Response> {
  const sessions = linkSession(deps);
  const isSent = context.req.method === "POST";
  const mark = markIn(context);
  if (mark === undefined) {
    const only = isSent ? undefined : sessions.only(context);
    if (only === undefined) return noSessionPage(deps, context);
    return context.redirect(withMark(context.req.path, only), 303);
  }
  const link = await sessions.read(context, mark);
  const isWanted = link !== undefined && isPageOf(link, purpose);
  const view = isWanted ? await linkView(deps, link) : undefined;
  if (view === undefined) return noSessionPage(deps, context);
  const language = languageOf(context, view.participantLanguage);
  const form = isSent ? await readForm(context) : new Map<string, string>();
  if (isFormProblem(form)) return refusedForm(context, language, form.status);
  if (isSent && !isSealRight(deps.secrets, form.get(sealField), view.link.linkId, context.req.path))
    return notePage(context, { language, ...commonTexts[language].otherLink }, 409);
  if (!isTaken(view, options)) return notOpenPage(context, view, language);
  // Who goes on answering stays.
  if (isSent) sessions.open(context, view.link);
  return {
    view,
    language,
    links: pageLinks(deps.secrets, view.link.linkId, mark),
    form: new Map([...form].filter(([name]) => name !== sealField)),
  };
}

function isTaken({ state, ctx, link }: LinkView, options: SessionOptions): boolean {
  if (options.takesUntilEnd === true) return ctx.now < link.endsAt;
  return (
    state === "open" ||
    (state === "answered" && options.takesAnswered === true) ||
    (state === "out-of-hours" && options.takesOutOfHours === true) ||
    (state === "ended" && options.takesLate === true)
  );
}

/** A code opens its one form alone: the pages that every link has are about the whole person. */
function isPageOf(link: Link, purpose: Link["purpose"] | undefined): boolean {
  return purpose === undefined ? link.isOnTablet === undefined : link.purpose === purpose;
}

/** The page for somebody whose link was not opened, or was a while ago. */
function noSessionPage(deps: ParticipantSiteDeps, context: Context): Response | Promise<Response> {
  const language = languageOf(context);
  const siteId = tabletOf(deps).siteId(context);
  if (siteId !== undefined) {
    const { closed, next } = tabletTexts[language];
    const link = { href: tabletPath(siteId), text: next };
    return notePage(context, { language, ...closed, link }, 401);
  }
  return notePage(context, { language, ...commonTexts[language].noSession }, 401);
}
