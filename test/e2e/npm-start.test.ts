import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readyWithinSeconds = 240;
const endedWithinSeconds = 15;

let npm: ChildProcess | undefined;
let dataFolder = "";

beforeAll(() => {
  // npm start would install first, and take the packages away from the tests that run on them.
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const installed = readFileSync(join(root, "node_modules/.throughcare-installed"), "utf8").trim();
  if (installed !== lock.digest("hex"))
    throw new Error(
      "The packages are not those of the lock file: node scripts/install-missing.mjs",
    );
});
afterEach(async () => {
  for (const pid of processesOn(dataFolder)) process.kill(pid, "SIGKILL");
  npm = undefined;
  rmSync(dataFolder, { recursive: true, force: true });
});

/** Every process of this machine that names the folder: npm, the server and its database. */
function processesOn(folder: string): number[] {
  return readdirSync("/proc").flatMap((entry) => {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder) ? [pid] : [];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}

async function until(what: string, seconds: number, isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A real `npm start`, in a session of its own as in a terminal. */
function startNpm(): () => string {
  dataFolder = mkdtempSync(join(tmpdir(), "throughcare-npm-"));
  const output: string[] = [];
  const options = ["--port", "0", "--data", dataFolder, "--seed", "empty"];
  const child = spawn("npm", ["start", "--", ...options], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    // As from a shell, not as from the npm that runs the tests.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  });
  child.stdout.on("data", (chunk) => output.push(String(chunk)));
  child.stderr.on("data", (chunk) => output.push(String(chunk)));
  npm = child;
  return () => output.join("");
}

describe("ending npm start", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const)(
    "by %s to npm alone ends the server and its database",
    async (signal) => {
      const output = startNpm();
      await until("ready", readyWithinSeconds, () => output().includes("Ready."));
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0] ?? "";
      expect((await fetch(`${url}/_local`)).status).toBe(200);
      expect(processesOn(dataFolder).length).toBeGreaterThanOrEqual(3);
      npm?.kill(signal);
      await until(
        "no process left",
        endedWithinSeconds,
        () => processesOn(dataFolder).length === 0,
      );
      await expect(fetch(`${url}/_local`)).rejects.toThrow();
    },
    900_000,
  );

  it("while it starts leaves nothing behind", async () => {
    const output = startNpm();
    await until("starting", readyWithinSeconds, () => output().includes("Throughcare on this"));
    npm?.kill("SIGTERM");
    await until("no process left", readyWithinSeconds, () => processesOn(dataFolder).length === 0);
  }, 900_000);
});
