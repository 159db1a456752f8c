import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const recordSchema = z.object({ url: z.url() });
const answersWithinMs = 1500;

function recordFile(dataFolder: string): string {
  return join(dataFolder, "running.json");
}

/**
 * Where another run serves this data folder right now; `undefined` when none does. Two runs on one folder
 * would end each other's database. The record of a run that was killed is no obstacle: nobody answers there.
 */
export async function otherRunOn(dataFolder: string): Promise<string | undefined> {
  const url = readUrl(dataFolder);
  if (url === undefined) return undefined;
  try {
    const response = await fetch(`${url}/_local/run`, {
      signal: AbortSignal.timeout(answersWithinMs),
    });
    const answer = z.object({ dataFolder: z.string() }).safeParse(await response.json());
    return answer.success && answer.data.dataFolder === dataFolder ? url : undefined;
  } catch {
    // Nobody there, or somebody else.
    return undefined;
  }
}

/** Writes down where this run serves the folder. */
export function recordRun(dataFolder: string, url: string): void {
  writeFileSync(recordFile(dataFolder), JSON.stringify({ url }));
}

/** Takes the record of this run away. */
export function forgetRun(dataFolder: string): void {
  rmSync(recordFile(dataFolder), { force: true });
}

function readUrl(dataFolder: string): string | undefined {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(recordFile(dataFolder), "utf8"))).url;
  } catch {
    // No record, or a damaged one: as if nothing ran.
    return undefined;
  }
}
