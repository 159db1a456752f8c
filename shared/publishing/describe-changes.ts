/** One difference between two versions of a program, in words. */
export type ProgramChange = {
  readonly kind: "added" | "removed" | "changed";
  /** Where, as a reader of the file finds it: `messages › weekly-text › window › from`. */
  readonly where: string;
  readonly before?: string;
  readonly after?: string;
};

/** What names a row of a list, in the order in which it is tried; rows that share a name are told apart by a second one. */
const names = [
  "step",
  "slot",
  "rung",
  "rule",
  "item",
  "itemId",
  "instrumentId",
  "plan",
  "payer",
  "id",
  "number",
  "rota",
  "language",
  "templateId",
] as const;
const secondNames = ["onlyWhen", "atLeast", "channel"] as const;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Every difference between two compiled contents in words, in the order of the newer one. Rows of a list are compared
 * by their name and not by their place, so that a row put in between changes nothing else.
 */
export function describeChanges(before: unknown, after: unknown): readonly ProgramChange[] {
  return compare([], before, after);
}

function compare(path: readonly string[], before: unknown, after: unknown): ProgramChange[] {
  if (before === after) return [];
  if (before === undefined) return [{ kind: "added", where: place(path), after: said(after) }];
  if (after === undefined) return [{ kind: "removed", where: place(path), before: said(before) }];
  const left = parts(before);
  const right = parts(after);
  if (left === undefined || right === undefined)
    return said(before) === said(after)
      ? []
      : [{ kind: "changed", where: place(path), before: said(before), after: said(after) }];
  const gone = [...left.keys()].filter((key) => !right.has(key));
  return [...right.keys(), ...gone].flatMap((key) =>
    compare([...path, key], left.get(key), right.get(key)),
  );
}

/** The parts of an object or of a list of rows by their names; nothing for what is said whole. */
function parts(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0 || !value.every(isFields)) return undefined;
    return new Map(value.map((row, index) => [nameOf(row, index, value), row]));
  }
  return isFields(value) ? new Map(Object.entries(value)) : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(row: Fields, index: number, rows: readonly Fields[]): string {
  const field = names.find((name) => row[name] !== undefined);
  if (field === undefined) return `row ${index + 1}`;
  const name = String(row[field]);
  const others = rows.filter((one) => String(one[field]) === name);
  if (others.length === 1) return name;
  const second = secondNames.find((one) => new Set(others.map((other) => other[one])).size > 1);
  if (second !== undefined) return `${name} (${String(row[second] ?? "always")})`;
  return `${name} (${others.indexOf(row) + 1})`;
}

function place(path: readonly string[]): string {
  return path.join(" › ");
}

function said(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
