import type { Episode } from "../episode/episode.ts";
import { isLive } from "../messages/consent.ts";

/** True when the participant took back the consent to follow-up: nobody is chased then, a person closes. */
export function hasOptedOut({ consents }: Pick<Episode, "consents">): boolean {
  return consents.aftercare?.withdrawnAt !== undefined && !isLive(consents.aftercare);
}
