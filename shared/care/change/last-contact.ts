import type { Episode } from "../episode/episode.ts";
import type { Draft } from "./draft.ts";

type LastContact = NonNullable<Episode["lastContact"]>;

/** When the person was last spoken with, seen or heard from; an entry about an earlier day takes nothing back. */
export function noteLastContact(draft: Draft, how: LastContact["how"], at = draft.now): void {
  const { lastContact } = draft.episode;
  if (lastContact === undefined || lastContact.at <= at) draft.set({ lastContact: { at, how } });
}
