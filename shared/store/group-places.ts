// Long because places, who holds them, who waits and who stays apart are counted by one reading of the people.
import * as z from "zod";
import type { Episode } from "../care/episode/episode.ts";
import type { Program } from "../care/program/program.ts";
import { type ApartFrom, areApart, mayBeApart } from "../care/sessions/apart.ts";
import { isForOne } from "../care/sessions/for-one.ts";
import type { GroupPlaces } from "../care/sessions/full-groups.ts";
import { groupSessionIdOf } from "../care/sessions/group-session-id.ts";
import { firstTrackOf, isOfTrack, trackOn } from "../care/sessions/group-tracks.ts";
import {
  type GroupOnDay,
  type GroupWait,
  groupWaitSchema,
  inGroups,
  takesPlaceIn,
  type WaitTarget,
  withoutWait,
} from "../care/sessions/group-waits.ts";
import { count, instant, type Stored } from "../care/stored/fields.ts";
import { addMinutes } from "../care/time/instants.ts";
import { mondayOf } from "../care/time/zoned-time.ts";
import { keys, workPartition } from "../keys/keys.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { readEpisode } from "./episode-forms.ts";
import { readRoster } from "./list-sites.ts";
import { loadProgram } from "./load-program.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";
import { listSeatSessions } from "./seats.ts";

/**
 * Written by whoever takes a place in the groups of a program at a site, or waits for one: of two at the same moment the
 * slower one looks again.
 */
export const groupPlacesForm = storedForm(
  "care",
  "group-places",
  z.object({
    version: count,
    /** Whose admission was decided a moment ago: they are in no group yet. */
    coming: z.exactOptional(z.array(z.object({ episodeId: z.string(), since: instant }))),
    /** The waiting lists of its groups. */
    waiting: z.exactOptional(z.array(groupWaitSchema)),
  }),
);
type Coming = NonNullable<Stored<typeof groupPlacesForm.schema>["coming"]>[number];

/** Where places are taken and waited for. */
export type PlacesOf = { readonly siteId: string; readonly programId: string };

/** Who takes places in the groups of a program at a site, and who waits for one; longest first. */
export type PlacesBook = PlacesOf & {
  readonly version: number;
  readonly coming: readonly Coming[];
  readonly waiting: readonly GroupWait[];
};

/** Longer than an admission rests before it is carried out; one that was taken back takes no place after it. */
const comingMinutes = 10;

/** After so long somebody looks again whether there is a place for who waits: what frees one need not say so. */
const lookAgainAfterMinutes = 15;

/** The book of a program's groups at a site; an empty one where nothing was ever written. */
export async function readPlacesBook(store: Store, of: PlacesOf): Promise<PlacesBook> {
  const key = keys.groupPlaces(of.siteId, of.programId);
  const known = await store.get("care", key.pk, key.sk);
  const {
    version = 0,
    coming = [],
    waiting = [],
  } = known === undefined ? {} : readStored(groupPlacesForm, known);
  return {
    siteId: of.siteId,
    programId: of.programId,
    version,
    coming,
    waiting: waiting.toSorted((left, right) => left.since.localeCompare(right.since)),
  };
}

/**
 * Writes the book anew; fails where somebody else wrote it since it was read.
 *
 * @param isLookedAt - true after a look for free places: the next one may wait. Anything else may have freed one
 */
export function putPlacesBook(
  before: PlacesBook,
  { coming, waiting }: Pick<PlacesBook, "coming" | "waiting">,
  now: string,
  isLookedAt = false,
): WriteOperation {
  const { siteId, programId, version } = before;
  const key = keys.groupPlaces(siteId, programId);
  return {
    put: {
      table: "care",
      item: {
        ...key,
        schemaVersion: currentVersion(groupPlacesForm),
        kind: "group-places",
        version: version + 1,
        coming,
        ...(waiting.length === 0
          ? {}
          : {
              waiting,
              workPartition: workPartition(siteId, "owed", key.pk),
              workAt: isLookedAt ? addMinutes(now, lookAgainAfterMinutes) : now,
            }),
      },
      condition: version === 0 ? { kind: "absent" } : { kind: "equals", attributes: { version } },
    },
  };
}

