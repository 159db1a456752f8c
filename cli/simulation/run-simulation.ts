import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Input, NotDone } from "../command.ts";
import type { ProgramFolder } from "../program-folder.ts";
import { type Simulated, simulatedSchema } from "./simulated.ts";

const main = fileURLToPath(new URL("../../local/simulation/simulate-program.ts", import.meta.url));

/**
 * Simulates people on a program in a process of its own, on all processors.
 * @param say - told how many of how many people are done
 * @throws {NotDone} with what the simulation met
 */
export async function runSimulation(
  opened: ProgramFolder,
  order: { readonly folder: string; readonly participants: number; readonly seed: number },
  say: (done: number, of: number) => void,
): Promise<Simulated> {
  const child = spawn(
    process.execPath,
    [
      main,
      ...["--root", opened.root, "--program", order.folder],
      ...["--participants", String(order.participants), "--seed", String(order.seed)],
      ...["--sites", opened.sitesFile],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    for (const line of text.split("\n")) {
      const done = /^\{"done":(\d+),/.exec(line)?.[1];
      if (done === undefined) err += line === "" ? "" : `${line}\n`;
      else say(Number(done), order.participants);
    }
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new NotDone(`The simulation came to no end. ${err.slice(0, 2000)}`);
  return simulatedSchema.parse(JSON.parse(out));
}

/** How far it is, on one line that is written over; nothing where nobody looks on. */
export function progress({ io }: Input): (done: number, of: number) => void {
  return (done, of) => {
    if (!io.isColored) return;
    io.err(`\rSimulated ${done} of ${of} people${done === of ? "\n" : ""}`);
  };
}
