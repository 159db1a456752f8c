import type { Draft } from "../change/draft.ts";
import type { OtherRecord, TakenOver } from "../episode/episode.ts";
import type { MedicineKind } from "../program/medicine-kinds.ts";

/**
 * Keeps that another episode is of the same person; the same is kept once.
 *
 * @param took - what came over from it, so that it can be given back
 */
export function keepOtherRecord(
  draft: Draft,
  episodeId: string,
  how: OtherRecord["how"],
  took: TakenOver = {},
): void {
  const others = (draft.episode.others ?? []).filter((one) => one.episodeId !== episodeId);
  draft.set({ others: [...others, { episodeId, how, at: draft.now, took }] });
}

/** Keeps more of what passed between this record and another; nothing where the two are of two people by now. */
export function keepOfOtherRecord(
  draft: Draft,
  episodeId: string,
  more: (kept: OtherRecord) => Partial<Pick<OtherRecord, "took" | "stood">>,
): void {
  const others = draft.episode.others ?? [];
  draft.set({
    others: others.map((one) => (one.episodeId === episodeId ? { ...one, ...more(one) } : one)),
  });
}

/** What was carried over and is said anew here is this person's own from now on: it is not given back. */
export function keepAsOwn(
  draft: Draft,
  said: { readonly profile?: readonly string[]; readonly consents?: readonly string[] },
): void {
  const { others } = draft.episode;
  if (others === undefined) return;
  const unsaid = <Name extends string>(
    names: readonly Name[] = [],
    now: readonly string[] = [],
  ): Name[] => names.filter((name) => !now.includes(name));
  draft.set({
    others: others.map((one) => {
      const { took } = one;
      if (took?.profile === undefined && took?.consents === undefined) return one;
      const profile = unsaid(took.profile, said.profile);
      const consents = unsaid(took.consents, said.consents);
      return { ...one, took: { ...took, profile, consents } };
    }),
  });
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

/** What is recorded here about a medicine holds for the person: no older record of theirs asks to renew it any more. */
export function followHereOnly(draft: Draft, medicine: MedicineKind): void {
  const { episodeId, others = [] } = draft.episode;
  for (const other of others)
    if (other.how === "earlier" || other.how === "joined-from")
      draft.owe({
        kind: "apply",
        episodeId: other.episodeId,
        command: { type: "medicine-elsewhere", episodeId, medicine },
      });
}
