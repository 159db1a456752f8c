import { CsvError, parse } from "csv-parse/sync";

/** One line of a file that came in. */
export type CsvLine = {
  /** Where it begins in the file, from 1; the headings are on the first. */
  readonly line: number;
  /** By heading as it is known here, without blanks around it; empty where the line has fewer cells. */
  readonly cells: Readonly<Record<string, string>>;
  /** Why the line cannot be read, as a sentence. */
  readonly problem?: string;
};

/** The headings that a file has to have, and those that it may have. */
export type CsvHeadings = {
  readonly needed: readonly string[];
  readonly known: readonly string[];
};

type ReadCsv =
  | { readonly lines: readonly CsvLine[]; readonly problem?: undefined }
  | { readonly problem: string };

const separators = [",", ";", "\t"] as const;

/**
 * Reads a file that a spreadsheet wrote: with or without its mark at the start, with commas, semicolons or tabs, any ends of
 * lines, and line breaks inside quotation marks. What cannot be read at all is told in one sentence; nothing of it is guessed.
 *
 * @param text - as it came; bytes that are no UTF-8 stand in it as replacement characters
 * @param mostLines - how many lines it may have, the headings not counted
 */
export function readCsv(text: string, headings: CsvHeadings, mostLines: number): ReadCsv {
  if (/[\uFFFD\0]/.test(text))
    return {
      problem:
        "The file is not in UTF-8, so its letters cannot be read. Save it as “CSV UTF-8” and send it again.",
    };
  const bare = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  if (bare.trim() === "") return { problem: "The file is empty." };
  const records = parsed(bare, mostLines);
  if ("problem" in records) return records;
  const [first, ...rest] = records.found;
  const columns = (first?.record ?? []).map((name) => name.trim());
  const names = columns.map((column) =>
    headings.known.find((one) => one.toLowerCase() === column.toLowerCase()),
  );
  const problem = problemWithHeadings(columns, names, headings);
  if (problem !== undefined) return { problem };
  if (rest.length === 0)
    return { problem: "The file has headings and no lines below them: there is nothing to enter." };
  if (rest.length > mostLines)
    return {
      problem: `The file has more than ${mostLines} lines. Send it in parts, such as a day at a time.`,
    };
  return { lines: rest.map((one) => lineOf(one, names)) };
}

type Found = { readonly record: readonly string[]; readonly line: number };

function parsed(
  text: string,
  mostLines: number,
): { readonly found: readonly Found[] } | { readonly problem: string } {
  try {
    const found: Found[] = [];
    parse(text, {
      delimiter: separatorOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      // One more than it may have tells that it has too many.
      to: mostLines + 2,
      on_record: (record: string[], { lines }) => {
        found.push({ record, line: lines - breaksIn(record) });
        return null;
      },
    });
    return { found: found.filter(({ record }) => record.some((cell) => cell.trim() !== "")) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? `Line ${error.lines}` : "A line";
    return {
      problem: `${line} cannot be read: a quotation mark (") stands in the middle of a cell, or is not closed. Put it right and send the file again.`,
    };
  }
}

function breaksIn(record: readonly string[]): number {
  return record.join("").split("\n").length - 1;
}

/** The separator that the headings have most of. */
function separatorOf(text: string): string {
  const [headings = ""] = text.split("\n", 1);
  const outside = headings.replaceAll(/"[^"]*"/g, "");
  const counted = separators.map((one) => ({ one, times: outside.split(one).length }));
  return counted.reduce((best, next) => (next.times > best.times ? next : best)).one;
}

function problemWithHeadings(
  columns: readonly string[],
  names: readonly (string | undefined)[],
  { needed, known }: CsvHeadings,
): string | undefined {
  const missing = needed.filter((one) => !names.includes(one));
  if (missing.length > 0)
    return `The first line lacks ${missing.length === 1 ? "the heading" : "the headings"} ${quoted(missing)}. It may have: ${known.join("; ")}.`;
  const unknown = columns.filter((column, index) => column !== "" && names[index] === undefined);
  if (unknown.length > 0)
    return `Nobody would read ${unknown.length === 1 ? "the column" : "the columns"} ${quoted(unknown)}. Take ${unknown.length === 1 ? "it" : "them"} out, or put the heading right: it may be ${known.join("; ")}.`;
  const twice = names.find((one, index) => one !== undefined && names.indexOf(one) !== index);
  return twice === undefined
    ? undefined
    : `The heading ${quoted([twice])} stands there twice. Take one of the columns out.`;
}

function quoted(names: readonly string[]): string {
  return names.map((one) => `“${one.slice(0, 60)}”`).join(", ");
}

function lineOf({ record, line }: Found, names: readonly (string | undefined)[]): CsvLine {
  const cells = Object.fromEntries(
    names.flatMap((name, index): readonly [string, string][] =>
      name === undefined ? [] : [[name, unescaped((record[index] ?? "").trim())]],
    ),
  );
  const beyond = record.some((cell, index) => names[index] === undefined && cell.trim() !== "");
  return beyond
    ? {
        line,
        cells,
        problem:
          "The line has more cells than there are headings: put a cell that holds a comma into quotation marks.",
      }
    : { line, cells };
}

/** A cell without the apostrophe that keeps a spreadsheet from taking it for a formula. */
function unescaped(cell: string): string {
  return /^'[=+\-@\t\n]/.test(cell) ? cell.slice(1) : cell;
}
