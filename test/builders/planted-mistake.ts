import { expect } from "vitest";
import { compileProgram } from "../../shared/publishing/compile-program.ts";
import { type Finding, findingText } from "../../shared/publishing/finding.ts";
import { filesWith } from "./program-files.ts";

/** One edit of the shipped files that a designer could make by mistake, and what the check must say of it. */
export type Mistake = {
  readonly why: string;
  readonly file: string;
  /** The shipped text, and what a designer wrote instead. */
  readonly from: string;
  readonly to: string;
  /** The finding points at this text: the first such text of the broken file from the edit on. */
  readonly at?: string;
  /** The finding points at the first such text of this file, wherever the edit was. */
  readonly pointsAt?: { readonly file: string; readonly text: string };
  readonly found: string;
  readonly allowed?: string;
  readonly nearest?: string;
  readonly severity?: "warning";
  /** The program that is checked; `adult-iop` where nothing is said. */
  readonly folder?: "sud-iop";
};

function place(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** Plants a mistake into the shipped files: it must be found, at its line and column, in its words. */
export function expectFound(mistake: Mistake): void {
  const { files, index } = filesWith(mistake.file, mistake.from, mistake.to);
  const { ok, findings } = compileProgram(files, mistake.folder ?? "adult-iop");
  const severity = mistake.severity ?? "error";
  expect(ok, "a mistake keeps it from being published, a warning does not").toBe(
    severity === "warning",
  );
  const shown = findings.map(findingText).join("\n");
  const hits = findings.filter((finding) => isOf(mistake, severity, finding));
  expect(hits, `no such finding among:\n${shown}`).not.toEqual([]);
  const target = mistake.pointsAt ?? { file: mistake.file, text: mistake.at ?? mistake.to };
  const pointedFile = files[target.file] ?? "";
  const from = mistake.pointsAt === undefined ? index : 0;
  const { line, column } = place(pointedFile, pointedFile.indexOf(target.text, from));
  expect(
    hits.map((hit) => ({ file: hit.file, line: hit.line, column: hit.column })),
    shown,
  ).toContainEqual({ file: target.file, line, column });
}

function isOf(mistake: Mistake, severity: Finding["severity"], finding: Finding): boolean {
  return (
    finding.severity === severity &&
    finding.found.includes(mistake.found) &&
    finding.allowed.includes(mistake.allowed ?? "") &&
    finding.nearest === mistake.nearest
  );
}
