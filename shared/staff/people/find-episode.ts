import type { Episode } from "../../care/episode/episode.ts";
import { keys } from "../../keys/keys.ts";
import type { Store } from "../../ports/store.ts";
import { readEpisode } from "../../store/episode-forms.ts";
import type { StaffMember } from "../staff-member.ts";

/** The episode when it exists and the member of staff has its site. */
export async function findEpisode(
  store: Store,
  staff: StaffMember,
  episodeId: string,
): Promise<Episode | undefined> {
  if (!/^[0-9A-HJKMNP-TV-Z]{26}$/.test(episodeId)) return undefined;
  const key = keys.episode(episodeId);
  const item = await store.get("care", key.pk, key.sk);
  if (item === undefined) return undefined;
  const episode = readEpisode(item);
  return staff.siteIds.includes(episode.siteId) ? episode : undefined;
}
