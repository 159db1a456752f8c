import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";

const stampSchema = z.object({
  options: z.string(),
  inputs: z.record(z.string(), z.object({ modifiedAt: z.number(), hash: z.string() })),
});
type Stamp = z.infer<typeof stampSchema>;

function hashFile(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function readStamp(file: string): Stamp | undefined {
  try {
    return stampSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // No stamp, or one of an older version: build again.
    return undefined;
  }
}

/** A hash of everything that shapes a bundle besides its inputs: the options and the installed packages. */
export function hashOptions(root: string, options: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(options))
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/**
 * True when nothing that went into a bundle has changed since it was written. A file that was only touched still counts
 * as unchanged: its content is compared.
 */
export function isFresh(input: {
  root: string;
  stampFile: string;
  bundle: string;
  options: string;
}): boolean {
  const { root, stampFile, bundle, options } = input;
  const stamp = readStamp(stampFile);
  if (stamp?.options !== options || !existsSync(bundle)) {
    return false;
  }
  return Object.entries(stamp.inputs).every(([path, { modifiedAt, hash }]) => {
    const file = join(root, path);
    const present = statSync(file, { throwIfNoEntry: false });
    return present !== undefined && (present.mtimeMs === modifiedAt || hashFile(file) === hash);
  });
}

/**
 * Remembers what a bundle was made of. Files of installed packages are left out: the lock file stands for them.
 * @param input.inputs - paths relative to `root`
 */
export function writeStamp(input: {
  root: string;
  stampFile: string;
  options: string;
  inputs: readonly string[];
}): void {
  const { root, stampFile, options, inputs } = input;
  const own = inputs.filter(
    (path) => !path.includes("node_modules/") && existsSync(join(root, path)),
  );
  const stamp: Stamp = {
    options,
    inputs: Object.fromEntries(
      own.map((path) => {
        const file = join(root, path);
        return [path, { modifiedAt: statSync(file).mtimeMs, hash: hashFile(file) }];
      }),
    ),
  };
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify(stamp));
}
