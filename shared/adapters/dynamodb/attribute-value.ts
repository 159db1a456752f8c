import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/**
 * Reads an item in the wire's own form. The document client translates answers but not errors, and a
 * cancelled transaction carries the items as they stand in its error.
 */
export function plainItem(item: Readonly<Record<string, AttributeValue>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));
}

function plain(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.M !== undefined) return plainItem(value.M);
  if (value.L !== undefined) return value.L.map(plain);
  if (value.B !== undefined) return value.B;
  return null;
}
