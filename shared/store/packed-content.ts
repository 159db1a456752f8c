import * as z from "zod";
import { instrumentSchema } from "../care/program/instrument.ts";
import { programSchema } from "../care/program/program.ts";
import type { Stored } from "../care/stored/fields.ts";
import { messageTemplatesSchema } from "../messages/template.ts";
import { faultOf } from "./read-stored.ts";

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
