import jsonata from "jsonata";
import { DataLimitError, MAX_DATA_BYTES, MAX_NESTED_LEVELS } from "../data-limit.ts";
import { awsFunctions } from "./aws-functions.ts";
import { ENTRY_HOOK, EvaluationGuard, EXIT_HOOK, GUARD_NAME, GuardedRegExp } from "./limits.ts";
import type { Scope } from "./scope.ts";
import { type Shortcut, shortcutFor, unusual } from "./shortcut.ts";
import { variableNames } from "./syntax-tree.ts";

/** A failed evaluation: which field, and what went wrong, as the history will say it. */
export class EvaluationError extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = "States.QueryEvaluationError";
    this.field = field;
  }
}

/** One compiled expression; compiled once per process, whatever names it. */
export interface Expression {
  readonly source: string;
  /** The variables and functions that it names. */
  readonly names: ReadonlySet<string>;
  readonly shortcut: Shortcut | undefined;
  readonly compiled: jsonata.Expression;
}

const compiledBySource = new Map<string, Expression>();

/** The expression inside `{% … %}`, or undefined where the text is not one. */
export function expressionSource(text: string): string | undefined {
  return text.startsWith("{%") && text.endsWith("%}") && text.length >= 4
    ? text.slice(2, -2).trim()
    : undefined;
}

/** Compiles an expression. Throws JSONata's own error where it cannot be parsed. */
export function compileExpression(source: string): Expression {
  const known = compiledBySource.get(source);
  if (known !== undefined) return known;
  const compiled = jsonata(source, { RegexEngine: GuardedRegExp as unknown as RegExp });
  compiled.assign(ENTRY_HOOK as unknown as string, enterPart);
  compiled.assign(EXIT_HOOK as unknown as string, exitPart);
  const tree: unknown = compiled.ast();
  const names = variableNames(tree);
  const expression = { source, names, shortcut: shortcutFor(tree), compiled };
  compiledBySource.set(source, expression);
  return expression;
}

interface Environment {
  readonly lookup: (name: string) => unknown;
}

function enterPart(_part: unknown, _input: unknown, environment: Environment): void {
  const guard = environment.lookup(GUARD_NAME);
  if (guard instanceof EvaluationGuard) guard.enter();
}

function exitPart(_part: unknown, _input: unknown, environment: Environment, value: unknown): void {
  const guard = environment.lookup(GUARD_NAME);
  if (guard instanceof EvaluationGuard) guard.exit(value);
}

/**
 * The value of an expression, or a promise of it where JSONata's interpreter is needed.
 * @throws {EvaluationError} where it fails or comes to nothing; also as a rejection
 */
export function evaluate(
  expression: Expression,
  field: string,
  scope: Scope,
): unknown | Promise<unknown> {
  const value = expression.shortcut?.(scope) ?? unusual;
  // Nothing and null also go the long way: it tells them apart.
  if (value !== unusual) return value;
  return evaluateFully(expression, field, scope);
}

async function evaluateFully(
  expression: Expression,
  field: string,
  scope: Scope,
): Promise<unknown> {
  const { now } = scope.sources;
  let value: unknown;
  try {
    value = await expression.compiled.evaluate(undefined, {
      ...scope.variables,
      ...awsFunctions(scope.sources),
      now: (picture?: string, zone?: string) => formatInstant(now(), picture, zone),
      states: scope.states,
      [GUARD_NAME]: new EvaluationGuard(scope.sources.maxEvaluationMs),
    });
  } catch (error) {
    if (error instanceof DataLimitError) throw error;
    throw new EvaluationError(
      field,
      `${about(expression, field)} threw an error during evaluation. ${describe(error)}`,
    );
  }
  if (value === undefined) {
    throw new EvaluationError(field, `${about(expression, field)} returned nothing (undefined).`);
  }
  const plain = toPlainJson(value, { bytes: MAX_DATA_BYTES }, 0);
  if (plain === undefined) {
    throw new EvaluationError(
      field,
      `${about(expression, field)} returned an unsupported result type.`,
    );
  }
  return plain;
}

/** The beginning of every sentence about a failed expression. */
export function about(expression: Expression, field: string): string {
  return `The JSONata expression '${expression.source}' specified for the field '${field}'`;
}

function formatInstant(ms: number, picture?: string, zone?: string): unknown {
  if (picture === undefined && zone === undefined) return new Date(ms).toISOString();
  const format = compileExpression("$fromMillis($ms, $picture, $zone)");
  return format.compiled.evaluate(undefined, { ms, picture, zone });
}

function describe(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === "string" ? `${code}: ${String(message)}` : String(message);
}

/**
 * A copy without JSONata's marks on arrays; undefined where something is no JSON (a function, an
 * endless number). It stops at the limit of what a state hands on: a value that holds the same
 * part many times over has no end in sight.
 */
function toPlainJson(value: unknown, left: { bytes: number }, level: number): unknown {
  left.bytes -= typeof value === "string" ? value.length : 1;
  if (left.bytes < 0) throw new DataLimitError("size");
  if (level > MAX_NESTED_LEVELS) throw new DataLimitError("depth");
  if (typeof value === "function") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const plain = item === undefined ? null : toPlainJson(item, left, level + 1);
      if (plain === undefined) return plain;
      items.push(plain);
    }
    return items;
  }
  if ("_jsonata_lambda" in value || "_jsonata_function" in value) return undefined;
  const copy: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    left.bytes -= key.length;
    const plain = toPlainJson(member, left, level + 1);
    if (plain === undefined) return plain;
    copy.push([key, plain]);
  }
  return Object.fromEntries(copy);
}
