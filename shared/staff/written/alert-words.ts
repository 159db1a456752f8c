import type { Escalation } from "../../care/episode/escalation.ts";
import { screenWords } from "../../care/safety/find-crisis-phrase.ts";
import { itemKeys } from "../../keys/keys.ts";
import type { Store } from "../../ports/store.ts";
import { loadPolicy } from "../../store/load-policy.ts";
import { type Referral, readReferral } from "../../store/read-referral.ts";
import type { Person } from "../people/read-person.ts";
import { type Note, readNote } from "./read-notes.ts";
import { type AlertReason, reasonsOfAlert } from "./read-reasons.ts";

/** Everything that somebody wrote about an alert. */
export type AlertWords = {
  /** What a participant or a member of staff wrote, where that raised the alert. */
  readonly note?: Note;
  readonly referral?: Referral;
  /** True where it was words of the referral that raised the alert. */
  readonly isAboutReferral: boolean;
  /** What was written with its contacts and its closure. */
  readonly written: readonly AlertReason[];
};

/** Reads the words behind an alert: nobody is asked to read what is not there. */
export async function readAlertWords(
  store: Store,
  { episode }: Person,
  alert: Escalation,
): Promise<AlertWords> {
  const { about } = alert.trigger;
  const [note, referral, written] = await Promise.all([
    about === undefined ? undefined : readNote(store, episode.episodeId, about),
    readReferral(store, episode.participantId, episode.episodeId),
    reasonsOfAlert(store, episode.episodeId, alert),
  ]);
  return {
    isAboutReferral: alert.sk.startsWith(itemKeys.escalation("referral", "")),
    written,
    ...(note === undefined ? {} : { note }),
    ...(referral === undefined ? {} : { referral }),
  };
}

/**
 * The words that told in what raised an alert, as the screen reads them under today's policy: they are worked out
 * anew, so that nothing of what somebody wrote stands in the record of care.
 */
export async function wordsThatTold(
  deps: { readonly store: Store },
  alert: Escalation,
  { note, referral, isAboutReferral }: AlertWords,
  reachBy: string | undefined,
): Promise<readonly string[]> {
  if (!alert.trigger.rule.startsWith("crisis-words.")) return [];
  const texts = isAboutReferral
    ? [referral?.reason, referral?.availability, referral?.accessNeeds, reachBy]
    : [note?.text];
  const policy = await loadPolicy(deps);
  const told = texts.flatMap((text) =>
    text === undefined ? [] : screenWords(policy, text).because,
  );
  return [...new Set(told)];
}
