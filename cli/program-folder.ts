import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { readProgramFiles } from "../shared/aws/program-files/read-program-files.ts";
import type { ProgramFiles } from "../shared/publishing/compile-program.ts";
import { type Finding, findingText } from "../shared/publishing/finding.ts";
import { programFolders } from "../shared/publishing/publish-files.ts";
import { CalledWrongly, type Io } from "./command.ts";

/** The programs that a call is about, and the files that they are made of. */
export type ProgramFolder = {
  readonly files: ProgramFiles;
  readonly folders: readonly string[];
  /** The folder around them, which also holds instruments, sites and policy. */
  readonly root: string;
};

/**
 * Reads a program's folder, e.g. `programs/adult-iop`, or the folder of all programs.
 * @throws {CalledWrongly} where it is neither
 */
export function openProgramFolder(io: Io, named: string): ProgramFolder {
  const folder = resolve(io.cwd, named);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CalledWrongly(`There is no folder ${named}. Name one such as programs/adult-iop.`);
  if (existsSync(join(folder, "program.yaml"))) {
    const root = dirname(folder);
    return { files: readProgramFiles(root), folders: [basename(folder)], root };
  }
  const files = readProgramFiles(folder);
  const folders = programFolders(files);
  if (folders.length === 0) {
    throw new CalledWrongly(
      `${named} holds no program: a program's folder has a program.yaml, such as programs/adult-iop.`,
    );
  }
  return { files, folders, root: folder };
}

/** Findings as lines that a terminal can open: paths as seen from where the command was called. */
export function findingLines(io: Io, root: string, findings: readonly Finding[]): string {
  return findings
    .map((finding) => findingText({ ...finding, file: relative(io.cwd, join(root, finding.file)) }))
    .join("\n");
}

/** "2 errors, 1 warning". */
export function countWords(findings: readonly Finding[]): string {
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const warnings = findings.length - errors;
  return `${plural(errors, "error")}, ${plural(warnings, "warning")}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
