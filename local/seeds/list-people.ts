import { whereLabel } from "../../shared/care/episode/where-label.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { Store } from "../../shared/ports/store.ts";
import { readEpisode } from "../../shared/store/episode-forms.ts";
import { listRoster } from "../../shared/store/list-sites.ts";
import { readProfile } from "../../shared/store/person-items.ts";
import type { StartPagePerson } from "../pages/start-page.ts";

/** Everybody on this machine, with where they are on the pathway: for the local pages only. */
export async function listPeople(store: Store): Promise<readonly StartPagePerson[]> {
  const people: StartPagePerson[] = [];
  for (const siteId of ["riverside", "mesa"]) {
    for (const episodeId of await listRoster(store, siteId)) {
      const key = keys.episode(episodeId);
      const root = await store.get("care", key.pk, key.sk);
      if (root === undefined) continue;
      const episode = readEpisode(root);
      const profile = await readProfile(store, episode.participantId);
      const phone = await address(store, episode.reach.sms?.contactPointId);
      const email = await address(store, episode.reach.email?.contactPointId);
      people.push({
        participantId: episode.participantId,
        name:
          profile === undefined
            ? "Name erased"
            : `${profile.preferredName ?? profile.given} ${profile.family}`,
        where: whereLabel(episode),
        ...(phone === undefined ? {} : { phone }),
        ...(email === undefined ? {} : { email }),
        href: `/staff/episodes/${episodeId}`,
      });
    }
  }
  return people.sort((left, right) => left.name.localeCompare(right.name));
}

async function address(
  store: Store,
  contactPointId: string | undefined,
): Promise<string | undefined> {
  if (contactPointId === undefined) return undefined;
  const key = keys.address(contactPointId);
  const item = await store.get("identity", key.pk, key.sk);
  return typeof item?.address === "string" ? item.address : undefined;
}
