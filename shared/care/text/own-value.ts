/**
 * What a table holds under a key, and nothing else: a key that comes from outside may be a name that every
 * object answers to (`constructor`, `__proto__`, `toString`), and `table[key]` would hand out that.
 *
 * @param table - a plain object; `undefined` holds nothing
 * @returns the table's own value; `undefined` where it has none under this key
 */
export function ownValue<Value>(
  table: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
