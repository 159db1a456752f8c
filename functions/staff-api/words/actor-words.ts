import type { Store, StoredItem } from "../../../shared/ports/store.ts";
import { findStaff } from "../authenticate.ts";

function fieldOf(actor: unknown, name: string): unknown {
  return actor !== null && typeof actor === "object" ? Reflect.get(actor, name) : undefined;
}

/** The names of the members of staff who acted in these audit entries, by id. */
export async function actorNames(
  store: Store,
  entries: readonly StoredItem[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(
    entries.map((entry) => fieldOf(entry.actor, "staffId")).filter((id) => typeof id === "string"),
  );
  const names = new Map<string, string>();
  for (const id of ids) {
    const staff = await findStaff(store, id);
    if (staff !== undefined) names.set(id, staff.name);
  }
  return names;
}

/** Who it was, as staff read it. */
export function actorWords(actor: unknown, names: ReadonlyMap<string, string>): string {
  switch (fieldOf(actor, "kind")) {
    case "staff": {
      const staffId = String(fieldOf(actor, "staffId"));
      return names.get(staffId) ?? staffId;
    }
    case "participant":
      return "The participant";
    case "partner":
      return "A partner";
    default:
      return "Throughcare";
  }
}
