import * as z from "zod";
import { ownValue } from "../care/text/own-value.ts";
import { nearestName } from "../messages/nearest-name.ts";
import type { DocumentPath, Finding } from "./finding.ts";
import { maxFindings, type ParsedFile } from "./parse-yaml.ts";

/** A file that has the shape it must have. */
export type CheckedFile<Content> = { readonly parsed: ParsedFile; readonly content: Content };

type Outcome<Content> = {
  readonly file?: CheckedFile<Content>;
  readonly findings: readonly Finding[];
};

/**
 * A check of files' shape against a schema. Never throws; every problem becomes a finding. What was once read is
 * checked once: programs share instruments, sites and policy.
 */
export function schemaCheck<Schema extends z.ZodType>(
  schema: Schema,
): (parsed: ParsedFile) => Outcome<z.output<Schema>> {
  const known = new WeakMap<ParsedFile, Outcome<z.output<Schema>>>();
  return (parsed) => {
    const before = known.get(parsed);
    if (before !== undefined) return before;
    const outcome = checkSchema(parsed, schema);
    known.set(parsed, outcome);
    return outcome;
  };
}

function checkSchema<Schema extends z.ZodType>(
  parsed: ParsedFile,
  schema: Schema,
): Outcome<z.output<Schema>> {
  if (parsed.problems.length > 0) return { findings: parsed.problems };
  const result = schema.safeParse(parsed.value);
  if (result.success) return { file: { parsed, content: result.data }, findings: [] };
  const issues = result.error.issues.slice(0, maxFindings);
  return {
    findings: issues.flatMap((issue) => issueFindings(parsed, schema, issue)).slice(0, maxFindings),
  };
}

function issueFindings(
  parsed: ParsedFile,
  schema: z.ZodType,
  issue: z.core.$ZodIssue,
): readonly Finding[] {
  const path = issue.path.map((segment) =>
    typeof segment === "symbol" ? String(segment) : segment,
  );
  const value = valueAt(parsed.value, path);
  if (issue.code === "unrecognized_keys") {
    const keys = keysOf(schemaAt(schema, path));
    return issue.keys.slice(0, maxFindings).map((key) =>
      parsed.finding([...path, key], {
        found: `unknown key ${quoted(key)}`,
        allowed: keys.join(", "),
        nearest: nearestName(key, keys),
        atKey: true,
      }),
    );
  }
  if (issue.code === "invalid_key") {
    const allowed = issue.issues[0]?.message ?? issue.message;
    return [parsed.finding(path, { found: `key ${quoted(path.at(-1))}`, allowed, atKey: true })];
  }
  const names = allowedNames(issue, schema, path);
  if (value === undefined) {
    const missing = path.at(-1);
    const allowed = names.length > 0 ? names.join(", ") : expectedText(issue);
    return [
      parsed.finding(path, { found: missing === undefined ? "nothing" : `no ${missing}`, allowed }),
    ];
  }
  if (names.length > 0) {
    const nearest = typeof value === "string" ? nearestName(value, names) : undefined;
    return [
      parsed.finding(path, {
        found: `unknown ${labelOf(path)} ${quoted(value)}`,
        allowed: names.join(", "),
        nearest,
      }),
    ];
  }
  return [parsed.finding(path, { found: quoted(value), allowed: expectedText(issue) })];
}

function allowedNames(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  path: DocumentPath,
): readonly string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code !== "invalid_union") return [];
  const union = schemaAt(schema, path.slice(0, -1));
  if (!(union instanceof z.ZodDiscriminatedUnion)) return [];
  return union.options.flatMap((option) => {
    const discriminator = option instanceof z.ZodObject ? unwrapped(option.shape.type) : undefined;
    return discriminator instanceof z.ZodLiteral ? [...discriminator.values].map(String) : [];
  });
}

const typeWords: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "keys with values",
  record: "keys with values",
};

function expectedText(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type") return issue.message;
  return issue.message.startsWith("Invalid input")
    ? (typeWords[issue.expected] ?? issue.expected)
    : issue.message;
}

/** The schema of the part that a path names; `undefined` where the path leaves the schema. */
function schemaAt(schema: z.ZodType, path: DocumentPath): unknown {
  let at: unknown = schema;
  for (const segment of path) {
    at = unwrapped(at);
    if (at instanceof z.ZodObject) at = ownValue(at.shape, String(segment));
    else if (at instanceof z.ZodArray) at = at.element;
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else return undefined;
  }
  return unwrapped(at);
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodExactOptional || schema instanceof z.ZodOptional
    ? schema.unwrap()
    : schema;
}

function keysOf(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
  return [...new Set(schema.options.flatMap((option) => keysOf(option)))];
}

function valueAt(value: unknown, path: DocumentPath): unknown {
  let at = value;
  for (const segment of path) {
    if (at === null || typeof at !== "object") return undefined;
    at = Reflect.get(at, segment);
  }
  return at;
}

/** What a list of values is called by: `countingModalities[1]` → `modality`-like words are the key itself. */
function labelOf(path: DocumentPath): string {
  const key = path.findLast((segment) => typeof segment === "string");
  return key === undefined ? "value" : (ownValue(singular, String(key)) ?? String(key));
}

const singular: Readonly<Record<string, string>> = {
  countingModalities: "modality",
  channelOrder: "channel",
  decidedBy: "function",
  requiredFor: "disposition",
  dispositions: "disposition",
};

/** A value as it can be shown in a sentence. */
export function quoted(value: unknown): string {
  const text =
    typeof value === "string" || typeof value === "number"
      ? JSON.stringify(value)
      : shortJson(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function shortJson(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" ? "keys with values" : String(value);
}
