import { isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import type { Timetable } from "../../../shared/care/sessions/schedule-conflicts.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import {
  type CallOutcome,
  carryOutOnce,
  rememberRequest,
} from "../../../shared/store/carry-out-once.ts";
import { changeSite, type SiteChange } from "../../../shared/store/change-site.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";
import { loadTimetables } from "../../../shared/store/load-timetables.ts";
import { nameStaff } from "./name-staff.ts";
import { commandIdOf, type StaffCall } from "./on-episode.ts";

const noSuchSite: Refusal = { refused: "not-found", sentence: "There is no such site here." };

/**
 * Carries out one command of a member of staff on the live data of one of their sites, once for each key.
 *
 * @param input.decide - the change; pure, and may run several times
 * @param input.look - what else stands in the way, such as visits that are booked; it gets the site as it would be, and as it is
 * @param input.answer - what the caller is told, from the site after the change
 */
export function commandOnSite(
  deps: CareDeps,
  call: StaffCall,
  input: {
    /** `undefined` where what the caller names belongs to no site. */
    readonly siteId: string | undefined;
    readonly decide: (
      site: Site,
      now: string,
      timetables: readonly Timetable[],
    ) => SiteChange | Refusal;
    readonly look?: (
      next: Site,
      timetables: readonly Timetable[],
      before: Site,
    ) => Promise<Refusal | undefined>;
    readonly answer: (site: Site) => Readonly<Record<string, unknown>>;
    readonly notHere?: Refusal;
  },
): Promise<CallOutcome> {
  const { siteId, decide, notHere = noSuchSite } = input;
  const answerOf = (site: Site) => JSON.stringify(input.answer(site));
  const carryOut = async (): Promise<string | Refusal> => {
    if (siteId === undefined || !call.staff.siteIds.includes(siteId)) return notHere;
    const known = await loadSite(deps, siteId);
    const timetables = await loadTimetables(deps.store, known);
    const planned = decide(known, deps.clock.now(), timetables);
    if (isRefusal(planned)) return planned;
    const inTheWay = await input.look?.({ ...known, ...planned.fields }, timetables, known);
    if (inTheWay !== undefined) return inTheWay;
    const outcome = await changeSite(deps, {
      siteId,
      commandId: commandIdOf(call),
      actor: call.actor,
      decide: (site) => decide(site, deps.clock.now(), timetables),
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
  };
  return carryOutOnce(deps, call.request, async () => {
    const outcome = await carryOut();
    return typeof outcome === "string" ? outcome : nameStaff(deps.store, outcome);
  });
}
