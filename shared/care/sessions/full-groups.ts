import type { Refusal } from "../change/change.ts";
import type { SessionSlot } from "../program/program.ts";
import { addDays, mondayOf } from "../time/zoned-time.ts";
import { isForOne } from "./for-one.ts";

/** How many people a group has on a day, and the places of it. */
export type GroupPlaces = {
  readonly slot: string;
  readonly title: string;
  /** Local date at the site. */
  readonly on: string;
  readonly taken: number;
  /** Without it, nobody is turned away. */
  readonly capacity?: number | undefined;
};

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
      `“${title}” is full on ${on}: ${taken} are expected, and it has ${capacity} places.`,
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
): readonly { readonly slot: SessionSlot; readonly plannedOn: string }[] {
  return sessions
    .filter(({ track, capacity }) => tracks.includes(track) && capacity !== undefined)
    .filter(({ modality }) => !isForOne(modality))
    .map((slot) => {
      const inWeek = addDays(mondayOf(from), slot.dayOfWeek - 1);
      return { slot, plannedOn: inWeek < from ? addDays(inWeek, 7) : inWeek };
    });
}