/** Who is to have a place in groups, and for how long. */
export type PlaceSeeker = {
  readonly siteId: string;
  readonly program: Program;
  /** Whoever is to have a place. */
  readonly episode: ApartFrom;
  /** The place is to be kept: whoever is on leave or joins the group later has theirs, too. */
  readonly isToStay: boolean;
  /** True for an admission, which is carried out a moment later. */
  readonly isComing?: boolean;
  /** What they may have waited for, and wait for no longer when they have the place. */
  readonly target?: WaitTarget;
  readonly now: string;
};

/**
 * How many people others than one have a place in groups: those who are expected, those whose week is not open yet and
 * who will be, and those who are being offered one.
 *
 * @returns the groups in their order, and what is written with a place that is taken: it fails where somebody else took
 * one meanwhile
 */
export async function readGroupPlaces(
  store: Store,
  who: PlaceSeeker,
  groups: readonly GroupOnDay[],
): Promise<{
  readonly groups: readonly GroupPlaces[];
  readonly taking: readonly WriteOperation[];
}> {
  const { siteId, program, now } = who;
  const { episodeId } = who.episode;
  const isSomeone = mayBeApart(who.episode);
  if (!isSomeone && program.sessions.every(({ capacity }) => capacity === undefined))
    return { groups: [], taking: [] };
  const book = await readPlacesBook(store, { siteId, programId: program.programId });
  const waiting =
    who.target === undefined
      ? book.waiting
      : withoutWait(book.waiting, { episodeId, ...who.target });
  const isLimited = groups.some(({ slot }) => slot.capacity !== undefined);
  // Where somebody waits, what was given up is written too: they are looked after at once.
  if (!isLimited && !isSomeone && book.waiting.length === 0) return { groups: [], taking: [] };
  const coming = stillComing(book, who);
  return {
    groups: await countPlaces(store, who, groups, book),
    taking: [
      putPlacesBook(
        book,
        {
          coming: who.isComing === true ? [...coming, { episodeId, since: now }] : coming,
          waiting,
        },
        now,
      ),
    ],
  };
}

function stillComing(
  { coming }: PlacesBook,
  { episode, now }: Pick<PlaceSeeker, "episode" | "now">,
): readonly Coming[] {
  const since = addMinutes(now, -comingMinutes);
  return coming.filter((one) => one.since > since && one.episodeId !== episode.episodeId);
}

/**
 * The groups with a number of places, with how many people others than one have or are offered a place in each; and the
 * groups in which somebody is with whom that one is not to sit.
 */
export async function countPlaces(
  store: Store,
  who: PlaceSeeker,
  groups: readonly GroupOnDay[],
  book: PlacesBook,
): Promise<readonly GroupPlaces[]> {
  const isSomeone = mayBeApart(who.episode);
  const looked = groups.filter(({ slot }) =>
    isSomeone ? !isForOne(slot.modality) : slot.capacity !== undefined,
  );
  if (looked.length === 0) return [];
  const { siteId, program } = who;
  const coming = stillComing(book, who);
  const people = await listMembers(store, siteId, program.programId);
  const members = new Set(people.map(({ episodeId }) => episodeId));
  const programs = await programsOf(store, program, people);
  const apart = isSomeone ? await apartFromOne(store, who.episode, people, book) : new Set();
  return Promise.all(
    looked.map(async (group): Promise<GroupPlaces> => {
      const { slot, plannedOn } = group;
      const groupSessionId = groupSessionIdOf({
        siteId,
        programId: program.programId,
        plannedOn,
        slot: slot.slot,
      });
      const seated = (await listSeatSessions(store, groupSessionId)).filter(
        (one) =>
          one.groupSessionId === groupSessionId &&
          // A group that is off for now is held again when that is taken back, with whoever had a place in it.
          (one.status === "planned" ||
            (one.cancelledFor !== undefined && members.has(one.episodeId))),
      );
      const taken = new Set(seated.map(({ episodeId }) => episodeId));
      for (const person of people)
        if (isExpected(person, programs.get(person.programVersion), group, who.isToStay))
          taken.add(person.episodeId);
      if (isOfTrack(slot, firstTrackOf(program)))
        for (const { episodeId } of coming) taken.add(episodeId);
      for (const wait of book.waiting)
        if (wait.offer !== undefined && takesPlaceIn(wait, group, groupSessionId))
          taken.add(wait.episodeId);
      taken.delete(who.episode.episodeId);
      return {
        slot: slot.slot,
        title: slot.title,
        on: plannedOn,
        taken: taken.size,
        capacity: slot.capacity,
        ...([...taken].some((id) => apart.has(id)) ? { isApart: true } : {}),
      };
    }),
  );
}

