import * as z from "zod";
import { type StaffFunction, staffFunctions } from "../care/program/staff-functions.ts";
import type { Stored } from "../care/stored/fields.ts";
import type { StoredItem } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

const staffSchema = z.object({
  staffId: z.string(),
  name: z.string(),
  /** One that this release does not know gives no rights; whoever has it keeps those it knows. */
  functions: z.array(z.string()),
  siteIds: z.array(z.string()),
});
export const staffForm = storedForm("care", "staff", staffSchema);

/** A member of staff as stored: what they may do follows from here, not from the token. */
export type StoredStaff = Omit<Stored<typeof staffSchema>, "functions"> & {
  readonly functions: readonly StaffFunction[];
};

/** @throws {ItemTooNewError} {UnreadableItemError} see `readStored` */
export function readStaff(item: StoredItem): StoredStaff {
  const { functions, ...member } = readStored(staffForm, item);
  return {
    ...member,
    functions: functions.flatMap((name) => staffFunctions.find((known) => known === name) ?? []),
  };
}
