import type { Episode } from "../episode/episode.ts";
import type { Program, SessionSlot } from "../program/program.ts";

/** The track that somebody is in on a local date: the one they begin in, until they were moved to another. */
export function trackOn(
  { groupTracks: offered = [] }: Pick<Program, "groupTracks">,
  { groupTracks = [] }: Pick<Episode, "groupTracks">,
  on: string,
): string | undefined {
  return groupTracks.findLast(({ from }) => from <= on)?.track ?? offered[0]?.track;
}

/** The track in which people of a program begin; `undefined` where it has one track only. */
export function firstTrackOf({
  groupTracks = [],
}: Pick<Program, "groupTracks">): string | undefined {
  return groupTracks[0]?.track;
}

/** True for a session of somebody's own week: those of every track, and those of theirs. */
export function isOfTrack({ track }: Pick<SessionSlot, "track">, own: string | undefined): boolean {
  return track === undefined || track === own;
}
