import { type Change, isRefusal, type Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import type { EpisodeItem, OpenState } from "../care/episode/episode-item.ts";
import type { FormRequest } from "../care/episode/form-request.ts";
import { mayAskSafely } from "../care/safety/may-ask-safely.ts";
import { actingStaff, refuseEnded } from "../care/tasks/refuse.ts";
import { addMinutes, earliest } from "../care/time/instants.ts";
import { questionsIn, questionsOf } from "./question.ts";

/** How long a code is taken. */
export const tabletCodeMinutes = 15;
/** How long its pages stay open after that at the most: a tablet is left lying about. */
const pagesMinutes = 60;

/** What asks questions on pages of its own. */
export type Asked = FormRequest | CheckIn;

/** The id by which staff name a form or a check-in. */
export function idOfAsked(item: Asked): string {
  return item.kind === "form" ? item.formId : item.checkInId;
}

/** What can be filled in on a clinic's tablet now: whatever its link would open. A call by staff has none. */
export function openOnTablet(items: Iterable<EpisodeItem>, now: string): readonly Asked[] {
  return [...items]
    .filter((item) => item.kind === "form" || item.kind === "check-in")
    .filter((item) => isOpen(item, now));
}

function isOpen(item: Asked, now: string): boolean {
  if (item.endsAt !== undefined && item.endsAt <= now) return false;
  return item.kind === "form"
    ? item.status === "asked" && item.askedAt <= now
    : item.status === "open" && item.checkInKind !== "staff-call";
}

/** The link behind the code that would be taken now; `undefined` where there is none, or it was used. */
export function standingTabletCode(
  { tablet }: Pick<Asked, "tablet">,
  now: string,
): { readonly linkId: string; readonly until: string } | undefined {
  return tablet !== undefined && tablet.usedAt === undefined && now < tablet.until
    ? tablet
    : undefined;
}

/**
 * The code as somebody typed it: in any case, in groups or not, with the letters that look like digits as those.
 *
 * @returns `undefined` for what can be no code
 */
export function readTabletCode(typed: string): string | undefined {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : undefined;
}

/**
 * Makes a code for one form or check-in of a person, which opens it once on a clinic's tablet within a quarter of an
 * hour, and ends the code before.
 *
 * @param input.id - of the form or the check-in
 */
export function makeTabletCode(
  state: OpenState,
  input: { readonly id: string },
  ctx: DecisionContext,
): { readonly change: Change; readonly linkId: string; readonly until: string } | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const ended = refuseEnded(state.episode);
  if (ended !== undefined) return ended;
  const item = openOnTablet(state.items.values(), ctx.now).find(
    (one) => idOfAsked(one) === input.id,
  );
  if (item === undefined)
    return {
      refused: "not-now",
      sentence:
        "There is nothing to fill in here now: it was answered, has ended, or does not begin yet.",
    };
  const questions = questionsOf(item, ctx);
  const [language = "en"] = state.episode.language.toLowerCase().split("-");
  if (questionsIn(language, questions) === undefined)
    return {
      refused: "not-now",
      sentence:
        "These questions have no published wording in the person's language. Ask them with a qualified interpreter, and enter the answers.",
    };
  if (questions.some((question) => question.isSafety) && !mayAskSafely(ctx.site, ctx.now))
    return {
      refused: "not-now",
      sentence:
        "An answer here may need somebody at once, and nobody is on call. Make the code when the site is staffed for two hours more, or ask the questions yourself.",
    };
  const linkId = ctx.newId();
  const until = addMinutes(ctx.now, tabletCodeMinutes);
  const latest = addMinutes(until, pagesMinutes);
  const draft = new Draft(state, ctx);
  draft.replace<Asked>(item, { tablet: { linkId, until } });
  draft.project({
    kind: "link",
    linkId,
    purpose: item.kind === "form" ? "forms" : "check-in",
    itemSk: item.sk,
    opensAt: ctx.now,
    endsAt: earliest([item.endsAt, latest]) ?? latest,
    isOnTablet: true,
  });
  return { change: draft.finish("tablet-code-made", factsOf(item)), linkId, until };
}

/** Uses a code up: of two who type the same one, one opens the form. */
export function useTabletCode(
  state: OpenState,
  { itemSk, linkId }: { readonly itemSk: string; readonly linkId: string },
  ctx: DecisionContext,
): Change | Refusal {
  const item = state.items.get(itemSk);
  const isAsked = item?.kind === "form" || item?.kind === "check-in";
  const code = isAsked ? standingTabletCode(item, ctx.now) : undefined;
  if (!isAsked || code?.linkId !== linkId)
    return { refused: "not-now", sentence: "This code is not taken any more." };
  const draft = new Draft(state, ctx);
  draft.replace<Asked>(item, { tablet: { linkId, until: code.until, usedAt: ctx.now } });
  return draft.finish("tablet-code-used", factsOf(item));
}

/** What names the form or the check-in in the audit trail. */
function factsOf(item: Asked): Readonly<Record<string, string | number>> {
  return item.kind === "form"
    ? { formId: item.formId, occasion: item.occasion }
    : { number: item.number };
}
