import type { Context } from "hono";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { FormRequest } from "../../../shared/care/episode/form-request.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { mayAskSafely, mayAskSafelyFrom } from "../../../shared/care/safety/may-ask-safely.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { questionsOf } from "../../../shared/questions/question.ts";
import type { Link } from "../../../shared/store/find-link.ts";
import { loadLinkTarget } from "../../../shared/store/load-link-target.ts";
import { dateLabel } from "../../../shared/web/texts/dates.ts";
import type { Language } from "../../../shared/web/texts/language.ts";
import { notePage } from "../http/view.tsx";
import type { ParticipantSiteDeps } from "../site-deps.ts";
import { linkTexts } from "../texts/link.ts";
import { tabletTexts } from "../texts/tablet.ts";
import { instantLabel } from "../texts/words.ts";
import { tabletPath } from "./clinic-tablet.ts";

export type LinkState = "open" | "answered" | "ended" | "early" | "out-of-hours";

/** A link with what it opens, as things stand at this instant. */
export type LinkView = {
  readonly link: Link;
  readonly state: LinkState;
  readonly episode: Episode;
  readonly ctx: DecisionContext;
  readonly site: Site;
  readonly participantLanguage: string;
  readonly item?: FormRequest | CheckIn | undefined;
};

/** What a link opens now; `undefined` when that is gone. */
export async function linkView(
  deps: ParticipantSiteDeps,
  link: Link,
): Promise<LinkView | undefined> {
  const target = await loadLinkTarget(deps, link);
  if (target === undefined) return undefined;
  const { episode, item, ctx } = target;
  return {
    link,
    state: stateOf(link, item, ctx),
    episode,
    ctx,
    site: ctx.site,
    participantLanguage: episode.language,
    item,
  };
}

function stateOf(
  link: Link,
  item: FormRequest | CheckIn | undefined,
  ctx: DecisionContext,
): LinkState {
  if (item?.status === "answered") return "answered";
  // A newer code, or somebody who took the form back, ends the pages of the one before.
  if (link.isOnTablet && item?.tablet?.linkId !== link.linkId) return "ended";
  const hasItemEnded =
    item?.status === "ended" || item?.status === "missed" || item?.status === "cancelled";
  if (hasItemEnded || ctx.now >= link.endsAt) return "ended";
  if (ctx.now < link.opensAt || item?.status === "planned") return "early";
  const isSafety = questionsOf(item, ctx).some((question) => question.isSafety);
  return isSafety && !mayAskSafely(ctx.site, ctx.now) ? "out-of-hours" : "open";
}

const statusOf = { answered: 200, ended: 410, early: 409, "out-of-hours": 409 } as const;

/** A kind page for a link with nothing to do: sent already, over, not yet, or nobody there to answer. */
export function notOpenPage(
  context: Context,
  view: LinkView,
  language: Language,
): Response | Promise<Response> {
  const { state, site, link, item, ctx } = view;
  const brand = site.senderName;
  const phone = site.phone;
  if (link.isOnTablet) return notOpenOnTablet(context, view, language);
  const t = linkTexts[language];
  switch (state) {
    case "open":
    case "ended":
      return notePage(context, { language, brand, phone, ...t.ended }, statusOf.ended);
    case "answered": {
      const day = dateLabel(localDate(item?.answeredAt ?? ctx.now, site.timeZone), language);
      return notePage(
        context,
        { language, brand, phone, title: t.answered.title, words: t.answered.words(day) },
        statusOf.answered,
      );
    }
    case "early":
    case "out-of-hours": {
      const opensAt = state === "early" ? link.opensAt : mayAskSafelyFrom(site, ctx.now);
      const when = instantLabel(opensAt, site.timeZone, language);
      return notePage(
        context,
        { language, brand, phone, title: t.later.title, words: t.later.words(when) },
        statusOf[state],
      );
    }
  }
}

/** The same on a clinic's tablet, where the next code is typed. */
function notOpenOnTablet(
  context: Context,
  { state, site, link, ctx }: LinkView,
  language: Language,
): Response | Promise<Response> {
  const t = tabletTexts[language];
  const more = {
    language,
    brand: site.senderName,
    link: { href: tabletPath(site.siteId), text: t.next },
  };
  switch (state) {
    case "open":
    case "ended":
      return notePage(context, { ...more, ...t.ended }, statusOf.ended);
    case "answered":
      return notePage(context, { ...more, ...t.answered }, statusOf.answered);
    case "early":
    case "out-of-hours": {
      const opensAt = state === "early" ? link.opensAt : mayAskSafelyFrom(site, ctx.now);
      const words = t.later.words(instantLabel(opensAt, site.timeZone, language));
      return notePage(context, { ...more, title: t.later.title, words }, statusOf[state]);
    }
  }
}
