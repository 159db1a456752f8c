/** A value in the database's own form. */
export type AttributeValue = {
  readonly S?: string;
  readonly N?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly B?: string;
  readonly L?: readonly AttributeValue[];
  readonly M?: WireItem;
};
export type WireItem = { readonly [name: string]: AttributeValue };

/** Plain data in the database's own form. Takes what `storedCopy` lets through. */
export function wireItem(item: object): WireItem {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, wire(value)]));
}

function wire(value: unknown): AttributeValue {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return { L: value.map(wire) };
  if (typeof value === "object" && value !== null) return { M: wireItem(value) };
  return { NULL: true };
}

/** An item as plain data. */
export function plainItem(item: WireItem): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));
}

function plain(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.M !== undefined) return plainItem(value.M);
  if (value.L !== undefined) return value.L.map(plain);
  if (value.B !== undefined) return new Uint8Array(Buffer.from(value.B, "base64"));
  return null;
}
