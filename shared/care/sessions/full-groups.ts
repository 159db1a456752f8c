import type { Refusal } from "../change/change.ts";
import type { Episode } from "../episode/episode.ts";
import type { Program, SessionSlot } from "../program/program.ts";
import { addDays, mondayOf } from "../time/zoned-time.ts";
import { isForOne } from "./for-one.ts";
import { isOfTrack, trackOn } from "./group-tracks.ts";

/** How many people a group has on a day, and the places of it. */
export type GroupPlaces = {
  readonly slot: string;
  readonly title: string;
  /** Local date at the site. */
  readonly on: string;
  readonly taken: number;
  /** Without it, nobody is turned away. */
  readonly capacity?: number | undefined;
  /** Somebody is in it with whom the person is not to be in one group. */
  readonly isApart?: true;
};

/** Refuses a place in a group, as {@link refuseApart} or as {@link refuseFull}. */
export function refusePlaces(
  groups: readonly GroupPlaces[],
  isOverCapacity: boolean | undefined,
): Refusal | undefined {
  return refuseApart(groups) ?? refuseFull(groups, isOverCapacity);
}

/** Refuses groups in which somebody is with whom the person is not to sit: who that is, and why, is not said. */
export function refuseApart(groups: readonly GroupPlaces[]): Refusal | undefined {
  const [first] = groups.filter(({ isApart }) => isApart === true);
  if (first === undefined) return undefined;
  return {
    refused: "not-now",
    sentence: `“${first.title}” on ${first.on}: somebody who comes to it and this person are not to be in one group. Choose another group; the person’s page says with whom they are not to be, and where it is taken back.`,
  };
}

/**
 * Refuses one more person in groups that have no place left.
 *
 * @param isOverCapacity - somebody has decided, with a reason, that the person is put in all the same
 */
export function refuseFull(
  groups: readonly GroupPlaces[],
  isOverCapacity: boolean | undefined,
): Refusal | undefined {
  if (isOverCapacity === true) return undefined;
  const full = groups.filter(({ taken, capacity }) => capacity !== undefined && taken >= capacity);
  if (full.length === 0) return undefined;
  const words = full.map(
    ({ title, on, taken, capacity }) =>
      `“${title}” is full on ${on}: ${taken} ${taken === 1 ? "is" : "are"} expected, and it has ${capacity} ${capacity === 1 ? "place" : "places"}.`,
  );
  return {
    refused: "not-now",
    sentence: `${words.join(" ")} Let the person wait or choose another group, or say that they are put in all the same, and why.`,
  };
}

/**
 * Groups with a number of places, each on its first day in the timetable from a date on.
 *
 * @param tracks - `undefined` stands for the groups that everybody comes to
 */
export function limitedGroupsOf(
  sessions: readonly SessionSlot[],
  tracks: readonly (string | undefined)[],
  from: string,
): ReturnType<typeof groupsOf> {
  return groupsOf(sessions, tracks, from).filter(({ slot }) => slot.capacity !== undefined);
}

/** The groups that somebody comes to by their track of that day, each on its first day in the timetable from a date on. */
export function groupsOfPerson(
  { sessions, groupTracks = [] }: Pick<Program, "sessions" | "groupTracks">,
  person: Pick<Episode, "groupTracks">,
  from: string,
): ReturnType<typeof groupsOf> {
  const tracks = [undefined, ...groupTracks.map(({ track }) => track)];
  return groupsOf(sessions, tracks, from).filter(({ slot, plannedOn }) =>
    isOfTrack(slot, trackOn({ groupTracks }, person, plannedOn)),
  );
}

/** Groups of some tracks, each on its first day in the timetable from a date on. */
export function groupsOf(
  sessions: readonly SessionSlot[],
  tracks: readonly (string | undefined)[],
  from: string,
): readonly { readonly slot: SessionSlot; readonly plannedOn: string }[] {
  return sessions
    .filter(({ track }) => tracks.includes(track))
    .filter(({ modality }) => !isForOne(modality))
    .map((slot) => {
      const inWeek = addDays(mondayOf(from), slot.dayOfWeek - 1);
      return { slot, plannedOn: inWeek < from ? addDays(inWeek, 7) : inWeek };
    });
}
