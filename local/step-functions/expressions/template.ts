import { compileExpression, type Expression, evaluate, expressionSource } from "./expression.ts";
import type { Scope } from "./scope.ts";

/** A JSON value in which some strings are expressions, compiled. */
export interface Template {
  /** The value itself where it holds no expression at all. */
  readonly constant?: { readonly value: unknown };
  /** The expression where the whole value is one. */
  readonly expression?: Expression;
  /** The members' names where it is an object. */
  readonly keys: readonly string[];
  /** Every expression in it. */
  readonly expressions: readonly Expression[];
  /** The value, or a promise of it. Throws or rejects with `EvaluationError`. */
  readonly evaluate: (scope: Scope) => unknown;
}

/**
 * Compiles a value of a definition.
 * @param field - what the history calls it, such as `Output/result`
 * @param onSyntaxError - told of an expression that cannot be parsed; it then counts as null
 */
export function compileTemplate(
  value: unknown,
  field: string,
  onSyntaxError: (field: string, source: string, error: unknown) => void,
): Template {
  if (typeof value === "string") {
    const source = expressionSource(value);
    if (source === undefined) return constantOf(value);
    try {
      const expression = compileExpression(source);
      return {
        expression,
        keys: [],
        expressions: [expression],
        evaluate: (scope) => evaluate(expression, field, scope),
      };
    } catch (error) {
      onSyntaxError(field, source, error);
      return constantOf(null);
    }
  }
  if (typeof value !== "object" || value === null) return constantOf(value);
  const isArray = Array.isArray(value);
  const parts = Object.entries(value).map(([key, member]): readonly [string, Template] => {
    const name = isArray ? `${field}[${key}]` : `${field}/${key}`;
    return [key, compileTemplate(member, name, onSyntaxError)];
  });
  if (parts.every(([, part]) => part.constant !== undefined)) return constantOf(value);
  return {
    keys: isArray ? [] : Object.keys(value),
    expressions: parts.flatMap(([, part]) => part.expressions),
    evaluate: (scope) => evaluateParts(parts, scope, isArray),
  };
}

function constantOf(value: unknown): Template {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  return { constant: { value }, keys, expressions: [], evaluate: () => value };
}

/** Stays free of promises as long as no part needs one: most templates never do. */
function evaluateParts(
  parts: readonly (readonly [string, Template])[],
  scope: Scope,
  isArray: boolean,
): unknown {
  const whole: Record<string, unknown> = isArray ? ([] as unknown as Record<string, unknown>) : {};
  let pending: Promise<void>[] | undefined;
  for (const [key, part] of parts) {
    const value = part.evaluate(scope);
    // Taken at once, so that members keep the order of the definition.
    whole[key] = value;
    if (value instanceof Promise) {
      pending ??= [];
      pending.push(
        value.then((settled) => {
          whole[key] = settled;
        }),
      );
    }
  }
  return pending === undefined ? whole : Promise.all(pending).then(() => whole);
}
