import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";

const memoryFolder = "/dev/shm";
/** What all suites together leave in temporary folders at one time, and room besides. */
const neededBytes = 8 * 1024 ** 3;

/**
 * A folder for the temporary files of the tests that is kept in memory, so that a test database does not wait for a
 * disk at every write: what the tests kill are processes, and those lose nothing of it. It goes when this process ends.
 * @returns none where the machine has no such folder, too little room in it, or runs no program from it, as the browser
 *   and the clone of the main job need
 */
export function folderInMemory(): string | undefined {
  if (!existsSync(memoryFolder) || !runsPrograms()) return undefined;
  const { bavail, bsize } = statfsSync(memoryFolder);
  if (bavail * bsize < neededBytes) return undefined;
  const folder = mkdtempSync(join(memoryFolder, "throughcare-tests-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function runsPrograms(): boolean {
  const mounts = existsSync("/proc/mounts") ? readFileSync("/proc/mounts", "utf8").split("\n") : [];
  const mount = mounts.find((line) => line.split(" ")[1] === memoryFolder);
  return mount !== undefined && !(mount.split(" ")[3] ?? "").split(",").includes("noexec");
}
