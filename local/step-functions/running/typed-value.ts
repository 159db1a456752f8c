import { about, EvaluationError } from "../expressions/expression.ts";
import type { Scope } from "../expressions/scope.ts";
import type { Template } from "../expressions/template.ts";

/** Evaluates a field that must be of one type. Rejects with `EvaluationError` where it is not. */
export async function evaluateAs<Value>(
  template: Template,
  field: string,
  scope: Scope,
  expected: string,
  isExpected: (value: unknown) => value is Value,
): Promise<Value> {
  const value = await template.evaluate(scope);
  if (isExpected(value)) return value;
  const subject =
    template.expression === undefined ? `The field '${field}'` : about(template.expression, field);
  throw new EvaluationError(
    field,
    `${subject} returned an unexpected result type. Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
  );
}

/** True for a JSON string. */
export const isText = (value: unknown): value is string => typeof value === "string";

/** True for a JSON boolean. */
export const isTruth = (value: unknown): value is boolean => typeof value === "boolean";

/** A whole number of seconds that AWS would take. */
export function isSeconds(least: number): (value: unknown) => value is number {
  return (value): value is number =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= 99_999_999;
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
