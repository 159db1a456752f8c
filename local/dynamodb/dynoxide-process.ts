import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

const TERM_LIMIT_MS = 3000;

/** True where the process is a database server that works on `file`. */
export function isDynoxideOn(pid: number, file: string): boolean {
  const [program, ...rest] = commandLine(pid);
  return program !== undefined && basename(program) === "dynoxide" && rest.includes(file);
}

/** The ids of all database servers that work on `file`. */
export function processesOn(file: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isDynoxideOn(pid, file));
}

/** Ends a process and resolves once it is gone: politely first, by force after 3 seconds. */
export async function endProcess(pid: number): Promise<void> {
  if (!signal(pid, "SIGTERM")) return;
  const deadline = Date.now() + TERM_LIMIT_MS;
  let forced = false;
  while (isAlive(pid)) {
    if (!forced && Date.now() > deadline) {
      signal(pid, "SIGKILL");
      forced = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** A process that ended but was not collected by its parent has an empty command line. */
function isAlive(pid: number): boolean {
  return commandLine(pid).length > 0;
}

function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").filter(Boolean);
  } catch {
    return [];
  }
}
