import type { Episode } from "../episode/episode.ts";
import type { StaffFunction } from "../program/staff-functions.ts";

/** What says with whom somebody is not to sit in one group, and which records are of the same person. */
export type ApartFrom = Pick<Episode, "episodeId" | "apartFrom" | "others">;

/** Who records that two people are not to be in one group, and who reads why: others see only that it is so. */
export const readersOfApart: readonly StaffFunction[] = [
  "case-manager",
  "clinician",
  "clinical-lead",
  "supervisor",
];

/** True where two people are not to be in one group, as was said of any record of theirs. */
export function areApart(left: ApartFrom, right: ApartFrom): boolean {
  return isSaidOf(left, right) || isSaidOf(right, left);
}

/** True where it has to be looked at who is in a group before somebody joins it. */
export function mayBeApart({ apartFrom = [], others = [] }: ApartFrom): boolean {
  return apartFrom.length > 0 || others.length > 0;
}

function isSaidOf({ apartFrom = [] }: ApartFrom, other: ApartFrom): boolean {
  const ids = recordsOf(other);
  return apartFrom.some(({ episodeId }) => ids.includes(episodeId));
}

/** All records of a person, this one first. */
export function recordsOf({
  episodeId,
  others = [],
}: Pick<Episode, "episodeId" | "others">): readonly string[] {
  return [episodeId, ...others.map((one) => one.episodeId)];
}
