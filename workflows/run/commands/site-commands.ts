import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { addDays, localDate } from "../../../shared/care/time/zoned-time.ts";
import type {
  closureBodySchema,
  closureUndoBodySchema,
} from "../../../shared/contracts/site-bodies.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { type CallOutcome, carryOutOnce } from "../../../shared/store/carry-out-once.ts";
import { changeSite, type SiteChange } from "../../../shared/store/change-site.ts";
import { rememberRequest } from "../../../shared/store/remembered-request.ts";
import { commandIdOf, type StaffCall } from "./on-episode.ts";

/** How far ahead a site's days are planned. */
export const plannedDays = 2 * 365;

type Closing = ReturnType<typeof closureBodySchema.parse>;
type Opening = ReturnType<typeof closureUndoBodySchema.parse>;

/** Closes a site on a day or a range of days: not on one that is over, or so far away that it is a slip of the keys. */
export function closeDays(site: Site, now: string, closing: Closing): SiteChange | Refusal {
  const { on, until = on, words } = closing;
  const today = localDate(now, site.timeZone);
  if (on < today || until > addDays(today, plannedDays))
    return {
      refused: "invalid",
      sentence: "A site is closed on a day from today on, two years ahead at most. Check the year.",
    };
  const closed: { on: string; words: string }[] = [];
  for (let day = on; day <= until; day = addDays(day, 1)) closed.push({ on: day, words });
  const others = site.closures.filter((closure) => closure.on < on || closure.on > until);
  return {
    fields: {
      closures: [...others, ...closed].sort((left, right) => left.on.localeCompare(right.on)),
    },
    action: "closure-added",
    facts: { siteId: site.siteId, on, ...(until === on ? {} : { until }) },
  };
}

/** Opens a site on a day that it was closed: its sessions that have not begun are held after all. */
export function openDay(site: Site, now: string, { on }: Opening): SiteChange | Refusal {
  if (on < localDate(now, site.timeZone))
    return {
      refused: "invalid",
      sentence: "That day is over: what was cancelled stays cancelled.",
    };
  if (!site.closures.some((closure) => closure.on === on))
    return { refused: "not-now", sentence: `The site is open on ${on} already.` };
  return {
    fields: { closures: site.closures.filter((closure) => closure.on !== on) },
    action: "closure-taken-back",
    facts: { siteId: site.siteId, on },
  };
}

function onSite<Body extends { readonly siteId: string }>(
  decide: (site: Site, now: string, body: Body) => SiteChange | Refusal,
) {
  return (deps: CareDeps, call: StaffCall, body: Body): Promise<CallOutcome> =>
    carryOutOnce(deps, call.request, async () => {
      if (!call.staff.siteIds.includes(body.siteId))
        return { refused: "not-found", sentence: "There is no such site here." };
      const answerOf = (site: Site) =>
        JSON.stringify({ siteId: site.siteId, closures: site.closures });
      const outcome = await changeSite(deps, {
        siteId: body.siteId,
        commandId: commandIdOf(call),
        actor: call.actor,
        decide: (site) => decide(site, deps.clock.now(), body),
        also: (site) => [
          rememberRequest(
            deps.secrets,
            call.request,
            { status: 200, body: answerOf(site) },
            deps.clock.now(),
          ),
        ],
      });
      return isRefusal(outcome) ? outcome : answerOf(outcome);
    });
}

/** What staff do to a site's days from a page. */
export const siteCommands = { close: onSite(closeDays), open: onSite(openDay) };
