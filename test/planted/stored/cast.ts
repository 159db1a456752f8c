import type { Site } from "../../../shared/care/program/site.ts";
import type { Store, StoredItem } from "../../../shared/ports/store.ts";

export function readSite(item: StoredItem): Site {
  // expect: cast-of-stored-data
  return item as unknown as Site;
}

export async function readName(store: Store): Promise<string> {
  const item = await store.get("care", "", "");
  // expect: cast-of-stored-data
  return item?.name as string;
}

export function readNested(item: StoredItem): number | undefined {
  // expect: cast-of-stored-data
  return ((item.attendance ?? {}) as { readonly minutes?: number }).minutes;
}

export function readAll(items: readonly StoredItem[]): readonly Site[] {
  // expect: cast-of-stored-data
  return items as readonly unknown[] as readonly Site[];
}

export function readPacked(json: string): Site {
  // expect: cast-of-stored-data
  return JSON.parse(json) as Site;
}

export function readRest({ pk: _pk, ...rest }: StoredItem): Site {
  // expect: cast-of-stored-data
  return rest as unknown as Site;
}

/** What the code itself has made may be narrowed, and a literal be one. */
export const fine = ["sms", "email"] as const;
