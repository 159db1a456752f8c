import type * as z from "zod";

/** How deep the JSON that anybody hands to us may be nested: FHIR forms put groups into groups, two levels each. */
const deepestNesting = 64;
/** Names that mean something to the language itself: no form of ours has them. */
const ownNames: readonly string[] = ["__proto__", "constructor"];

/**
 * JSON from outside as plain data, the one way in for it: half an emoji (a lone surrogate) is made
 * well-formed wherever it stands, in names too, since the store takes no text that is not. Fields named
 * `__proto__` or `constructor` are left out.
 * @returns `undefined` for what is no JSON or is nested deeper than 64 levels
 */
export function readJson(text: string): { readonly value: unknown } | undefined {
  const parsed = parse(text);
  return parsed === undefined || isTooDeep(parsed.value, deepestNesting)
    ? undefined
    : { value: cleaned(parsed.value) };
}

/** Like `readJson`, but what lies too deep is left out and the rest is kept. */
export function readJsonLeniently(text: string): { readonly value: unknown } | undefined {
  const parsed = parse(text);
  if (parsed === undefined) return undefined;
  return { value: cleaned(withoutTooDeep(parsed.value, deepestNesting)) };
}

/**
 * Makes every text in plain data well-formed, names included, in place, and hands it back.
 * @param value - plain data nested no deeper than the caller allows
 */
export function madeWellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (value === null || typeof value !== "object") return value;
  for (const [name, inner] of Object.entries(value)) {
    const made = madeWellFormed(inner);
    if (name.isWellFormed()) {
      if (made !== inner) Reflect.set(value, name, made);
      continue;
    }
    Reflect.deleteProperty(value, name);
    Reflect.set(value, name.toWellFormed(), made);
  }
  return value;
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function isTooDeep(value: unknown, left: number): boolean {
  if (value === null || typeof value !== "object") return false;
  if (left === 0) return true;
  return Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}

function withoutTooDeep(value: unknown, left: number): unknown {
  if (value === null || typeof value !== "object") return value;
  if (left === 0) return null;
  for (const [name, inner] of Object.entries(value)) {
    const kept = withoutTooDeep(inner, left - 1);
    if (kept !== inner) Reflect.set(value, name, kept);
  }
  return value;
}

function cleaned(value: unknown): unknown {
  dropOwnNames(value);
  return madeWellFormed(value);
}

function dropOwnNames(value: unknown): void {
  if (value === null || typeof value !== "object") return;
  for (const [name, inner] of Object.entries(value)) {
    if (ownNames.includes(name)) Reflect.deleteProperty(value, name);
    else dropOwnNames(inner);
  }
}

/** What is wrong with something that came in, and where; never the value itself. */
export type InputProblem = { readonly path: string; readonly problem: string };

export type ReadInput<Value> =
  | { readonly value: Value; readonly problems?: undefined }
  | { readonly value?: undefined; readonly problems: readonly InputProblem[] };

const maxProblems = 50;
const maxShownNameLength = 60;

/**
 * Reads something from outside by its schema; what is wrong is said in words for people, the schema's own
 * where it has some.
 * @param whole - what the input as a whole is called where it is the whole that is wrong
 */
export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  whole = "",
): ReadInput<z.output<Schema>> {
  const result = schema.safeParse(input, { error: sentenceOf });
  if (result.success) return { value: result.data };
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, whole));
  return { problems: problems.slice(0, maxProblems) };
}

/** Fields that are not known are named, cut short: they are the sender's own. */
function problemsOf(issue: z.core.$ZodIssue, whole: string): readonly InputProblem[] {
  const path = issue.path.map(String).join(".");
  if (issue.code !== "unrecognized_keys")
    return [{ path: path === "" ? whole : path, problem: issue.message }];
  return issue.keys.map((name) => ({
    path: path === "" ? shown(name) : `${path}.${shown(name)}`,
    problem: "is not a field of this form: leave it out",
  }));
}

function shown(name: string): string {
  return name.replaceAll(/[^\x20-\x7E]/g, "?").slice(0, maxShownNameLength);
}

const expectedWords: Readonly<Record<string, string>> = {
  object: "an object with fields",
  record: "an object with fields",
  array: "a list",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

const formatWords: Readonly<Record<string, string>> = {
  date: "a date that exists, such as 2027-01-15",
  datetime: "an instant in UTC, such as 2027-01-15T15:00:00Z",
  email: "an email address, such as name@example.org",
  url: "a web address, such as https://care.example.org",
};

/** An issue in words, where the schema says none of its own. */
function sentenceOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      return `must be ${expectedWords[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      if (issue.input === undefined) return "is missing";
      return `must be ${either(issue.values.map(String))}`;
    case "invalid_format":
      return `must be ${formatWords[issue.format] ?? "written as the description of this call says"}`;
    case "too_big":
      return tooBig(issue);
    case "too_small":
      return tooSmall(issue);
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_key":
      return "has a name that is not taken";
    case "unrecognized_keys":
      return "has fields that are not of this form";
    default:
      return "is none of the forms that this call takes";
  }
}

function tooBig({ origin, maximum }: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): string {
  if (origin === "string") return `is longer than ${maximum} characters`;
  if (origin === "array" || origin === "set") return `has more than ${maximum} entries`;
  return `must be ${maximum} at most`;
}

function tooSmall({ origin, minimum }: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  if (origin === "string")
    return minimum === 1 ? "is empty: fill it in" : `must be ${minimum} characters at least`;
  if (origin === "array" || origin === "set")
    return minimum === 1 ? "is empty: name one at least" : `must have ${minimum} entries at least`;
  return `must be ${minimum} at least`;
}

/** `a, b or c` */
function either(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
