import type { DeclaredField, Product } from "./product.ts";
import {
  bookkeeping,
  handedOnWhole,
  keptForInquiries,
  readByAnswer,
  readByRule,
} from "./table-of-readers.ts";

/** The fields that each kind of stored item declares, by kind and path. */
export type DeclaredFields = ReadonlyMap<string, ReadonlyMap<string, DeclaredField>>;

/** The fields that the stored forms declare, by kind of item and path; versions of one kind are one. */
export function declaredFields(product: Product): DeclaredFields {
  const byKind = new Map<string, Map<string, DeclaredField>>();
  for (const { kind, fields } of product.forms()) {
    const known = byKind.get(kind) ?? new Map<string, DeclaredField>();
    for (const field of fields) known.set(field.path, field);
    byKind.set(kind, known);
  }
  return byKind;
}

function isNamed(kind: string, path: string): boolean {
  const named = `${kind} ${path}`;
  return (
    Object.hasOwn(bookkeeping, path) ||
    Object.hasOwn(readByRule, named) ||
    readByAnswer.includes(named) ||
    keptForInquiries.includes(named) ||
    Object.keys(handedOnWhole).some((whole) => named === whole || named.startsWith(`${whole}[].`))
  );
}

/** True where some page, answer or rule reads it. An empty list has the readers of its fields, a key of a map those of the map. */
export function hasReader(declared: DeclaredFields, kind: string, path: string): boolean {
  const fields = declared.get(kind) ?? new Map<string, DeclaredField>();
  if (isNamed(kind, path) || (fields.get(path)?.readBy ?? []).length > 0) return true;
  return [...fields.values()].some((one) => {
    const isFieldOfList = one.path.startsWith(`${path}[].`);
    const isMap = path.startsWith(`${one.path}.`);
    return isFieldOfList || (isMap && (one.readBy.length > 0 || isNamed(kind, one.path)));
  });
}

/** The fields that are declared, and stored, and read by nobody. */
export function unreadFields(
  declared: DeclaredFields,
): readonly (DeclaredField & { readonly kind: string })[] {
  return [...declared].flatMap(([kind, fields]) =>
    [...fields.values()]
      .filter(({ path }) => !hasReader(declared, kind, path))
      .map((field) => ({ ...field, kind })),
  );
}
