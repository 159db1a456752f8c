import { readPhone } from "../../care/contact-points/read-phone.ts";
import type { Episode } from "../../care/episode/episode.ts";
import { type EpisodeStatus, statusLabels } from "../../care/episode/status.ts";
import { currentWeek } from "../../care/episode/where-label.ts";
import type { personRowSchema } from "../../contracts/routes/people.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import type { Secrets } from "../../ports/secrets.ts";
import type { Store } from "../../ports/store.ts";
import { contactPointEpisodes } from "../../store/contact-point-items.ts";
import { listRoster } from "../../store/list-roster.ts";
import type { Profile } from "../../store/read-profile.ts";
import type { StaffMember } from "../staff-member.ts";
import { loadTogether } from "./load-together.ts";
import { matchesSearch } from "./match-profile.ts";

/** One person in the list of people: who they are and where in care. */
export type PersonRow = Answered<typeof personRowSchema>;

export type ListedPeople = {
  readonly rows: readonly PersonRow[];
  /** The episodes whose record cannot be read: they stand in no row, whatever is searched, and are not hidden. */
  readonly unreadable: readonly string[];
};

type ListDeps = { readonly store: Store; readonly secrets: Pick<Secrets, "contactPointId"> };

/**
 * The people of the sites a member of staff has, by name: those whose names, record number, reference, birth date,
 * phone or email are searched for, in this phase. All are read together, not one after the other.
 */
export async function listPeople(
  deps: ListDeps,
  staff: StaffMember,
  search: string,
  phase: EpisodeStatus | undefined,
): Promise<ListedPeople> {
  const [reachedThere, ...rosters] = await Promise.all([
    episodesReachedAt(deps, search),
    ...staff.siteIds.map((siteId) => listRoster(deps.store, siteId)),
  ]);
  const rows: PersonRow[] = [];
  const unreadable: string[] = [];
  for (const [episodeId, { episode, profile }] of await loadTogether(deps.store, rosters.flat())) {
    if (episode === "unreadable") {
      unreadable.push(episodeId);
      continue;
    }
    if (!staff.siteIds.includes(episode.siteId)) continue;
    if (phase !== undefined && episode.status !== phase) continue;
    const known = profile === "unreadable" ? undefined : profile;
    if (!reachedThere.has(episodeId) && !matchesSearch(known, episode.reference, search)) continue;
    rows.push(rowOf(episode, profile === "unreadable" ? "Name cannot be read" : nameOf(profile)));
  }
  rows.sort((left, right) => left.name.localeCompare(right.name));
  return { rows, unreadable };
}

function rowOf(episode: Episode, name: string): PersonRow {
  const week = currentWeek(episode);
  return {
    episodeId: episode.episodeId,
    participantId: episode.participantId,
    reference: episode.reference,
    name,
    status: episode.status,
    phase: statusLabels[episode.status],
    siteId: episode.siteId,
    programId: episode.programId,
    ...(week === undefined ? {} : { week }),
  };
}

function nameOf(profile: Profile | undefined): string {
  if (profile === undefined) return "Name erased";
  return `${profile.preferredName ?? profile.given} ${profile.family}`;
}

/** The episodes whose people are reached at the phone number or email address that is searched for. */
async function episodesReachedAt(
  { store, secrets }: ListDeps,
  search: string,
): Promise<ReadonlySet<string>> {
  const address = search.includes("@") ? search.trim() : readPhone(search, "us").phone;
  const found = new Set<string>();
  if (address === undefined) return found;
  for await (const page of contactPointEpisodes(store, secrets.contactPointId(address)))
    for (const { episodeId } of page) found.add(episodeId);
  return found;
}
