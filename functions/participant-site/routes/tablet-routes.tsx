import { type Context, Hono } from "hono";
import type { Site } from "../../../shared/care/program/site.ts";
import { readTabletCode, standingTabletCode } from "../../../shared/questions/tablet-code.ts";
import { listSites } from "../../../shared/store/list-sites.ts";
import { findLinkByTabletCode } from "../../../shared/store/tablet-codes.ts";
import { isFormProblem, readForm } from "../../../shared/web/http/read-form.ts";
import { ContinueButton, ErrorSummary, TextField } from "../../../shared/web/parts/fields.tsx";
import { Form } from "../../../shared/web/parts/form.tsx";
import { useUpTabletCode } from "../../../workflows/run/use-tablet-code.ts";
import { linkSession } from "../http/link-session.ts";
import { languageOf, notePage, page, refusedForm } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { tabletTexts } from "../texts/tablet.ts";
import { withMark } from "../ui/page-links.ts";
import { clearDevice, tabletOf, tabletPath } from "./clinic-tablet.ts";
import { isOwnPage } from "./leave-routes.ts";
import { startOf } from "./link-routes.tsx";
import { linkView, notOpenPage } from "./link-view.tsx";

/**
 * The page of a clinic's tablet: a code that staff made opens one person's one form, as its link would. A code that
 * does not is told the same whatever is the matter with it.
 */
export function tabletRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();

  app.get("/tablet", async (context) => {
    // Back at the first page: nobody's form stays open behind it.
    if (tabletOf(deps).siteId(context) !== undefined && isOwnPage(context))
      clearDevice(deps, context);
    const sites = await listSites(deps.store);
    const site = siteOf(context, sites);
    return site === undefined ? placePage(context, sites) : codePage(context, site);
  });

  app.post("/tablet", async (context) => {
    const language = languageOf(context);
    const form = await readForm(context);
    if (isFormProblem(form)) return refusedForm(context, language, form.status);
    const sites = await listSites(deps.store);
    const site = siteOf(context, sites);
    if (site === undefined) return placePage(context, sites);
    const code = readTabletCode(form.get("code") ?? "");
    if (code === undefined) return codePage(context, site, true);
    const link = await findLinkByTabletCode(deps, site.siteId, code);
    if (link === "too-many") {
      deps.logger.warn("Too many codes were tried on the tablets of a site in one hour");
      const { siteId, senderName: brand } = site;
      const t = tabletTexts[language];
      const next = { href: tabletPath(siteId), text: t.next };
      return notePage(context, { language, brand, ...t.tooMany, link: next }, 429);
    }
    const view = link === undefined ? undefined : await linkView(deps, link);
    const standing = view?.item && standingTabletCode(view.item, view.ctx.now);
    if (view === undefined || standing?.linkId !== view.link.linkId)
      return codePage(context, site, true);
    // Its code was not used yet: what keeps it shut is the form itself.
    if (view.state !== "open") return notOpenPage(context, view, language);
    if (!(await useUpTabletCode(deps, view.link))) return codePage(context, site, true);
    clearDevice(deps, context);
    const session = linkSession(deps);
    session.open(context, view.link);
    tabletOf(deps).write(context, site.siteId);
    return context.redirect(withMark(startOf[view.link.purpose], session.markOf(view.link)), 303);
  });

  return app;

  /** The site that its address names; without one, where it took a code before. */
  function siteOf(context: Context, sites: readonly Site[]): Site | undefined {
    const asked = context.req.query("site") ?? tabletOf(deps).siteId(context);
    return asked === undefined && sites.length === 1
      ? sites[0]
      : sites.find(({ siteId }) => siteId === asked);
  }

  function codePage(context: Context, site: Site, isWrong = false) {
    const language = languageOf(context);
    const t = tabletTexts[language];
    const errors = isWrong ? [{ field: "code", text: t.wrong }] : [];
    return page(
      context,
      {
        language,
        title: t.title,
        brand: site.senderName,
        hasError: isWrong,
        content: (
          <>
            <ErrorSummary errors={errors} language={language} />
            <h1 class="govuk-heading-l">{t.title}</h1>
            <p class="govuk-body">{t.lead}</p>
            <Form action={tabletPath(site.siteId)}>
              <TextField
                language={language}
                name="code"
                label={t.label}
                hint={t.hint}
                errors={errors}
                autocomplete="off"
                maxlength={20}
              />
              <ContinueButton>{t.button}</ContinueButton>
            </Form>
          </>
        ),
      },
      isWrong ? 400 : 200,
    );
  }

  /** Which site's tablet it is: asked once, and kept in its address. */
  function placePage(context: Context, sites: readonly Site[]) {
    const language = languageOf(context);
    const t = tabletTexts[language];
    return page(context, {
      language,
      title: t.place,
      content: (
        <>
          <h1 class="govuk-heading-l">{t.place}</h1>
          {sites.map((site) => (
            <p class="govuk-body">
              <a class="govuk-link tall-link" href={tabletPath(site.siteId)}>
                {site.senderName}
              </a>
            </p>
          ))}
        </>
      ),
    });
  }
}
