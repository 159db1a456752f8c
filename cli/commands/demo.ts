import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Command, Input, Outcome } from "../command.ts";

export const demoCommands: readonly Command[] = [
  {
    name: "demo",
    summary: "run everything on this machine, with fictional people; Ctrl+C stops it",
    options: [
      { flags: "--port <number>", words: "8080 where left out" },
      { flags: "--data <folder>", words: "where to keep its data; .throughcare where left out" },
    ],
    run: demo,
  },
];

/** Runs the local run as a process of its own, so that Ctrl+C reaches it and it stops in order. */
async function demo({ options, io }: Input): Promise<Outcome> {
  const given = (["port", "data"] as const).flatMap((name) =>
    typeof options[name] === "string" ? [`--${name}`, options[name]] : [],
  );
  const main = fileURLToPath(new URL("../../local/main.ts", import.meta.url));
  const child = spawn(process.execPath, [main, "--seed", "demo", ...given], {
    cwd: io.cwd,
    stdio: "inherit",
  });
  const stop = () => void child.kill("SIGTERM");
  process.on("SIGTERM", stop);
  // The terminal sends Ctrl+C to both; this process waits for the other to end.
  const wait = () => undefined;
  process.on("SIGINT", wait);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  process.off("SIGTERM", stop);
  process.off("SIGINT", wait);
  const exitCode = code === 0 ? 0 : code === 2 ? 2 : 1;
  return { exitCode, json: { exitCode }, text: "" };
}
