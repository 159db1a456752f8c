import type { EpisodeItem } from "../../care/episode/episode-item.ts";
import { staffIn, withStaffNames } from "../../care/text/staff-mark.ts";
import { keys } from "../../keys/keys.ts";
import type { Store } from "../../ports/store.ts";
import { type AuditEntry, readAuditEntry } from "../../store/audit-entry.ts";
import type { LoadedProgram } from "../../store/load-program.ts";
import { readSentWords, type SentWords } from "../../store/message-items.ts";
import { readOr } from "../../store/read-stored.ts";
import { staffNames } from "../words/actor-words.ts";
import { listNotes, type Note } from "../written/read-notes.ts";
import { reasonsOf } from "../written/read-reasons.ts";
import { type ThreadEntry, type ThreadKind, threadKinds, threadOf } from "./thread.ts";

/** More than most people ever have, and one call. */
const entriesPerCall = 500;

/** One entry as it is shown: with the reason that was given for it, and the words that were sent. */
export type ShownEntry = ThreadEntry & { readonly reason?: string; readonly sent?: SentWords };

export type ThreadPage = {
  readonly entries: readonly ShownEntry[];
  /** How many there are of this kind. */
  readonly total: number;
  readonly counts: Readonly<Record<ThreadKind, number>>;
  /** How many entries of the trail cannot be read. */
  readonly unreadable: number;
  /** Who acted in what is shown, by id. */
  readonly names: ReadonlyMap<string, string>;
};

/**
 * A part of everything about a person, the newest first. What is written is read in a few calls, however long the
 * episode goes on; reasons and sent words are read for the part that is shown.
 * @param wanted.part - from which entry on, once it is known how many there are
 */
export async function loadThread(
  store: Store,
  about: {
    readonly episodeId: string;
    readonly items: readonly EpisodeItem[];
    readonly program: LoadedProgram;
  },
  wanted: {
    readonly kind: ThreadKind | undefined;
    readonly part: (total: number) => { readonly from: number; readonly size: number };
  },
): Promise<ThreadPage> {
  const { episodeId } = about;
  const [notes, { audit, unreadable }] = await Promise.all([
    allNotes(store, episodeId),
    wholeTrail(store, episodeId),
  ]);
  const thread = threadOf({ ...about, notes, audit });
  const counts = Object.fromEntries(
    threadKinds.map((kind) => [kind, thread.filter((entry) => entry.kind === kind).length]),
  ) as Record<ThreadKind, number>;
  const listed =
    wanted.kind === undefined ? thread : thread.filter(({ kind }) => kind === wanted.kind);
  const { from, size } = wanted.part(listed.length);
  const shown = listed.slice(from, from + size);
  return {
    ...(await withWords(store, episodeId, shown, audit)),
    total: listed.length,
    counts,
    unreadable,
  };
}

async function withWords(
  store: Store,
  episodeId: string,
  shown: readonly ThreadEntry[],
  audit: readonly AuditEntry[],
): Promise<Pick<ThreadPage, "entries" | "names">> {
  const sequences = new Set(shown.map(({ reasonEntry }) => reasonEntry));
  const [reasons, words, names] = await Promise.all([
    reasonsOf(
      store,
      keys.episode(episodeId).pk,
      audit.filter(({ sequence }) => sequences.has(sequence)),
    ),
    readSentWords(
      store,
      episodeId,
      shown.flatMap(({ message }) => message?.messageId ?? []),
    ),
    staffNames(
      store,
      shown.flatMap(({ actor, what }) => [
        ...(actor?.kind === "staff" ? [actor.staffId] : []),
        ...staffIn(what),
      ]),
    ),
  ]);
  const entries = shown.map((entry): ShownEntry => {
    const reason = reasons.get(entry.reasonEntry ?? -1);
    const sent = words.get(entry.message?.messageId ?? "");
    return {
      ...entry,
      what: withStaffNames(entry.what, names),
      ...(reason === undefined ? {} : { reason }),
      ...(sent === undefined ? {} : { sent }),
    };
  });
  return { entries, names };
}

async function allNotes(store: Store, episodeId: string): Promise<readonly Note[]> {
  const found: Note[] = [];
  let after: string | undefined;
  do {
    const page = await listNotes(store, episodeId, { limit: entriesPerCall, after });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found;
}

async function wholeTrail(
  store: Store,
  episodeId: string,
): Promise<{ readonly audit: readonly AuditEntry[]; readonly unreadable: number }> {
  const audit: AuditEntry[] = [];
  let count = 0;
  let after: string | undefined;
  do {
    const page = await store.query("audit", keys.episode(episodeId).pk, {
      limit: entriesPerCall,
      descending: true,
      ...(after === undefined ? {} : { after }),
    });
    count += page.items.length;
    audit.push(...page.items.flatMap((item) => readOr(item, readAuditEntry, () => [])));
    after = page.next;
  } while (after !== undefined);
  return { audit, unreadable: count - audit.length };
}
