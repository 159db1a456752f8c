import { statusLabels } from "../../care/episode/status.ts";
import { currentWeek } from "../../care/episode/where-label.ts";
import type { personRowSchema } from "../../contracts/routes/people.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import type { Store } from "../../ports/store.ts";
import { listRoster } from "../../store/list-roster.ts";
import { readProfile } from "../../store/read-profile.ts";
import type { StaffMember } from "../staff-member.ts";
import { findEpisode } from "./find-episode.ts";
import { matchesSearch } from "./match-profile.ts";

/** One person in the list of people: who they are and where in care. */
export type PersonRow = Answered<typeof personRowSchema>;

/** The people of the sites a member of staff has, filtered in memory by their names or reference. */
export async function listPeople(
  store: Store,
  staff: StaffMember,
  search: string,
  phase: string | undefined,
): Promise<readonly PersonRow[]> {
  const rows: PersonRow[] = [];
  for (const siteId of staff.siteIds) {
    for (const episodeId of await listRoster(store, siteId)) {
      const episode = await findEpisode(store, staff, episodeId);
      if (episode === undefined || (phase !== undefined && episode.status !== phase)) continue;
      const profile = await readProfile(store, episode.participantId);
      const week = currentWeek(episode);
      const name =
        profile === undefined
          ? "Name erased"
          : `${profile.preferredName ?? profile.given} ${profile.family}`;
      if (!matchesSearch(profile, episode.reference, search)) continue;
      rows.push({
        episodeId,
        participantId: episode.participantId,
        reference: episode.reference,
        name,
        status: episode.status,
        phase: statusLabels[episode.status],
        siteId: episode.siteId,
        programId: episode.programId,
        ...(week === undefined ? {} : { week }),
      });
    }
  }
  return rows.sort((left, right) => left.name.localeCompare(right.name));
}
