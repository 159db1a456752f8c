import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const pauseMs = 100;

/**
 * Does the work while nobody else on this machine does work under the same lock, and waits for whoever does. A lock that
 * a process left behind when it ended holds nobody up.
 * @param file - stands for what must not be done twice at once; made for the time of the work
 */
export async function underLock<Result>(
  file: string,
  work: () => Promise<Result>,
): Promise<Result> {
  mkdirSync(dirname(file), { recursive: true });
  while (!isTaken(file)) {
    if (!isHeld(file)) rmSync(file, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function isTaken(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** A lock whose number is not written yet counts as held: its process has only just made it. */
function isHeld(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
