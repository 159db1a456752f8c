import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Every YAML file below a programs folder, as texts by path with forward slashes, e.g.
 * `adult-iop/program.yaml`.
 * @throws the file system's own error where the folder cannot be read
 */
export function readProgramFiles(folder: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith(".yaml")) {
      files[entry.name] = readFileSync(join(folder, entry.name), "utf8");
    }
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    for (const name of readdirSync(join(folder, entry.name))) {
      if (name.endsWith(".yaml"))
        files[`${entry.name}/${name}`] = readFileSync(join(folder, entry.name, name), "utf8");
    }
  }
  return files;
}
