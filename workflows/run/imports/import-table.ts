import type { Refusal } from "../../../shared/care/change/change.ts";
import type { Actor } from "../../../shared/care/episode/actor.ts";
import { type CsvHeadings, type CsvLine, readCsv } from "../../../shared/contracts/csv/read-csv.ts";
import { fileLimits } from "../../../shared/contracts/file-limits.ts";
import type { Answered } from "../../../shared/contracts/routes/route.ts";
import type { importedLineSchema } from "../../../shared/contracts/routes/tables.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { isInTheWay } from "../../../shared/store/carry-out-once.ts";

/** What is said of one line: what it would change, or did, or why not. */
export type ImportedLine = Answered<typeof importedLineSchema>;

/** Who sends a file. */
export type Importer = { readonly staff: StaffMember; readonly actor: Actor };

/** One line as it would be carried out now. */
export type PlannedLine = ImportedLine & {
  /** What the line says and what stands there now: another mark, another difference. */
  readonly mark: string;
  /**
   * Writes it, by the command that the pages use.
   * @returns why it was refused, as a sentence; nothing where it is written
   */
  readonly carryOut?: () => Promise<string | undefined>;
};

/** A kind of file that comes in. */
export type ImportKind = {
  readonly headings: CsvHeadings;
  /** Looks at every line against what stands there now; writes nothing. */
  readonly plan: (
    deps: CareDeps,
    by: Importer,
    lines: readonly CsvLine[],
  ) => Promise<readonly PlannedLine[]>;
};

export type ImportOutcome = {
  readonly isApplied: boolean;
  readonly lines: readonly ImportedLine[];
  /** What the differences were that are shown: sent back to have them entered. */
  readonly seen: string;
};

/**
 * Reads a file that came in and says line by line what it would change; nothing is written. With `seen`, which says
 * which differences somebody has looked at, it is entered by the commands of the pages: a second time changes nothing, and
 * where what stands there has moved meanwhile the file is refused whole.
 */
export async function importTable(
  deps: CareDeps,
  by: Importer,
  kind: ImportKind,
  file: { readonly csv: string; readonly seen?: string | undefined },
): Promise<ImportOutcome | Refusal> {
  const read = readCsv(file.csv, kind.headings, fileLimits.lines);
  if (read.problem !== undefined) return { refused: "invalid", sentence: read.problem };
  const planned = await kind.plan(deps, by, read.lines);
  if (file.seen === undefined)
    return { isApplied: false, lines: planned.map(shown), seen: marksOf(planned) };
  const seen = new Set(file.seen.split(" "));
  const moved = planned.filter((one) => isMoved(one, seen));
  if (moved.length > 0)
    return {
      refused: "stale-version",
      sentence: `Nothing of the file was entered: what stands there has changed since you looked, on ${moved.length === 1 ? "line" : "lines"} ${moved.map(({ line }) => line).join(", ")}. Look at the differences again.`,
    };
  const lines: ImportedLine[] = [];
  for (const one of planned) {
    if (one.carryOut === undefined) {
      lines.push(shown(one));
      continue;
    }
    const sentence = await one.carryOut().catch((error: unknown) => {
      // The lines before this one are entered.
      if (isInTheWay(error)) return inTheWay;
      throw error;
    });
    lines.push(
      sentence === undefined
        ? { ...shown(one), state: "done" }
        : { ...shown(one), state: "refused", sentence },
    );
  }
  return { isApplied: true, lines, seen: file.seen };
}

const inTheWay =
  "Others were changing this person’s record at the same moment: this line was not entered. Send the file again.";

/** What was looked at is still so, or is entered by now: everything else has moved. */
function isMoved({ state, line, mark }: PlannedLine, seen: ReadonlySet<string>): boolean {
  if (state === "to-do") return !seen.has(`${line}-${mark}`);
  return state === "refused" && [...seen].some((one) => one.startsWith(`${line}-`));
}

function marksOf(planned: readonly PlannedLine[]): string {
  return planned
    .flatMap(({ state, line, mark }) => (state === "to-do" ? [`${line}-${mark}`] : []))
    .join(" ");
}

function shown({ line, person, what, state, sentence }: PlannedLine): ImportedLine {
  return { line, person, what, state, ...(sentence === undefined ? {} : { sentence }) };
}
