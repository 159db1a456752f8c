import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { compileProgram } from "../../shared/publishing/compile-program.ts";
import { CalledWrongly, type Command, type Input, type Outcome, textOption } from "../command.ts";
import { readPriceFile } from "../cost/price-file.ts";
import { countLabel, findingLines, openedFolder, stageOption } from "../program-folder.ts";
import { readCapacity } from "../simulation/read-capacity.ts";
import { reportHtml } from "../simulation/report.ts";
import { progress, runSimulation } from "../simulation/run-simulation.ts";
import { leftOut, summarise, summaryText } from "../simulation/summary.ts";

const mostParticipants = 20_000;

export const programSimulateCommands: readonly Command[] = [
  {
    name: "program simulate",
    summary: "let fictional people live through a program: messages, staff hours, completion, cost",
    args: [{ name: "<folder>", words: "a program's folder, such as programs/adult-iop" }],
    options: [
      { flags: "--participants <number>", words: "how many people; 100 where left out" },
      { flags: "--seed <number>", words: "another run of chance; 1 where left out" },
      { flags: "--report <file>", words: "write pictures and tables into this HTML file" },
      stageOption,
    ],
    run: simulate,
  },
];

async function simulate(input: Input): Promise<Outcome> {
  const opened = openedFolder(input);
  const [folder, ...others] = opened.folders;
  if (folder === undefined || others.length > 0)
    throw new CalledWrongly("Name one program's folder, such as programs/adult-iop.");
  const participants = wholeNumber(input, "participants", 100, mostParticipants);
  const seed = wholeNumber(input, "seed", 1, 1_000_000);
  const compiled = compileProgram(opened.files, folder);
  if (!compiled.ok)
    return {
      exitCode: 1,
      json: { ok: false, findings: compiled.findings },
      text: `${findingLines(input.io, opened, compiled.findings)}\nNothing was simulated: ${countLabel(compiled.findings)}.`,
    };
  const capacity = readCapacity(opened);
  if (capacity === undefined)
    throw new CalledWrongly(
      "There is no capacity.yaml in the folder of all programs: it says what the sites have and how long work takes.",
    );
  const simulated = await runSimulation(opened, { folder, participants, seed }, progress(input));
  const { prices } = readPriceFile();
  const summary = summarise(
    simulated,
    capacity,
    prices["sms-part"].dollars + prices["sms-carrier-part"].dollars,
  );
  const report = textOption(input, "report");
  if (report !== undefined)
    writeFileSync(
      resolve(input.io.cwd, report),
      reportHtml(`${compiled.content.program.name}: ${participants} simulated people`, summary),
    );
  const said = report === undefined ? "" : `\nThe pictures are in ${report}.`;
  return {
    exitCode: summary.problems.length === 0 ? 0 : 1,
    json: { programId: folder, participants, seed, ...summary, leftOut },
    text: `${summaryText(summary)}${said}`,
  };
}

function wholeNumber(input: Input, name: string, otherwise: number, most: number): number {
  const given = textOption(input, name);
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= 1 && value <= most) return value;
  throw new CalledWrongly(`--${name} is a whole number from 1 to ${most}.`);
}
