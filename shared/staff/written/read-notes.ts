import { instant } from "../../care/stored/fields.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import type { noteSchema } from "../../contracts/routes/written.ts";
import { keys } from "../../keys/keys.ts";
import type { Store, StoredItem } from "../../ports/store.ts";
import { loadAddress } from "../../store/contact-point-items.ts";
import { noteForm } from "../../store/note-item.ts";
import { readOr, readStored } from "../../store/read-stored.ts";

/** Something that somebody wrote: a participant in a text or with a check-in, staff in a note. */
export type Note = Answered<typeof noteSchema>;

/**
 * What was written about an episode, the newest first.
 * @param options.after - the cursor of the page before
 */
export async function listNotes(
  store: Store,
  episodeId: string,
  options: { readonly limit: number; readonly after?: string | undefined },
): Promise<{ readonly items: readonly Note[]; readonly next?: string }> {
  const page = await store.query("identity", keys.note(episodeId, "").pk, {
    skPrefix: keys.note(episodeId, "").sk,
    limit: options.limit,
    descending: true,
    ...(options.after === undefined ? {} : { after: options.after }),
  });
  const items = await Promise.all(page.items.map((item) => noteOf(store, item)));
  return { items, ...(page.next === undefined ? {} : { next: page.next }) };
}

/** @param owner - the episode's id, or `SITE#<siteId>` for what belongs to no participant */
export async function readNote(
  store: Store,
  owner: string,
  noteId: string,
): Promise<Note | undefined> {
  const key = keys.note(owner, noteId);
  const item = await store.get("identity", key.pk, key.sk);
  return item === undefined ? undefined : noteOf(store, item);
}

/** Words that cannot be read are told to be there: nobody takes them for words that were never written. */
async function noteOf(store: Store, item: StoredItem): Promise<Note> {
  const noteId = item.sk.slice(keys.note("", "").sk.length);
  const note = readOr(
    item,
    (one) => readStored(noteForm, one),
    () => undefined,
  );
  if (note === undefined) {
    const at = instant.safeParse(item.at).data ?? beforeAll;
    return { noteId, source: "unreadable", text: unreadableWords, at };
  }
  const { text, at, source, by, contactPointId } = note;
  const from = contactPointId === undefined ? undefined : await loadAddress(store, contactPointId);
  return {
    noteId,
    source,
    text,
    at,
    ...(by === undefined ? {} : { by }),
    ...(from === undefined ? {} : { from }),
  };
}

/** Where not even its time can be read. */
const beforeAll = "1970-01-01T00:00:00.000Z";
const unreadableWords =
  "Something was written here that cannot be read. Tell whoever looks after Throughcare.";
