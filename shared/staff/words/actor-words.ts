import { keys } from "../../keys/keys.ts";
import type { Store, StoredItem } from "../../ports/store.ts";
import { readOr } from "../../store/read-stored.ts";
import { readStaff } from "../../store/staff-item.ts";

/** How many items one call reads. */
const batchSize = 100;

function fieldOf(actor: unknown, name: string): unknown {
  return actor !== null && typeof actor === "object" ? Reflect.get(actor, name) : undefined;
}

/** The names of members of staff by id; whoever is not on the staff any more has none. */
export async function staffNames(
  store: Store,
  staffIds: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(staffIds)].flatMap((staffId) => staffId ?? []);
  const found: StoredItem[] = [];
  for (let index = 0; index < unique.length; index += batchSize)
    found.push(
      ...(await store.getMany("care", unique.slice(index, index + batchSize).map(keys.staff))),
    );
  const names = new Map<string, string>();
  for (const item of found) {
    const staff = readOr(item, readStaff, () => undefined);
    if (staff !== undefined) names.set(staff.staffId, staff.name);
  }
  return names;
}

/** A member of staff by name, or by id where the name is gone. */
export function nameOrId(names: ReadonlyMap<string, string>, staffId: string | undefined): string {
  return staffId === undefined ? "" : (names.get(staffId) ?? staffId);
}

/** The names of the members of staff who acted in these audit entries, by id. */
export function actorNames(
  store: Store,
  entries: readonly StoredItem[],
): Promise<ReadonlyMap<string, string>> {
  const ids = entries.map((entry) => fieldOf(entry.actor, "staffId"));
  return staffNames(
    store,
    ids.filter((id) => typeof id === "string"),
  );
}

/** Who it was, as staff read it. */
export function actorWords(actor: unknown, names: ReadonlyMap<string, string>): string {
  switch (fieldOf(actor, "kind")) {
    case "staff":
      return nameOrId(names, String(fieldOf(actor, "staffId")));
    case "participant":
      return "The participant";
    case "partner":
      return "A partner";
    default:
      return "Throughcare";
  }
}
