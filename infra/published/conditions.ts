import { isRecord, listOf } from "../rules/template.ts";

/** What AWS knows of a call beside its action and resource, by the lower-case name of the key. */
export type CallContext = Readonly<Record<string, readonly string[]>>;

/** True where `*` and `?` in a pattern of a policy stand for what is there. */
export function matchesPattern(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(value);
}

const equal = (wanted: string, value: string) => wanted === value;
const operators: Readonly<Record<string, (wanted: string, value: string) => boolean>> = {
  StringEquals: equal,
  StringLike: matchesPattern,
  ArnEquals: matchesPattern,
  ArnLike: matchesPattern,
  Bool: equal,
};

/**
 * Whether a call meets the conditions of a statement, as IAM decides: every key must be known of the call
 * and have one of the values.
 * @throws Error for an operator that nothing here uses: what it would decide is not known
 */
export function meetsConditions(condition: unknown, context: CallContext): boolean {
  if (condition === undefined) return true;
  if (!isRecord(condition)) throw new Error("A condition is no object");
  return Object.entries(condition).every(([written, keys]) => {
    const operator = operators[written.replace(/^ForAnyValue:/, "")];
    if (operator === undefined || !isRecord(keys))
      throw new Error(`The condition operator ${written} is not known here`);
    return Object.entries(keys).every(([key, wanted]) => {
      const known = context[key.toLowerCase()] ?? [];
      return known.some((value) => listOf(wanted).some((one) => operator(String(one), value)));
    });
  });
}

/** The keys of a statement's conditions, with the operators that they stand behind. */
export function conditionKeysIn(
  condition: unknown,
): readonly { readonly operator: string; readonly key: string }[] {
  return Object.entries(isRecord(condition) ? condition : {}).flatMap(([operator, keys]) =>
    Object.keys(isRecord(keys) ? keys : {}).map((key) => ({ operator, key })),
  );
}
