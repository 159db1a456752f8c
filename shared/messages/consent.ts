import type { ConsentState, Episode } from "../care/episode/episode.ts";
import type { Channel } from "../care/program/program.ts";

/** True while a consent stands: given by the participant and not taken back since. */
export function isLive(consent: ConsentState | undefined): boolean {
  if (consent?.grantedAt === undefined) return false;
  return consent.withdrawnAt === undefined || consent.withdrawnAt < consent.grantedAt;
}

/** What a message is for: the program itself, or the follow-up after it. */
export type Purpose = "program" | "aftercare";

/** The purpose that messages of an episode serve at this point of the pathway. */
export function purposeOf(episode: Pick<Episode, "status">): Purpose {
  return episode.status === "aftercare" ? "aftercare" : "program";
}

/**
 * True when the participant's own consent covers the channel for the purpose. A follow-up consent that
 * was asked for separately decides about aftercare; where none was asked for, the channel's own consent,
 * whose wording names the follow-up, covers it.
 */
export function isConsented(
  episode: Pick<Episode, "consents" | "status">,
  channel: Channel,
  purpose: Purpose = purposeOf(episode),
): boolean {
  if (!isLive(episode.consents[channel])) return false;
  if (purpose !== "aftercare") return true;
  return !wantsNoFollowUp(episode);
}

/** True when the participant refused the follow-up or took its consent back, and has not given it again since: nobody is chased then. */
export function wantsNoFollowUp({ consents }: Pick<Episode, "consents">): boolean {
  return consents.aftercare?.withdrawnAt !== undefined && !isLive(consents.aftercare);
}
