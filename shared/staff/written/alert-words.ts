import type { Escalation } from "../../care/episode/escalation.ts";
import { itemKeys } from "../../keys/keys.ts";
import type { Store } from "../../ports/store.ts";
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
