import { stringify } from "csv-stringify/sync";

/**
 * A table as a file for spreadsheets: UTF-8 with its mark at the start, lines that end as spreadsheets expect, and no
 * cell that a spreadsheet would take for a formula (one that begins with `=`, `+`, `-`, `@`, a tab or a carriage return
 * is led by an apostrophe).
 *
 * @param headings - the first line, in words
 * @param rows - as many cells in each as there are headings
 * @see {@link https://owasp.org/www-community/attacks/CSV_Injection}
 */
export function writeCsv(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return stringify(
    [headings, ...rows].map((row) => [...row]),
    { bom: true, escape_formulas: true, record_delimiter: "windows" },
  );
}
