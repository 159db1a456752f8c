import { type Context, Hono } from "hono";
import { findLinkByToken, type Link } from "../../../shared/store/find-link.ts";
import { listSites } from "../../../shared/store/list-sites.ts";
import { ContinueButton } from "../../../shared/web/parts/fields.tsx";
import { Form } from "../../../shared/web/parts/form.tsx";
import { linkSession } from "../http/link-session.ts";
import { languageOf, page } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { linkTexts } from "../texts/link.ts";
import { withMark } from "../ui/page-links.ts";
import { SiteContacts } from "../ui/site-contacts.tsx";
import { type LinkView, linkView, notOpenPage } from "./link-view.tsx";

/** The first page of what a link opens. */
export const startOf: Readonly<Record<Link["purpose"], string>> = {
  forms: "/screen",
  "check-in": "/check-in",
  "my-week": "/my-week",
};

/**
 * Links in messages. Opening one changes nothing, so that programs which look at links use none up; its
 * button does. The page names nobody and nothing.
 */
export function linkRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();
  const session = linkSession(deps);

  app.get("/k/:token", async (context) => {
    const found = await find(context);
    if (found instanceof Response) return found;
    const { view, language } = found;
    if (view.state !== "open") return notOpenPage(context, view, language);
    const t = linkTexts[language];
    return page(context, {
      language,
      title: t.ready.title,
      brand: view.site.senderName,
      content: (
        <>
          <h1 class="govuk-heading-l">{t.ready.title}</h1>
          <p class="govuk-body">{t.ready.words}</p>
          <Form>
            <ContinueButton>{t.ready.button}</ContinueButton>
          </Form>
        </>
      ),
    });
  });

  app.post("/k/:token", async (context) => {
    const found = await find(context);
    if (found instanceof Response) return found;
    const { view, language } = found;
    if (view.state !== "open") return notOpenPage(context, view, language);
    session.open(context, view.link);
    return context.redirect(withMark(startOf[view.link.purpose], session.markOf(view.link)), 303);
  });

  async function find(
    context: Context,
  ): Promise<
    { readonly view: LinkView; readonly language: ReturnType<typeof languageOf> } | Response
  > {
    const link = await findLinkByToken(deps, context.req.param("token") ?? "");
    const view = link === undefined ? undefined : await linkView(deps, link);
    if (view !== undefined)
      return { view, language: languageOf(context, view.participantLanguage) };
    const language = languageOf(context);
    const t = linkTexts[language].unknown;
    return page(
      context,
      {
        language,
        title: t.title,
        content: (
          <>
            <h1 class="govuk-heading-l">{t.title}</h1>
            <p class="govuk-body">{t.words}</p>
            <SiteContacts sites={await listSites(deps.store)} language={language} />
          </>
        ),
      },
      404,
    );
  }
  return app;
}
