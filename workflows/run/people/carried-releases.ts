import type { Draft } from "../../../shared/care/change/draft.ts";
import type { TakenOver } from "../../../shared/care/episode/episode.ts";
import { releasesOf } from "../../../shared/care/services/releases.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { RecordedRelease } from "../../../shared/store/read-releases.ts";

/**
 * Carries over who may be told what, from another record of the same person: the releases that count there or will, as
 * they were recorded. What ended or was taken back stays where it is.
 *
 * @param there - those of the other record, newest first, with how each stands today
 * @returns the numbers that they have here
 */
export function carryReleases(draft: Draft, there: readonly RecordedRelease[]): readonly number[] {
  const { episodeId } = draft.episode;
  const known = releasesOf(draft.episode);
  const carried = there
    .filter(({ standing }) => standing === "valid" || standing === "not-yet")
    .toReversed()
    .map((release, index) => ({ ...release, number: known.length + index + 1 }));
  if (carried.length === 0) return [];
  for (const { from: _from, until: _until, standing: _standing, ...words } of carried)
    draft.identity({
      ...keys.release(episodeId, words.number),
      attributes: { kind: "release", ...words },
    });
  draft.set({ releases: [...known, ...carried.map(({ from, until }) => ({ from, until }))] });
  return carried.map(({ number }) => number);
}

/**
 * Takes those back that another person gave. Their numbers stay, so that the person's own ones keep theirs; nobody is
 * told by them from that day on.
 *
 * @returns keys of their words, which leave the record
 */
export function giveBackReleases(
  draft: Draft,
  { releases: carried = [] }: TakenOver,
  by: string,
): readonly { readonly pk: string; readonly sk: string }[] {
  if (carried.length === 0) return [];
  const { episodeId, timeZone } = draft.episode;
  const taken = { revokedOn: localDate(draft.now, timeZone), revokedBy: by };
  draft.set({
    releases: releasesOf(draft.episode).map((release, index) =>
      carried.includes(index + 1) ? { ...taken, ...release } : release,
    ),
  });
  return carried.map((number) => keys.release(episodeId, number));
}
