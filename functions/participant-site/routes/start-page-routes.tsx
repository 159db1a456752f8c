import { Hono } from "hono";
import { listSites } from "../../../shared/store/list-sites.ts";
import { languageOf, page } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { style, styleHash } from "../style.generated.ts";
import { startTexts } from "../texts/start.ts";
import { SiteContacts } from "../ui/site-contacts.tsx";

/** The public start page and what pages load besides themselves: one style sheet. */
export function startPageRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();

  app.get("/", async (context) => {
    const language = languageOf(context);
    const t = startTexts[language].home;
    const sites = await listSites(deps.store);
    return page(context, {
      language,
      title: t.title,
      content: (
        <>
          <h1 class="govuk-heading-l">{t.title}</h1>
          <p class="govuk-body">{t.lead}</p>
          <ol class="steps">
            {t.steps.map((step) => (
              <li>
                <strong>{step.what}</strong> {step.words}
              </li>
            ))}
          </ol>
          <a href="/start" class="govuk-button">
            {t.button}
          </a>
          <h2 class="govuk-heading-m">{t.callTitle}</h2>
          <p class="govuk-body">{t.call}</p>
          <SiteContacts sites={sites} language={language} />
        </>
      ),
    });
  });

  app.get(`/style-${styleHash}.css`, (context) =>
    context.body(style, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    }),
  );

  app.get("/robots.txt", (context) => context.text("User-agent: *\nDisallow: /\n"));
  return app;
}
