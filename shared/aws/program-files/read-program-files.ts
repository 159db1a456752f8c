import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";

/** More than any check looks at; a file that is larger is cut here and refused there. */
const maxBytes = 2_000_000;

/**
 * Every YAML file of a programs folder and of the folders in it, as texts by path with forward slashes,
 * e.g. `adult-iop/program.yaml`. What is no text comes with replacement characters.
 * @throws the file system's own error where a folder or a file cannot be read
 */
export function readProgramFiles(folder: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (isYamlFile(entry)) files[entry.name] = readText(join(folder, entry.name));
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    for (const inner of readdirSync(join(folder, entry.name), { withFileTypes: true })) {
      if (isYamlFile(inner))
        files[`${entry.name}/${inner.name}`] = readText(join(folder, entry.name, inner.name));
    }
  }
  return files;
}

/** A link to a file counts as one; a folder that is called like a file does not. */
function isYamlFile(entry: {
  readonly name: string;
  isFile(): boolean;
  isSymbolicLink(): boolean;
}): boolean {
  return entry.name.endsWith(".yaml") && (entry.isFile() || entry.isSymbolicLink());
}

function readText(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Math.min(maxBytes, fstatSync(file).size);
    const buffer = Buffer.alloc(bytes);
    return buffer.toString("utf8", 0, readSync(file, buffer, 0, bytes, 0));
  } finally {
    closeSync(file);
  }
}
