import type { StoredEntry } from "../../shared/store/audit-chain.ts";

/** An entry as the stream hands it over, in the database's own form, as it was written. */
export function readImage(image: Readonly<Record<string, unknown>>): StoredEntry {
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, plain(value)]));
}

/** One value: its type in one letter or two, and the value. Entries hold no other types than these. */
function plain(value: unknown): unknown {
  const [type, inner] = Object.entries(value ?? {})[0] ?? [];
  switch (type) {
    case "N":
      return Number(inner);
    case "M":
      return isObject(inner) ? readImage(inner) : inner;
    case "L":
      return Array.isArray(inner) ? inner.map(plain) : inner;
    case "NULL":
      return null;
    default:
      return inner;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
