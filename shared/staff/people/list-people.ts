import { readPhone } from "../../care/contact-points/contact-point.ts";
import type { EpisodeStatus } from "../../care/episode/status.ts";
import { currentWeek, phaseLabel } from "../../care/episode/where-label.ts";
import type { personRowSchema } from "../../contracts/routes/people.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import type { Secrets } from "../../ports/secrets.ts";
import type { Store } from "../../ports/store.ts";
import { contactPointEpisodes } from "../../store/contact-point-items.ts";
import { type RosterEntry, readRoster } from "../../store/list-sites.ts";
import { readListedNames } from "../../store/person-items.ts";
import type { Part } from "../part.ts";
import type { StaffMember } from "../staff-member.ts";
import { type ListedPerson, loadTogether } from "./load-together.ts";
import { matchesSearch, type Searched } from "./match-profile.ts";
import { nextWorkOf } from "./next-work.ts";

/** One person in the list of people: who they are and where in care. */
export type PersonRow = Answered<typeof personRowSchema>;

export type ListedPeople = {
  readonly rows: readonly PersonRow[];
  /** How many there are in all. */
  readonly total: number;
  /** The episodes of this part whose record cannot be read: their rows say so. */
  readonly unreadable: readonly string[];
};

type ListDeps = {
  readonly store: Store;
  readonly clock: { now(): string };
  readonly secrets: Pick<Secrets, "contactPointId">;
};

const unreadableName = "Name cannot be read";

/**
 * The people of the sites a member of staff has, by name: those whose names, record number, reference, birth date,
 * phone or email are searched for, in this phase. However many there are, the store is asked once or twice for each
 * site and a few times for the part that is shown: rosters and names say who is searched for, and what is shown is
 * read anew.
 */
export async function listPeople(
  deps: ListDeps,
  staff: StaffMember,
  wanted: {
    readonly search: string;
    readonly phase?: EpisodeStatus | undefined;
    readonly part: Part;
  },
): Promise<ListedPeople> {
  const { search, phase, part } = wanted;
  const [reachedThere, everybody] = await Promise.all([
    episodesReachedAt(deps, search),
    everybodyOf(deps.store, staff),
  ]);
  const found = everybody
    .filter(({ status }) => phase === undefined || status === phase)
    .filter(
      ({ episodeId, name, reference = "" }) =>
        reachedThere.has(episodeId) ||
        matchesSearch(name === "unreadable" ? undefined : name, reference, search),
    )
    .map((one) => ({ one, shown: nameOf(one.name) }))
    .sort((left, right) => byName.compare(left.shown, right.shown));
  const shown = found.slice(part.from, part.from + part.size).map(({ one }) => one);
  const people = await loadTogether(
    deps.store,
    shown.map(({ episodeId }) => episodeId),
  );
  const next = await nextWorkOf(deps, [...people.values()]);
  const unreadable: string[] = [];
  const rows = shown.flatMap((one): readonly PersonRow[] => {
    const person = people.get(one.episodeId);
    if (person === undefined) return [];
    const { episode, profile } = person;
    if (episode === "unreadable") {
      unreadable.push(one.episodeId);
      return [];
    }
    // A roster may lag behind a move to another site; what is shown never does.
    if (!staff.siteIds.includes(episode.siteId)) return [];
    return [rowOf(episode, nameOf(profile), next.get(episode.episodeId))];
  });
  return { rows, total: found.length, unreadable };
}

const byName = new Intl.Collator("en", { sensitivity: "base" });

type Sought = RosterEntry & { readonly name?: Searched | "unreadable" };

/** Everybody on the rosters, with the name by which they are searched. */
async function everybodyOf(store: Store, staff: StaffMember): Promise<readonly Sought[]> {
  const sites = await Promise.all(
    staff.siteIds.map(async (siteId) => {
      const [entries, names] = await Promise.all([
        readRoster(store, siteId),
        readListedNames(store, siteId),
      ]);
      return entries.map((entry): Sought => {
        const name = names.get(entry.participantId ?? "");
        return name === undefined ? entry : { ...entry, name };
      });
    }),
  );
  const everybody = sites.flat();
  // Entries of earlier releases say neither who nor where: they are read one by one, until their next step.
  const missing = everybody.filter((one) => one.status === undefined || one.name === undefined);
  if (missing.length === 0) return everybody;
  const read = await loadTogether(
    store,
    missing.map(({ episodeId }) => episodeId),
  );
  return everybody.map((one) => {
    const person = read.get(one.episodeId);
    return person === undefined ? one : completed(one, person);
  });
}

function completed(one: Sought, { episode, profile }: ListedPerson): Sought {
  const known = profile ?? one.name;
  return {
    ...one,
    ...(episode === "unreadable" ? {} : { status: episode.status, reference: episode.reference }),
    ...(known === undefined ? {} : { name: known }),
  };
}

function rowOf(
  episode: Exclude<ListedPerson["episode"], "unreadable">,
  name: string,
  next: PersonRow["next"],
): PersonRow {
  const week = currentWeek(episode);
  return {
    episodeId: episode.episodeId,
    participantId: episode.participantId,
    reference: episode.reference,
    name,
    status: episode.status,
    phase: phaseLabel(episode),
    siteId: episode.siteId,
    programId: episode.programId,
    ...(week === undefined ? {} : { week }),
    ...(next === undefined ? {} : { next }),
  };
}

function nameOf(
  name: Pick<Searched, "given" | "family" | "preferredName"> | "unreadable" | undefined,
): string {
  if (name === undefined) return "Name erased";
  return name === "unreadable"
    ? unreadableName
    : `${name.preferredName ?? name.given} ${name.family}`;
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
