import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Program } from "../../../shared/care/program/program.ts";
import { groupsOfPerson } from "../../../shared/care/sessions/full-groups.ts";
import { isOfTrack, trackOn } from "../../../shared/care/sessions/group-tracks.ts";
import { standingOf } from "../../../shared/care/sessions/standing.ts";
import { addDays, localDate } from "../../../shared/care/time/zoned-time.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { readGroupPlaces } from "../../../shared/store/group-places.ts";

/**
 * The places in the groups that somebody would come to from now on, each on its next day: after a leave, at another site,
 * by another version.
 *
 * @param ctx - with the site and the program that they would be in
 * @param how.isToStay - true where no place was kept for them: whoever is on leave has theirs, too
 * @param how.before - the version that they were on: the groups that they had a place in are left out
 */
export function comingPlaces(
  store: Store,
  { site, program, now }: Pick<DecisionContext, "site" | "program" | "now">,
  episode: Episode,
  { isToStay, before }: { readonly isToStay: boolean; readonly before?: Program },
): ReturnType<typeof readGroupPlaces> {
  const today = localDate(now, site.timeZone);
  const own = new Set(
    before?.sessions
      .filter((slot) => isOfTrack(slot, trackOn(before, episode, today)))
      .map(({ slot }) => slot),
  );
  const groups = groupsOfPerson(program, episode, today)
    .filter(({ slot }) => !own.has(slot.slot))
    .map((group) => {
      const { startAt } = standingOf(site, program.programId, group.slot, group.plannedOn);
      return startAt > now ? group : { ...group, plannedOn: addDays(group.plannedOn, 7) };
    });
  return readGroupPlaces(
    store,
    {
      siteId: site.siteId,
      program,
      episode,
      isToStay,
      now,
    },
    groups,
  );
}
