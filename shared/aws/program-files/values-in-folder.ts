import { createHash, randomUUID } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

/** What decides which value a text has; another reader may read another one. */
export const readBy = "yaml 2.9.1, core schema, well-formed text";

/** Texts kept, some programs with all their instruments: each that somebody edits leaves the ones before it behind. */
const maxKept = 300;

/** Beside what else is compiled on this machine, and deleted with it. */
const ownFolder = join(import.meta.dirname, "../../../dist/local/read");

/**
 * Values of YAML texts as files of a folder, each named by a hash of its text: what a text says never changes, so
 * nothing here is ever out of date. The folder may be deleted at any time.
 */
export function valuesInFolder(folder = ownFolder): {
  readonly find: (text: string) => { readonly value: unknown } | undefined;
  readonly keep: (text: string, value: unknown) => void;
} {
  const nameOf = (text: string) =>
    `${createHash("sha256").update(`${readBy}\n${text}`).digest("hex")}.json`;
  return {
    find: (text) => {
      try {
        return { value: JSON.parse(readFileSync(join(folder, nameOf(text)), "utf8")) };
      } catch {
        // Not kept yet, or cut short by a full disk: it is read from its text.
        return undefined;
      }
    },
    keep: (text, value) => {
      const json = JSON.stringify(value);
      // Infinity and the like are values of YAML and none of JSON.
      if (!isDeepStrictEqual(JSON.parse(json), value)) return;
      try {
        mkdirSync(folder, { recursive: true });
        // Whole or not at all: others read here at the same time.
        const temporary = join(folder, `${randomUUID()}.tmp`);
        writeFileSync(temporary, json);
        renameSync(temporary, join(folder, nameOf(text)));
        leaveOut(folder);
      } catch {
        // Kept to save time only: a folder that cannot be written costs the reading and nothing else.
      }
    },
  };
}

/** Lets those go that were kept longest ago. */
function leaveOut(folder: string): void {
  const kept = readdirSync(folder).map((name) => join(folder, name));
  if (kept.length <= maxKept) return;
  const byAge = kept
    .map((path) => ({ path, at: statSync(path).mtimeMs }))
    .sort((left, right) => right.at - left.at);
  for (const { path } of byAge.slice(maxKept)) rmSync(path, { force: true });
}
