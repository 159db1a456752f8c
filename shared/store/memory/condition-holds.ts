import type { Condition, StoredItem } from "../../ports/store.ts";

/** Whether a condition holds for the item as it stands, exactly as the database would say. */
export function conditionHolds(condition: Condition, item: StoredItem | undefined): boolean {
  switch (condition.kind) {
    case "absent":
      return item === undefined;
    case "present":
      return item !== undefined;
    case "equals":
      for (const name in condition.attributes) {
        if (item?.[name] !== condition.attributes[name]) return false;
      }
      return true;
    case "absent-or-below": {
      const value = item?.[condition.attribute];
      return value === undefined || (typeof value === "number" && value < condition.value);
    }
    case "absent-or-at-most": {
      const value = item?.[condition.attribute];
      if (value === undefined) return true;
      // Values of two sorts never compare.
      if (typeof value === "number" && typeof condition.value === "number") {
        return value <= condition.value;
      }
      return (
        typeof value === "string" && typeof condition.value === "string" && value <= condition.value
      );
    }
  }
}
