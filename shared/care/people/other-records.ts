import type { Draft } from "../change/draft.ts";
import type { OtherRecord } from "../episode/episode.ts";

/** Keeps that another episode is of the same person; the same is kept once. */
export function keepOtherRecord(draft: Draft, episodeId: string, how: OtherRecord["how"]): void {
  const others = (draft.episode.others ?? []).filter((one) => one.episodeId !== episodeId);
  draft.set({ others: [...others, { episodeId, how, at: draft.now }] });
}

/** Whoever is in the program again is not followed up after the earlier one as well. */
export function endEarlierCare(draft: Draft): void {
  const { episodeId, others = [] } = draft.episode;
  for (const earlier of others)
    if (earlier.how === "earlier")
      draft.owe({
        kind: "apply",
        episodeId: earlier.episodeId,
        command: { type: "readmitted", episodeId },
      });
}
