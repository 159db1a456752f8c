import { initialOf } from "../shared/care/episode/initial.ts";
/** Rows as aligned columns under their names; a sentence where there are none. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  nothing: string,
): string {
  if (rows.length === 0) return nothing;
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(columns), ...rows.map(line)].join("\n");
}

/** A field of an answer as text; empty where it is not there. */
export function field(row: Readonly<Record<string, unknown>>, name: string): string {
  const value = row[name];
  return value === undefined || value === null
    ? ""
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
}

/** "Alex Rivera" → "A… R…": enough to tell rows apart, too little to know who it is. */
export function maskName(name: string): string {
  return name
    .split(/\s+/)
    .filter((part) => part !== "")
    .map((part) => `${initialOf(part)}…`)
    .join(" ");
}

/** What a person typed or was sent may hold control characters: a terminal must not act on them. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, " ");
}
