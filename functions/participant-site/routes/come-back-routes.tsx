import { Hono } from "hono";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { submissionKey } from "../../../shared/web/http/read-form.ts";
import { ContinueButton } from "../../../shared/web/parts/fields.tsx";
import { Form } from "../../../shared/web/parts/form.tsx";
import type { Language } from "../../../shared/web/texts/language.ts";
import { askToReturn, mayAskToReturn } from "../../../workflows/run/ask-to-return.ts";
import { page, refusedForm } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { comeBackTexts } from "../texts/come-back.ts";
import { CrisisLines, Phone } from "../ui/crisis.tsx";
import type { PageLinks } from "../ui/page-links.ts";
import { openSession } from "./open-session.ts";

const path = "/come-back";

/** Behind any link of somebody who has left the program: one button, and a person calls the same day. */
export function comeBackRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();

  app.get(path, async (context) => {
    const session = await openSession(deps, context, undefined, { takesUntilEnd: true });
    if (session instanceof Response) return session;
    const { view, language, links } = session;
    const { episode, site } = view;
    const t = comeBackTexts[language];
    const isTold = context.req.query("told") === "yes";
    return page(context, {
      language,
      title: t.title,
      brand: site.senderName,
      content: (
        <>
          <h1 class="govuk-heading-l">{isTold ? t.told : t.title}</h1>
          {isTold ? (
            <p class="govuk-body">
              {t.next} <Phone number={site.phone} />
            </p>
          ) : (
            <>
              <p class="govuk-body">{t.lead}</p>
              {mayAskToReturn(episode) ? (
                <>
                  <p class="govuk-body">{t.press}</p>
                  <Form {...links.formTo(path)} submissionKey={deps.ids.next()}>
                    <ContinueButton>{t.button}</ContinueButton>
                  </Form>
                </>
              ) : null}
              <p class="govuk-body">
                {t.callUs} <Phone number={site.phone} />
              </p>
            </>
          )}
          <div class="urgent">
            <p>{t.wait}</p>
            <CrisisLines language={language} />
          </div>
        </>
      ),
    });
  });

  app.post(path, async (context) => {
    const session = await openSession(deps, context, undefined, { takesUntilEnd: true });
    if (session instanceof Response) return session;
    const { view, language, links, form } = session;
    if (submissionKey(form) === undefined || !mayAskToReturn(view.episode))
      return refusedForm(context, language, 400);
    await askToReturn(deps, view.link);
    return context.redirect(links.hrefOf(`${path}?told=yes`), 303);
  });
  return app;
}

/** Leads there, where somebody has left the program. */
export function ComeBackLink({
  episode,
  language,
  links,
}: {
  readonly episode: Episode;
  readonly language: Language;
  readonly links: PageLinks;
}) {
  if (!mayAskToReturn(episode)) return null;
  return (
    <p class="govuk-body">
      <a class="govuk-link tall-link" href={links.hrefOf(path)}>
        {comeBackTexts[language].link}
      </a>
    </p>
  );
}
