import { Hono } from "hono";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { readPlans } from "../../../shared/store/read-plan.ts";
import { PrintedPlan } from "../../../shared/web/parts/printed-plan.tsx";
import type { Language } from "../../../shared/web/texts/language.ts";
import { page } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { myPlansTexts } from "../texts/my-plans.ts";
import { Phone } from "../ui/crisis.tsx";
import type { PageLinks } from "../ui/page-links.ts";
import { openSession } from "./open-session.ts";

/** The person's own plans, behind any link of theirs: those that they want there, and nothing else. */
export function myPlansRoutes(deps: ParticipantSiteDeps) {
  const app = new Hono();
  app.get("/my-plans", async (context) => {
    const session = await openSession(deps, context, undefined, { takesUntilEnd: true });
    if (session instanceof Response) return session;
    const { view, language } = session;
    const { episode, site } = view;
    const t = myPlansTexts[language];
    const shown = shownPlans(episode);
    const plans = (await readPlans(deps.store, episode)).filter(({ planKind }) =>
      shown.includes(planKind),
    );
    return page(context, {
      language,
      title: t.title,
      brand: site.senderName,
      content: (
        <>
          <h1 class="govuk-heading-l">{t.title}</h1>
          <p class="govuk-body">{plans.length === 0 ? t.none : t.lead}</p>
          {plans.map((plan) => (
            <PrintedPlan
              language={language}
              isPart
              plan={{ ...plan, writtenOn: localDate(plan.at, site.timeZone) }}
            />
          ))}
          <p class="govuk-body">
            {t.call} <Phone number={site.phone} />
          </p>
        </>
      ),
    });
  });
  return app;
}

/** The plans that the person wants on their page; none where the phone is one that others read, too. */
function shownPlans({ plans, reach }: Pick<Episode, "plans" | "reach">): readonly string[] {
  if (reach.sms !== undefined && reach.sms.kind !== "own") return [];
  return Object.entries(plans ?? {}).flatMap(([kind, plan]) => (plan.isShown ? [kind] : []));
}

/** Leads to the plans, where there is one to find. */
export function PlansLink({
  episode,
  language,
  links,
}: {
  readonly episode: Episode;
  readonly language: Language;
  readonly links: PageLinks;
}) {
  if (shownPlans(episode).length === 0) return null;
  return (
    <p class="govuk-body">
      <a class="govuk-link tall-link" href={links.hrefOf("/my-plans")}>
        {myPlansTexts[language].link}
      </a>
    </p>
  );
}
