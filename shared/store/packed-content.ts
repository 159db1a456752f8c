import type { Instrument } from "../care/program/instrument.ts";
import type { Program } from "../care/program/program.ts";
import type { MessageTemplates } from "../messages/template.ts";

/** What is published: everything a handler needs, so that no handler reads a file. */
export type ProgramContent = {
  readonly program: Omit<Program, "version" | "contentHash">;
  readonly templates: MessageTemplates;
  readonly instruments: Readonly<Record<string, Instrument>>;
};

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

/** A content that this project wrote itself, under a hash that was checked when it was stored. */
export function readStoredContent(json: string): ProgramContent {
  return JSON.parse(json) as ProgramContent;
}