/** Who of those in groups, or about to be, is not to be in one with somebody. */
async function apartFromOne(
  store: Store,
  one: ApartFrom,
  people: readonly Episode[],
  { coming, waiting }: Pick<PlacesBook, "coming" | "waiting">,
): Promise<ReadonlySet<string>> {
  const known = new Set(people.map(({ episodeId }) => episodeId));
  const joining = [...coming, ...waiting.filter(({ offer }) => offer !== undefined)]
    .map(({ episodeId }) => episodeId)
    .filter((id) => !known.has(id));
  const everybody = [...people, ...(await readEpisodes(store, joining))];
  return new Set(
    everybody.filter((other) => areApart(one, other)).map(({ episodeId }) => episodeId),
  );
}

async function readEpisodes(
  store: Store,
  episodeIds: readonly string[],
): Promise<readonly Episode[]> {
  const ids = [...new Set(episodeIds)].map(keys.episode);
  const found: Episode[] = [];
  for (let from = 0; from < ids.length; from += 100)
    for (const item of await store.getMany("care", ids.slice(from, from + 100)))
      found.push(readEpisode(item));
  return found;
}

/** The versions of a program that people are on, by their numbers. */
async function programsOf(
  store: Store,
  known: Program,
  people: readonly Episode[],
): Promise<ReadonlyMap<number, Program>> {
  const versions = new Set(people.map(({ programVersion }) => programVersion));
  versions.delete(known.version);
  const loaded = await Promise.all(
    [...versions].map(
      async (version) => (await loadProgram(store, known.programId, version)).program,
    ),
  );
  return new Map([known, ...loaded].map((program) => [program.version, program]));
}

/** True for somebody who has no session of that group yet and will have, by the track that they are in. */
function isExpected(
  person: Episode,
  program: Program | undefined,
  { slot: { slot: name }, plannedOn }: GroupOnDay,
  isToStay: boolean,
): boolean {
  // By the version that they are on: another one may have groups that theirs has not.
  const slot = program?.sessions.find((one) => one.slot === name);
  if (program === undefined || slot === undefined) return false;
  const own = trackOn(program, person, plannedOn);
  if (isToStay) {
    const later = (person.groupTracks ?? []).filter(({ from }) => from > plannedOn);
    return isOfTrack(slot, own) || later.some(({ track }) => isOfTrack(slot, track));
  }
  if (person.status === "onhold" || !isOfTrack(slot, own)) return false;
  const week = mondayOf(plannedOn);
  return !person.weeks.some(({ startsOn }) => mondayOf(startsOn) === week);
}

/** Everybody of a site who is in a program, on leave included. */
async function listMembers(
  store: Store,
  siteId: string,
  programId: string,
): Promise<readonly Episode[]> {
  const ids = (await readRoster(store, siteId))
    .filter(({ status }) => status === undefined || inGroups.includes(status))
    .map(({ episodeId }) => episodeId);
  const found = await readEpisodes(store, ids);
  return found.filter((one) => one.programId === programId && inGroups.includes(one.status));
}
