import type { Input } from "../command.ts";
import type { ProgramFolder } from "../program-folder.ts";
import { readCapacity } from "./read-capacity.ts";
import { progress, runSimulation } from "./run-simulation.ts";
import { staffLoads } from "./staff-load.ts";
import { plain } from "./words.ts";

/** Enough for a steady year's hours to within a tenth, and few enough for somebody to wait for. */
const participants = 40;

/** A program whose people need more hours of staff than the sites declare. */
export type AboveCapacity = { readonly folder: string; readonly loads: readonly string[] };

/**
 * Simulates people on each program and holds the hours of staff that they take against what the sites declare.
 *
 * @returns the programs above it, each with what is above in words; none where no site declares its hours
 * @throws {CalledWrongly} where `capacity.yaml` cannot be read
 */
export async function programsAboveCapacity(
  input: Input,
  opened: ProgramFolder,
): Promise<readonly AboveCapacity[]> {
  const capacity = readCapacity(opened);
  if (capacity === undefined) return [];
  const above: AboveCapacity[] = [];
  for (const folder of opened.folders) {
    if (input.io.isColored)
      input.io.err(
        `Simulating ${participants} people on ${folder}, to hold it against capacity.yaml.\n`,
      );
    const order = { folder, participants, seed: 1 };
    const simulated = await runSimulation(opened, order, progress(input));
    const loads = staffLoads(simulated, capacity)
      .filter(({ isAbove }) => isAbove)
      .map(
        ({ siteId, staffFunction, hoursPerWeek, declaredHours }) =>
          `${siteId}: ${hoursPerWeek.toFixed(1)} hours a week of ${plain(staffFunction)}, and ${declaredHours === undefined ? "none is" : `${declaredHours.toFixed(1)} are`} declared`,
      );
    if (loads.length > 0) above.push({ folder, loads });
  }
  return above;
}
