import { fileURLToPath } from "node:url";
import { readProgramFiles } from "../../shared/aws/program-files/read-program-files.ts";
import { compileProgram, type ProgramFiles } from "../../shared/publishing/compile-program.ts";
import type { ProgramContent } from "../../shared/store/load-program.ts";

/** The folder of the programs that are shipped. */
export const programsFolder = fileURLToPath(new URL("../../programs", import.meta.url));

/** The texts of all shipped program files, by path. */
export const shippedFiles: ProgramFiles = readProgramFiles(programsFolder);

/** The shipped files with one text in one of them exchanged for another. Fails where it is not there. */
export function filesWith(
  file: string,
  from: string,
  to: string,
): { readonly files: ProgramFiles; readonly index: number } {
  const before = shippedFiles[file];
  const index = before?.indexOf(from) ?? -1;
  if (before === undefined || index < 0) throw new Error(`${file} does not hold: ${from}`);
  const text = before.slice(0, index) + to + before.slice(index + from.length);
  return { files: { ...shippedFiles, [file]: text }, index };
}

/** A shipped program, compiled. */
export function shippedProgram(folder = "adult-iop"): ProgramContent {
  const compiled = compileProgram(shippedFiles, folder);
  if (!compiled.ok) throw new Error(`The shipped program ${folder} does not compile`);
  return compiled.content;
}
