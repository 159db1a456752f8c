import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import * as z from "zod";
import { type Io, NotDone } from "../command.ts";

/** A sign-in as it is kept on this machine, for one server. */
const keptSignIn = z.strictObject({
  accessToken: z.string().min(1),
  /** RFC 3339. */
  endsAt: z.iso.datetime(),
  issuer: z.url(),
  clientId: z.string().min(1),
});
export type KeptSignIn = z.infer<typeof keptSignIn>;

const keptFile = z.record(z.string(), keptSignIn);
/** Whoever else may read the file could act as its owner. */
const forOthers = 0o077;

/** Where sign-ins are kept: `$XDG_CONFIG_HOME/throughcare/sign-in.json`, else below `~/.config`. */
export function keptPath({ env }: Io): string {
  const folder = env.XDG_CONFIG_HOME ?? join(env.HOME ?? homedir(), ".config");
  return join(folder, "throughcare", "sign-in.json");
}

/**
 * The sign-in that was kept for a server; undefined where there is none.
 * @throws {NotDone} when others may read the file, or it is none of ours
 */
export function keptSignInFor(io: Io, server: string): KeptSignIn | undefined {
  const all = readAll(io);
  return Object.hasOwn(all, server) ? all[server] : undefined;
}

/** Keeps a sign-in for its owner alone, beside those of other servers. @returns the file */
export function keepSignIn(io: Io, server: string, signIn: KeptSignIn): string {
  const path = keptPath(io);
  const all = { ...readAll(io), [server]: signIn };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(all, undefined, 2)}\n`, { mode: 0o600 });
  // A file that was there before keeps its mode; this one is new, whatever the umask says.
  chmodSync(next, 0o600);
  renameSync(next, path);
  return path;
}

function readAll(io: Io): Readonly<Record<string, KeptSignIn>> {
  const path = keptPath(io);
  if (!existsSync(path)) return {};
  if ((statSync(path).mode & forOthers) !== 0)
    throw new NotDone(`Others on this machine may read ${path}. Delete it and sign in again.`);
  try {
    return keptFile.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new NotDone(`${path} cannot be read. Delete it and sign in again.`);
  }
}
