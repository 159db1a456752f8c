import * as z from "zod";
import { type Instrument, instrumentSchema } from "../care/program/instrument.ts";
import { type Program, programSchema } from "../care/program/program.ts";
import { count, instant, type Stored } from "../care/stored/fields.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { UnreadableItemError } from "../errors/unreadable-item-error.ts";
import { keys } from "../keys/keys.ts";
import { type MessageTemplates, messageTemplatesSchema } from "../messages/template.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { lastingStore } from "./read-once.ts";
import { currentVersion, faultOf, keyForLog, readStored, storedForm } from "./read-stored.ts";

/** What is kept of one published version beside its content. */
const published = {
  programId: z.string(),
  version: count,
  /** SHA-256 of the compiled content as canonical JSON, hex. */
  contentHash: z.string(),
};
const publishedVersion = z.object(published);
export type PublishedVersion = Stored<typeof publishedVersion>;

/** Why a version was published although its people need more hours of staff than are declared, and which. */
const aboveCapacity = z.object({ reason: z.string(), loads: z.array(z.string()) });
export type AboveCapacity = Stored<typeof aboveCapacity>;

export const programVersionForm = storedForm(
  "care",
  "program-version",
  z.object({
    ...published,
    content: z.string(),
    publishedAt: instant,
    aboveCapacity: z.exactOptional(aboveCapacity),
  }),
);
export const programLatestForm = storedForm(
  "care",
  "program-latest",
  z.object({ ...published, highestVersion: count }),
);

/** One published version. Written once, never changed. */
export function versionItem(
  published: PublishedVersion,
  packed: string,
  publishedAt: string,
  above?: AboveCapacity,
): StoredItem {
  return {
    ...keys.program(published.programId, published.version),
    schemaVersion: currentVersion(programVersionForm),
    kind: "program-version",
    ...published,
    content: packed,
    publishedAt,
    ...(above === undefined ? {} : { aboveCapacity: above }),
  };
}

/** What new episodes begin on, and the highest number given so far: numbers are never used twice. */
export function latestItem(published: PublishedVersion, highestVersion: number): StoredItem {
  return {
    ...keys.programLatest(published.programId),
    schemaVersion: currentVersion(programLatestForm),
    kind: "program-latest",
    ...published,
    highestVersion,
  };
}

/** What new episodes of a program begin on; `undefined` where it was never published. */
export async function readLatest(
  store: Store,
  programId: string,
): Promise<(PublishedVersion & { readonly highestVersion: number }) | undefined> {
  const key = keys.programLatest(programId);
  const item = await store.get("care", key.pk, key.sk);
  return item === undefined ? undefined : readStored(programLatestForm, item);
}

/** What is published: everything a handler needs, so that no handler reads a file. */
const contentSchema = z.object({
  program: programSchema,
  templates: messageTemplatesSchema,
  instruments: z.record(z.string(), instrumentSchema),
});
export type ProgramContent = Stored<typeof contentSchema>;

/** Program content as it is stored and sent: JSON, gzip, base64. */
export async function packContent(json: string): Promise<string> {
  const compressed = new Blob([json]).stream().pipeThrough(new CompressionStream("gzip"));
  return Buffer.from(await new Response(compressed).arrayBuffer()).toString("base64");
}

/** What a packed content may hold at most, unpacked; a real program is a twentieth of it. */
const largestUnpackedBytes = 2_000_000;

/**
 * Undoes {@link packContent}.
 * @returns the JSON text; `undefined` where it is no packed content or is larger than any program
 */
export async function unpackContent(packed: string): Promise<string | undefined> {
  try {
    const stream = new Blob([Buffer.from(packed, "base64")])
      .stream()
      .pipeThrough(new DecompressionStream("gzip"));
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for await (const part of stream) {
      size += part.byteLength;
      if (size > largestUnpackedBytes) return undefined;
      parts.push(part);
    }
    return await new Blob(parts).text();
  } catch {
    return undefined;
  }
}

/** Texts of one sort that a process keeps with what they hold. */
const keptTexts = 4;

/**
 * What was read of packed texts, by the text: the same text always holds the same. In Lambda, where an environment has
 * one store that keeps what it read, it saves nothing; a simulation publishes the same into a store for every twenty
 * people.
 */
export class ReadTexts<Content> {
  readonly #contents = new Map<string, Content>();

  get(text: string): Content | undefined {
    return this.#contents.get(text);
  }

  keep(text: string, content: Content): Content {
    this.#contents.set(text, content);
    const [oldest] = this.#contents.keys();
    if (this.#contents.size > keptTexts && oldest !== undefined) this.#contents.delete(oldest);
    return content;
  }
}

const readContents = new ReadTexts<ReturnType<typeof readContent>>();

/**
 * The content of a published version, as {@link unpackContent} gives it.
 * @returns the content, or the path of its first fault
 */
export function readContent(
  json: string | undefined,
): { readonly content: ProgramContent; readonly fault?: undefined } | { readonly fault: string } {
  if (json === undefined) return { fault: "content" };
  const { data, error } = contentSchema.safeParse(JSON.parse(json));
  if (error === undefined) return { content: data };
  return { fault: `content.${faultOf(error)}` };
}

/** One published version: the program, its words and the instruments that it asks. */
export type LoadedProgram = {
  readonly program: Program;
  readonly instruments: Readonly<Record<string, Instrument>>;
  readonly templates: MessageTemplates;
  /** Why it was published although it needs more hours of staff than are declared. */
  readonly aboveCapacity?: AboveCapacity;
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
  const read =
    readContents.get(stored.content) ??
    readContents.keep(stored.content, readContent(await unpackContent(stored.content)));
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
    ...(stored.aboveCapacity === undefined ? {} : { aboveCapacity: stored.aboveCapacity }),
  };
}
