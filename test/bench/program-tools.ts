import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { simulatePeople } from "../../local/simulation/program/simulate-people.ts";
import { compileProgram } from "../../shared/publishing/compile-program.ts";
import { shippedFiles } from "../builders/program-files.ts";
import { cpuMilliseconds, type Figure } from "./measure.ts";
import { migrationFigure } from "./migration.ts";

/** What a program designer waits for. */
export async function programToolFigures(): Promise<readonly Figure[]> {
  return [checkFigure(), previewFigure(), await simulationFigure(), await migrationFigure()];
}

const simulatedPeople = 1000;

/** From the order to the result, by the clock: it is what a designer waits for, on as many processors as there are. */
async function simulationFigure(): Promise<Figure> {
  const threads = availableParallelism();
  const startedAt = performance.now();
  const { problems } = await simulatePeople({
    files: shippedFiles,
    folder: "adult-iop",
    participants: simulatedPeople,
    seed: 1,
    threads,
    say: () => {},
  });
  if (problems.length > 0) throw new Error(`The simulation met ${JSON.stringify(problems[0])}`);
  return {
    name: "program simulate",
    value: (performance.now() - startedAt) / 1000,
    unit: "s",
    target: 60,
    better: "less",
    note: `${simulatedPeople} people, eight weeks and a year each, ${threads} threads`,
  };
}

const previews = 5;
const command = fileURLToPath(new URL("../../cli/throughcare.mjs", import.meta.url));

/** The whole command by the clock, Node's start included: the fastest of some, since what else the machine does can only add. */
function previewFigure(): Figure {
  const times = Array.from({ length: previews }, () => {
    const startedAt = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        command,
        "program",
        "preview",
        fileURLToPath(new URL("../../programs/adult-iop", import.meta.url)),
      ],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`The program cannot be previewed: ${stderr}`);
    return performance.now() - startedAt;
  });
  return {
    name: "program preview",
    value: Math.min(...times) / 1000,
    unit: "s",
    target: 1,
    better: "less",
    note: `the whole command, the fastest of ${previews}`,
  };
}

/** The first check of a process: nothing is read or compared before. */
function checkFigure(): Figure {
  const startedAt = cpuMilliseconds();
  const { ok } = compileProgram(shippedFiles, "adult-iop");
  if (!ok) throw new Error("The shipped program cannot be published");
  return {
    name: "program check",
    value: (cpuMilliseconds() - startedAt) / 1000,
    unit: "s",
    target: 1,
    better: "less",
    note: "the shipped program with its instruments, policy and sites",
  };
}
