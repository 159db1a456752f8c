import type { Episode } from "../../care/episode/episode.ts";
import { type ApartFrom, readersOfApart, recordsOf } from "../../care/sessions/apart.ts";
import { isForOne } from "../../care/sessions/for-one.ts";
import { isOfTrack, trackOn } from "../../care/sessions/group-tracks.ts";
import { inGroups, isToJoin } from "../../care/sessions/group-waits.ts";
import { localDate } from "../../care/time/zoned-time.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import type { apartRowSchema } from "../../contracts/routes/sessions.ts";
import type { Store } from "../../ports/store.ts";
import { readRoster } from "../../store/list-sites.ts";
import { loadProgram } from "../../store/load-program.ts";
import { displayName, readListedNames } from "../../store/person-items.ts";
import { readApartReason } from "../../store/read-apart.ts";
import { type ListedPerson, loadTogether } from "../people/load-together.ts";
import type { StaffMember } from "../staff-member.ts";

/** Somebody with whom a person is not to be in one group, as staff see them. */
export type ApartRow = Answered<typeof apartRowSchema>;

/** True for those who record that two people are not to be in one group, and read why. */
export function mayReadApart({ functions }: Pick<StaffMember, "functions">): boolean {
  return readersOfApart.some((one) => functions.includes(one));
}

/** With whom a person is not to be in one group, as was said of any of their records; why, for whoever may read it. */
export async function listApart(
  { store, clock }: { readonly store: Store; readonly clock: { now(): string } },
  staff: StaffMember,
  episode: Episode,
): Promise<readonly ApartRow[]> {
  const earlier = await loadTogether(store, recordsOf(episode).slice(1));
  const own: readonly ApartFrom[] = [episode, ...[...earlier.values()].flatMap(readable)];
  const said = own.flatMap(({ episodeId: recordId, apartFrom = [] }) =>
    apartFrom.map((one) => ({ ...one, recordId })),
  );
  const people = await loadTogether(
    store,
    said.map(({ episodeId }) => episodeId),
  );
  return Promise.all(
    said.map(async ({ recordId, episodeId, since, by }): Promise<ApartRow> => {
      const person = people.get(episodeId);
      const [other] = person === undefined ? [] : readable(person);
      const isHere = other !== undefined && staff.siteIds.includes(other.siteId);
      const reason = mayReadApart(staff)
        ? await readApartReason(store, recordId, episodeId)
        : undefined;
      return {
        recordId,
        otherEpisodeId: episodeId,
        participant: isHere ? nameOf(person) : "Somebody at another site",
        isHere,
        since,
        by,
        ...(reason === undefined ? {} : { reason }),
        shared:
          other === undefined ? [] : [...(await sharedGroups(store, clock.now(), episode, other))],
      };
    }),
  );
}

function readable({ episode }: ListedPerson): readonly Episode[] {
  return episode === "unreadable" ? [] : [episode];
}

function nameOf(person: ListedPerson | undefined): string {
  const profile = person?.profile;
  return displayName(profile === "unreadable" ? undefined : profile);
}

/** The groups of the timetable that two people both come to. */
async function sharedGroups(
  store: Store,
  now: string,
  left: Episode,
  right: Episode,
): Promise<readonly string[]> {
  if (left.siteId !== right.siteId || left.programId !== right.programId) return [];
  if (!inGroups.includes(left.status) || !inGroups.includes(right.status)) return [];
  const [ofLeft, ofRight] = await Promise.all(
    [left, right].map(async (one) => {
      const { program } = await loadProgram(store, one.programId, one.programVersion);
      const track = trackOn(program, one, localDate(now, one.timeZone));
      return program.sessions.filter((slot) => !isForOne(slot.modality) && isOfTrack(slot, track));
    }),
  );
  const slots = new Set(ofRight?.map(({ slot }) => slot));
  return [...new Set(ofLeft?.filter(({ slot }) => slots.has(slot)).map(({ title }) => title))];
}

/** The people of a site who come to groups or may come, by name: whom a person could be recorded with. */
export async function apartChoices(
  store: Store,
  { siteId, episodeId: own }: Pick<Episode, "siteId" | "episodeId">,
): Promise<readonly { readonly episodeId: string; readonly name: string }[]> {
  const [roster, names] = await Promise.all([
    readRoster(store, siteId),
    readListedNames(store, siteId),
  ]);
  return roster
    .filter(({ episodeId, status }) => episodeId !== own && status !== undefined)
    .filter(
      ({ status }) => status !== undefined && (inGroups.includes(status) || isToJoin({ status })),
    )
    .map(({ episodeId, participantId = "", reference = "" }) => {
      const name = names.get(participantId);
      const called =
        name === undefined ? "Name erased" : `${name.preferredName ?? name.given} ${name.family}`;
      return { episodeId, name: reference === "" ? called : `${called}, ${reference}` };
    })
    .toSorted((left, right) => left.name.localeCompare(right.name));
}
