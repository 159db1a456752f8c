import * as z from "zod";
import { instrumentSchema } from "../care/program/instrument.ts";
import { programSchema } from "../care/program/program.ts";
import { count, instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import { messageTemplatesSchema } from "../messages/template.ts";
import type { Store, StoredItem } from "../ports/store.ts";
import { currentVersion, faultOf, readStored, storedForm } from "./read-stored.ts";

/** What is kept of one published version beside its content. */
const published = {
  programId: z.string(),
  version: count,
  /** SHA-256 of the compiled content as canonical JSON, hex. */
  contentHash: z.string(),
};
const publishedVersion = z.object(published);
export type PublishedVersion = Stored<typeof publishedVersion>;

export const programVersionForm = storedForm(
  "care",
  "program-version",
  z.object({ ...published, content: z.string(), publishedAt: instant }),
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
): StoredItem {
  return {
    ...keys.program(published.programId, published.version),
    schemaVersion: currentVersion(programVersionForm),
    kind: "program-version",
    ...published,
    content: packed,
    publishedAt,
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
