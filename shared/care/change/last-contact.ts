import type { Episode } from "../episode/episode.ts";
import type { Draft } from "./draft.ts";

type LastContact = NonNullable<Episode["lastContact"]>;

/**
 * When the person was last spoken with, seen or heard from; an entry about an earlier day takes nothing back. Who spoke
 * with them last is kept while they only write or answer since.
 */
export function noteLastContact(
  draft: Draft,
  how: LastContact["how"],
  { at = draft.now, by }: { readonly at?: string; readonly by?: string } = {},
): void {
  const { lastContact } = draft.episode;
  if (lastContact !== undefined && lastContact.at > at) return;
  const known = by ?? lastContact?.by;
  draft.set({ lastContact: { at, how, ...(known === undefined ? {} : { by: known }) } });
}
