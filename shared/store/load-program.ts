import type { Instrument } from "../care/program/instrument.ts";
import type { Program } from "../care/program/program.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { UnreadableItemError } from "../errors/unreadable-item-error.ts";
import { keys } from "../keys/keys.ts";
import type { MessageTemplates } from "../messages/template.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { programVersionForm, readContent, unpackContent } from "./program-items.ts";
import { lastingStore } from "./read-once.ts";
import { keyForLog, readStored } from "./read-stored.ts";

/** One published version: the program, its words and the instruments that it asks. */
export type LoadedProgram = {
  readonly program: Program;
  readonly instruments: Readonly<Record<string, Instrument>>;
  readonly templates: MessageTemplates;
};

/** Versions that one process keeps at most: every program of every live episode, with room. */
const keptVersions = 50;

/** By store, so that two worlds in one process never see each other's programs. */
const loadedByStore = new WeakMap<Store, Map<string, Promise<LoadedProgram>>>();

/**
 * The program as it was published under that version. A version never changes, so it is read once
 * per process; policy and sites are live data and are never kept.
 *
 * @throws {NotFoundError} when that version was never published
 * @throws {ItemTooNewError} when a newer release wrote it in a form that this one cannot read
 * @throws {UnreadableItemError} when it is at fault: names the path in the content
 */
export function loadProgram(
  store: Store,
  programId: string,
  version: number,
): Promise<LoadedProgram> {
  const lasting = lastingStore(store);
  const loaded = loadedByStore.get(lasting) ?? new Map<string, Promise<LoadedProgram>>();
  loadedByStore.set(lasting, loaded);
  const name = `${programId}@${version}`;
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const reading = readVersion(lasting, programId, version);
  loaded.set(name, reading);
  // What could not be read is asked for again the next time.
  reading.catch(() => loaded.delete(name));
  const [oldest] = loaded.keys();
  if (loaded.size > keptVersions && oldest !== undefined) loaded.delete(oldest);
  return reading;
}

async function readVersion(
  store: Store,
  programId: string,
  version: number,
): Promise<LoadedProgram> {
  const key = keys.program(programId, version);
  const item = await store.get("care", key.pk, key.sk);
  if (item === undefined) {
    throw new NotFoundError("This version of the program was never published", {
      programId,
      version,
    });
  }
  return await unpack(item, programId, version);
}

async function unpack(
  item: StoredItem,
  programId: string,
  version: number,
): Promise<LoadedProgram> {
  const stored = readStored(programVersionForm, item);
  const read = readContent(await unpackContent(stored.content));
  if (read.fault !== undefined) {
    throw new UnreadableItemError("The stored version of the program cannot be read", {
      table: "care",
      ...keyForLog(item),
      fault: read.fault,
      programId,
      version,
    });
  }
  const { content } = read;
  return {
    program: { ...content.program, version, contentHash: stored.contentHash },
    instruments: content.instruments,
    templates: content.templates,
  };
}
