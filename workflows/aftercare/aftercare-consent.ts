import type { Episode } from "../../shared/care/episode/episode.ts";
import { isLive } from "../../shared/messages/consent.ts";

/** True when the participant took back the consent to follow-up: nobody is chased then, a person closes. */
export function hasOptedOut({ consents }: Pick<Episode, "consents">): boolean {
  return consents.aftercare?.withdrawnAt !== undefined && !isLive(consents.aftercare);
}
