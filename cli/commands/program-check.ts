import { compileProgram } from "../../shared/publishing/compile-program.ts";
import type { Command, Input, Outcome } from "../command.ts";
import { countLabel, findingLines, openedFolder, stageOption } from "../program-folder.ts";

export const programCheckCommands: readonly Command[] = [
  {
    name: "program check",
    summary: "say what is wrong with a program, by file, line and column",
    args: [{ name: "<folder>", words: "a program's folder, or the folder of all programs" }],
    options: [stageOption],
    run: check,
  },
];

async function check(input: Input): Promise<Outcome> {
  const { io } = input;
  const opened = openedFolder(input);
  const { files, folders } = opened;
  const checked = folders.map((folder) => ({ folder, compiled: compileProgram(files, folder) }));
  const findings = uniqueFindings(checked.flatMap(({ compiled }) => compiled.findings));
  const isRight = checked.every(({ compiled }) => compiled.ok);
  const lines = findingLines(io, opened, findings);
  const verdict = isRight
    ? `${folders.join(", ")} can be published: ${countLabel(findings)}.`
    : `${folders.join(", ")} cannot be published: ${countLabel(findings)}.`;
  return {
    exitCode: isRight ? 0 : 1,
    json: { programs: folders, ok: isRight, findings },
    text: lines === "" ? verdict : `${lines}\n${verdict}`,
  };
}

/** Programs share instruments, sites and policy: what is wrong there is said once. */
function uniqueFindings<One>(findings: readonly One[]): readonly One[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
