import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The secrets of this machine, made at the first start and kept in the data folder: `link-secret`, which
 * may be given several versions by hand, and `contact-secret`, which stays. A folder from the time when
 * one secret did both keeps it for its contacts, so that their numbers still lead to their people.
 */
export function readSecrets(dataFolder: string): {
  readonly linkSecret: string;
  readonly contactSecret: string;
} {
  const linkFile = join(dataFolder, "link-secret");
  const contactFile = join(dataFolder, "contact-secret");
  if (!existsSync(contactFile))
    write(contactFile, existsSync(linkFile) ? readFileSync(linkFile, "utf8") : newSecret());
  if (!existsSync(linkFile)) write(linkFile, newSecret());
  return {
    linkSecret: readFileSync(linkFile, "utf8"),
    contactSecret: readFileSync(contactFile, "utf8"),
  };
}

function newSecret(): string {
  return randomBytes(32).toString("hex");
}

function write(file: string, secret: string): void {
  writeFileSync(file, secret, { mode: 0o600 });
}
