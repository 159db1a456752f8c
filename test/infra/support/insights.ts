/** A log line as CloudWatch keeps it: its fields by name. */
export type LogLine = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, unknown>>;

/**
 * Runs a query of CloudWatch Logs Insights over log lines, as far as the runbooks use its language: `fields`,
 * `filter` with `=`, `!=`, `like`, `in`, `and` and `or`, `stats count(*) by`, `sort` and `limit`
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html).
 * @throws Error for anything else: what it would find is not known
 */
export function runInsights(query: string, lines: readonly LogLine[]): readonly Row[] {
  let rows: readonly Row[] = lines.map((line) => ({ ...line, "@timestamp": line.timestamp }));
  for (const command of commandsOf(query)) rows = carryOut(command, rows);
  return rows;
}

/** Every field that a query names, without those that it makes itself. */
export function fieldsIn(query: string): readonly string[] {
  const named = commandsOf(query).flatMap(({ name, rest }) => {
    switch (name) {
      case "fields":
        return listOf(rest);
      case "filter":
        return conditionsIn(rest).map(({ field }) => field);
      case "stats":
        return listOf(rest.split(/\sby\s/)[1] ?? "");
      default:
        return [];
    }
  });
  return [...new Set(named)].filter((field) => !field.startsWith("@"));
}

type Command = { readonly name: string; readonly rest: string };

function commandsOf(query: string): readonly Command[] {
  return query
    .split("\n")
    .map((line) => line.replace(/^\s*\|?\s*/, "").trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [, name = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      return { name, rest };
    });
}

function carryOut({ name, rest }: Command, rows: readonly Row[]): readonly Row[] {
  switch (name) {
    case "fields":
      return rows.map((row) => ({ ...row, "@shown": listOf(rest) }));
    case "filter":
      return rows.filter((row) => meets(rest, row));
    case "stats":
      return counted(rest, rows);
    case "sort": {
      const [, field = "", way] = /^(@?[\w.]+) (asc|desc)$/.exec(rest) ?? [];
      if (way === undefined)
        throw new Error(`Insights sorts by a field, asc or desc, not: ${rest}`);
      const sign = way === "asc" ? 1 : -1;
      return rows.toSorted((a, b) => sign * compare(a[field], b[field]));
    }
    case "limit":
      if (!/^\d+$/.test(rest)) throw new Error(`Insights takes a number as limit, not: ${rest}`);
      return rows.slice(0, Number(rest));
    default:
      throw new Error(`The command ${name} of Insights is not known here`);
  }
}

function counted(rest: string, rows: readonly Row[]): readonly Row[] {
  const [, by = ""] = /^count\(\*\) by (.+)$/.exec(rest) ?? [];
  if (by === "") throw new Error(`Only count(*) by fields is known here, not: ${rest}`);
  const groups = new Map<string, Row & { readonly "count(*)": number }>();
  for (const row of rows) {
    const keys = Object.fromEntries(listOf(by).map((field) => [field, row[field]]));
    const id = JSON.stringify(keys);
    groups.set(id, { ...keys, "count(*)": (groups.get(id)?.["count(*)"] ?? 0) + 1 });
  }
  return [...groups.values()];
}

type Condition = {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
};

const condition = /(@?[\w.]+)\s+(=|!=|like|in)\s+("[^"]*"|\/[^/]*\/|\[[^\]]*\])/g;

function conditionsIn(text: string): readonly Condition[] {
  return [...text.matchAll(condition)].map(([, field = "", operator = "", value = ""]) => ({
    field,
    operator,
    value,
  }));
}

function meets(text: string, row: Row): boolean {
  const left = text
    .replace(condition, "")
    .replace(/\b(and|or)\b/g, "")
    .trim();
  if (left !== "") throw new Error(`This part of a filter is not known here: ${left}`);
  return text.split(/\sor\s/).some((part) => conditionsIn(part).every((one) => holds(one, row)));
}

function holds({ field, operator, value }: Condition, row: Row): boolean {
  const here = row[field];
  const inner = value.slice(1, -1);
  switch (operator) {
    case "=":
      return here === inner;
    case "!=":
      return here !== inner;
    case "like":
      return value.startsWith("/")
        ? new RegExp(inner).test(String(here ?? ""))
        : String(here ?? "").includes(inner);
    default:
      return [...inner.matchAll(/"([^"]*)"/g)].some((match) => match[1] === here);
  }
}

function compare(a: unknown, b: unknown): number {
  return String(a ?? "") < String(b ?? "") ? -1 : 1;
}

function listOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((field) => field.trim())
    .filter((field) => field !== "");
}
