import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { readProgramFiles } from "../shared/aws/program-files/read-program-files.ts";
import { valuesInFolder } from "../shared/aws/program-files/values-in-folder.ts";
import type { ProgramFiles } from "../shared/publishing/compile-program.ts";
import { type Finding, findingText } from "../shared/publishing/finding.ts";
import { rememberValues } from "../shared/publishing/parse-yaml.ts";
import { programFolders } from "../shared/publishing/publish-files.ts";
import { CalledWrongly, type Input, type Io, type Option } from "./command.ts";

/** The programs that a call is about, and the files that they are made of. */
export type ProgramFolder = {
  readonly files: ProgramFiles;
  readonly folders: readonly string[];
  /** The folder around them, which also holds instruments, sites and policy. */
  readonly root: string;
  /** The file that stands for `sites.yaml`: that of a stage where one is named. */
  readonly sitesFile: string;
};

const sitesFile = "sites.yaml";

/** Which stage's sites are meant; the fictional ones of `sites.yaml` where it is left out. */
export const stageOption: Option = {
  flags: "--stage <stage>",
  words: "with the sites of a stage, from sites.<stage>.yaml in the folder of all programs",
};

/**
 * Reads the folder that a call names, with the sites of the stage that it names.
 * @throws {CalledWrongly} where the folder is none of programs, or the stage has no sites
 */
export function openedFolder({ io, args, options }: Input): ProgramFolder {
  const opened = openProgramFolder(io, args[0] ?? "");
  const { stage } = options;
  if (typeof stage !== "string") return opened;
  const name = `sites.${stage}.yaml`;
  const sites = Object.hasOwn(opened.files, name) ? opened.files[name] : undefined;
  if (sites === undefined)
    throw new CalledWrongly(`The stage ${stage} has no sites: there is no ${name}.`);
  return { ...opened, sitesFile: name, files: { ...opened.files, "sites.yaml": sites } };
}

/**
 * Reads a program's folder, e.g. `programs/adult-iop`, or the folder of all programs.
 * @throws {CalledWrongly} where it is neither
 */
function openProgramFolder(io: Io, named: string): ProgramFolder {
  const folder = resolve(io.cwd, named);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CalledWrongly(`There is no folder ${named}. Name one such as programs/adult-iop.`);
  rememberValues(valuesInFolder());
  if (existsSync(join(folder, "program.yaml"))) {
    const root = dirname(folder);
    return { files: readProgramFiles(root), folders: [basename(folder)], root, sitesFile };
  }
  const files = readProgramFiles(folder);
  const folders = programFolders(files);
  if (folders.length === 0) {
    throw new CalledWrongly(
      `${named} holds no program: a program's folder has a program.yaml, such as programs/adult-iop.`,
    );
  }
  return { files, folders, root: folder, sitesFile };
}

/** Findings as lines that a terminal can open: paths as seen from where the command was called. */
export function findingLines(io: Io, opened: ProgramFolder, findings: readonly Finding[]): string {
  const pathOf = (file: string) =>
    relative(io.cwd, join(opened.root, file === sitesFile ? opened.sitesFile : file));
  return findings
    .map((finding) => findingText({ ...finding, file: pathOf(finding.file) }))
    .join("\n");
}

/** "2 errors, 1 warning". */
export function countLabel(findings: readonly Finding[]): string {
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const warnings = findings.length - errors;
  return `${plural(errors, "error")}, ${plural(warnings, "warning")}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
