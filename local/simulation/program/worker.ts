// First, so that every schema made after it checks by code of its own: people's lives read what is stored a thousand times each.
import "zod/compile";
import { parentPort, workerData } from "node:worker_threads";
import { valuesInFolder } from "../../../shared/aws/program-files/values-in-folder.ts";
import type { ProgramFiles } from "../../../shared/publishing/compile-program.ts";
import { rememberValues } from "../../../shared/publishing/parse-yaml.ts";
import { simulateGroup } from "./simulate-group.ts";

// Errors by which a change is refused or tried again are made by the thousand, and nobody reads where.
Error.stackTraceLimit = 0;
rememberValues(valuesInFolder());

/** Simulates the groups that it is handed, one after the other, and answers each with its rows. */
const { files, folder, seed } = workerData as {
  readonly files: ProgramFiles;
  readonly folder: string;
  readonly seed: number;
};
const port = parentPort;
if (port === null) throw new Error("This is a worker: it is started by simulate-people.ts");
port.on("message", async ({ group, people }: { group: number; people: number }) => {
  try {
    const rows = await simulateGroup({ files, folder, seed, group, people });
    port.postMessage({ group, people, rows });
  } catch (error) {
    port.postMessage({ group, problem: error instanceof Error ? error.message : String(error) });
  }
});
