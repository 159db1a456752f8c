import { compileProgram } from "../../shared/publishing/compile-program.ts";
import { describeChanges, type ProgramChange } from "../../shared/publishing/describe-changes.ts";
import { CalledWrongly, type Command, type Input, type Outcome } from "../command.ts";
import { openedFolder } from "../program-folder.ts";

export const programDiffCommands: readonly Command[] = [
  {
    name: "program diff",
    summary: "what differs between two versions of a program, in words",
    args: [
      { name: "<before>", words: "the folder of the older version" },
      { name: "<after>", words: "the folder of the newer one" },
    ],
    run: diff,
  },
];

async function diff(input: Input): Promise<Outcome> {
  const [before = "", after = ""] = input.args;
  const changes = describeChanges(contentOf(input, before), contentOf(input, after));
  return {
    exitCode: 0,
    json: { changes },
    text:
      changes.length === 0
        ? "Nothing differs."
        : [...changes.map(sentence), "", countLabel(changes)].join("\n"),
  };
}

/** What the program says, without the name that a copy of its folder may have. */
function contentOf(input: Input, named: string): unknown {
  const { files, folders } = openedFolder({ ...input, args: [named] });
  const [folder, ...others] = folders;
  if (folder === undefined || others.length > 0)
    throw new CalledWrongly(
      `${named} holds several programs. Name one, such as programs/adult-iop.`,
    );
  const compiled = compileProgram(files, folder);
  if (!compiled.ok)
    throw new CalledWrongly(
      `${named} does not compile. See what is wrong: throughcare program check ${named}`,
    );
  const { program, templates, instruments } = compiled.content;
  return { ...program, messageTexts: templates, instruments };
}

function sentence({ kind, where, before, after }: ProgramChange): string {
  if (kind === "added") return `+ ${where}: ${after}`;
  return kind === "removed"
    ? `- ${where}: was ${before}`
    : `~ ${where}: was ${before}, is ${after}`;
}

function countLabel(changes: readonly ProgramChange[]): string {
  const count = (kind: ProgramChange["kind"]) => changes.filter((one) => one.kind === kind).length;
  return `${count("added")} added, ${count("removed")} removed, ${count("changed")} changed. People in the program keep the version they began with.`;
}
