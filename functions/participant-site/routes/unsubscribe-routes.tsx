import { Hono } from "hono";
import { unsubscribe } from "../../../shared/store/unsubscribe.ts";
import { largestFormBytes } from "../../../shared/web/http/read-form.ts";
import { ContinueButton } from "../../../shared/web/parts/fields.tsx";
import { Form } from "../../../shared/web/parts/form.tsx";
import { languageOf, notePage, page, refusedForm } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { linkTexts } from "../texts/link.ts";
import { preferenceTexts } from "../texts/preferences.ts";

/** Ends emails by one POST (RFC 8058), from a mail program or from the button on its page. */
export function unsubscribeRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();

  app.get("/u/:token", (context) => {
    const language = languageOf(context);
    if (deps.secrets.openLink(context.req.param("token")) === undefined)
      return notePage(context, { language, ...linkTexts[language].unknown }, 404);
    const t = preferenceTexts[language].stopEmails;
    return page(context, {
      language,
      title: t.title,
      content: (
        <>
          <h1 class="govuk-heading-l">{t.title}</h1>
          <p class="govuk-body">{t.words}</p>
          <Form>
            <ContinueButton>{t.button}</ContinueButton>
          </Form>
        </>
      ),
    });
  });

  app.post("/u/:token", async (context) => {
    const language = languageOf(context);
    // What mail programs send along says nothing that the token does not say.
    if (Number(context.req.header("content-length") ?? "0") > largestFormBytes)
      return refusedForm(context, language, 413);
    const outcome = await unsubscribe(deps, context.req.param("token"));
    if (outcome === "unknown-link")
      return notePage(context, { language, ...linkTexts[language].unknown }, 404);
    return notePage(context, { language, ...preferenceTexts[language].stoppedEmails }, 200);
  });
  return app;
}
