import type { Instrument } from "../care/program/instrument.ts";
import type { Program } from "../care/program/program.ts";
import { ItemTooNewError } from "../errors/item-too-new-error.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { keys } from "../keys/keys.ts";
import type { MessageTemplates } from "../messages/template.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { readStoredContent, unpackContent } from "./packed-content.ts";
import { programSchemaVersion } from "./program-items.ts";

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
 */
export function loadProgram(
  store: Store,
  programId: string,
  version: number,
): Promise<LoadedProgram> {
  const loaded = loadedByStore.get(store) ?? new Map<string, Promise<LoadedProgram>>();
  loadedByStore.set(store, loaded);
  const name = `${programId}@${version}`;
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const reading = readVersion(store, programId, version);
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
  if (item.schemaVersion > programSchemaVersion) {
    throw new ItemTooNewError("A newer release published this version of the program", {
      programId,
      version,
    });
  }
  const json = typeof item.content === "string" ? await unpackContent(item.content) : undefined;
  if (json === undefined || typeof item.contentHash !== "string") {
    throw new NotFoundError("The stored version of the program cannot be read", {
      programId,
      version,
    });
  }
  const content = readStoredContent(json);
  return {
    program: { ...content.program, version, contentHash: item.contentHash },
    instruments: content.instruments,
    templates: content.templates,
  };
}
